using Mnist.Lab.Recording;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class VectorMachineTests
{
    private static KernelMemory Memory => new KernelMemory().Input("x", [.. Enumerable.Range(0, 20).Select(i => (float)i)]).Output("y", 16).List("row", 4, 5);

    [Fact]
    public void What_is_recorded_runs_again_on_other_inputs()
    {
        KernelProgram program = KernelProgram.Record(m => m.Store("y", 0, m.Add(m.Load("x", 4), m.Constant(0.5f))), Memory);
        Assert.Equal(Enumerable.Range(4, 16).Select(i => i + 0.5f), program.Run(Memory)["y"]);
        KernelMemory other = new KernelMemory().Input("x", [.. Enumerable.Range(0, 20).Select(i => 100f * i)]).Output("y", 16).List("row", 4, 5);
        Assert.Equal(Enumerable.Range(4, 16).Select(i => (100 * i) + 0.5f), program.Run(other)["y"]);
        Assert.All(other["y"], value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Masks_shuffles_and_pairs_take_the_lanes_that_they_name()
    {
        KernelMemory memory = new KernelMemory().Input("x", 1, 2, 3, 4).Input("z", 5, 6, 7, 8).Output("y", 4).Output("t", 4).Output("u", 4).Output("v", 4);
        KernelMemory after = KernelProgram.Record(
            m =>
            {
                Value x = m.Load("x", 0), z = m.Load("z", 0);
                m.Store("y", 0, m.Shuffle(x, 3, 3, 0, 1));
                m.Store("t", 0, m.Pair(x, z, 3, 0, 1, 2));
                m.Store("u", 0, m.Select(m.Less(x, m.Constant(2.5f)), x, z));
                m.Store("v", 0, x, m.And(m.FirstLanes(3), m.LessOrEqual(m.Constant(2), x)));
            }, memory, lanes: 4).Run(memory);
        Assert.Equal([4, 4, 1, 2], after["y"]);
        Assert.Equal([4, 1, 6, 7], after["t"]);
        Assert.Equal([1, 2, 7, 8], after["u"]);
        Assert.Equal([float.NaN, 2, 3, float.NaN], after["v"]);
    }

    [Fact]
    public void Max_and_min_take_the_second_of_a_NaN_and_of_two_zeros_as_x86_does()
    {
        KernelMemory memory = new KernelMemory().Input("x", float.NaN, 1, -0f, 0).Input("z", 1, float.NaN, 0, -0f).Output("y", 4).Output("t", 4);
        KernelMemory after = KernelProgram.Record(
            m =>
            {
                m.Store("y", 0, m.Max(m.Load("x", 0), m.Load("z", 0)));
                m.Store("t", 0, m.Min(m.Load("x", 0), m.Load("z", 0)));
            }, memory, lanes: 4).Run(memory);
        foreach (string array in new[] { "y", "t" })
            Assert.Equal([1, float.NaN, 0, -0f], after[array], (a, b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b)));
    }

    public static TheoryData<string, Action<VectorMachine>, string> Refused => new()
    {
        { "past the end", m => m.Load("x", 5), "Reading x[5 … 20] goes outside: “x” has 20 elements, from 0 to 19." },
        { "before the beginning", m => m.Broadcast("x", -1), "Reading x[-1] goes outside: “x” has 20 elements, from 0 to 19." },
        { "writing past the end", m => m.Store("y", 1, m.Constant(0)), "Writing y[1 … 16] goes outside: “y” has 16 elements, from 0 to 15." },
        { "a position outside", m => m.Load("x", m.Position("row", 1)), "Reading x[5 … 20] goes outside: “x” has 20 elements, from 0 to 19." },
        { "a position of no list", m => m.Position("row", 2), "Reading row[2] goes outside: “row” has 2 elements, from 0 to 1." },
        { "a lane of the mask outside", m => m.Load("x", 18, m.FirstLanes(3)), "Reading x[18 … 20] goes outside: “x” has 20 elements, from 0 to 19." },
        { "writing an input", m => m.Store("x", 0, m.Constant(0)), "“x” is an input: a kernel may read it, not write it." },
        { "no such array", m => m.Load("w", 0), "There is no array “w” here; there is x, y." },
        { "no such list", m => m.Position("x", 0), "There is no list “x” here; there is row." },
        { "nothing in the variable", m => m.Add(m.Constant(1), null!), "A value is missing: the variable holds null." },
        { "too long a mask", m => m.FirstLanes(17), "A mask has 0 to 16 lanes, not 17." },
        { "too few lanes", m => m.Shuffle(m.Constant(1), 1, 0), "A shuffle names a lane for each of the 16 lanes; these are 2." },
        { "no such lane", m => m.Shuffle(m.Constant(1), [.. Enumerable.Range(1, 16)]), "A register has the lanes 0 to 15; lane 16 is none of them." },
        { "no such lane of a group", m => m.Pair(m.Constant(1), m.Constant(2), 0, 1, 2, 4), "Pair takes four lanes, each from 0 to 3: two of a, then two of b." },
        { "too many instructions", m => m.Repeat(5000, _ => m.Constant(0)), "More than 4,096 instructions: a loop runs too often." },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_it_refuses_it_says_in_a_sentence(string what, Action<VectorMachine> kernel, string sentence) =>
        Assert.Equal((what, sentence), (what, Assert.Throws<MachineException>(() => KernelProgram.Record(kernel, Memory)).Message));

    [Fact]
    public void Masked_lanes_outside_touch_nothing()
    {
        KernelMemory after = KernelProgram.Record(m => m.Store("y", 0, m.Load("x", 18, m.FirstLanes(2))), Memory).Run(Memory);
        Assert.Equal([18, 19, .. new float[14]], after["y"]);
        _ = KernelProgram.Record(m => m.Load("x", 100, m.FirstLanes(0)), Memory);
    }

    [Fact]
    public void Values_of_another_run_and_a_machine_that_has_ended_are_refused()
    {
        (Value? kept, VectorMachine? ended) = (null, null);
        _ = KernelProgram.Record(m => (kept, ended) = (m.Constant(1), m), Memory);
        Assert.Equal("This value belongs to another run of a kernel: make it inside this one.",
            Assert.Throws<MachineException>(() => KernelProgram.Record(m => m.Add(kept!, kept!), Memory)).Message);
        Assert.Equal("This kernel has ended: use the machine only inside the kernel that got it.", Assert.Throws<MachineException>(() => ended!.Constant(1)).Message);
    }

    [Fact]
    public void What_is_refused_is_not_recorded_and_positions_are_checked_for_other_lists()
    {
        KernelProgram program = KernelProgram.Record(
            m =>
            {
                Assert.Throws<MachineException>(() => m.Load("x", 99));
                m.Store("y", 0, m.Load("x", m.Position("row", 0)));
            }, Memory);
        Assert.Equal(3, program.Instructions.Count);
        KernelMemory far = new KernelMemory().Input("x", new float[20]).Output("y", 16).List("row", 1000, 0);
        Assert.Throws<MachineException>(() => program.Run(far));
        Assert.Throws<MachineException>(() => program.Compile(far));
        Assert.Throws<ArgumentException>(() => program.Run(new KernelMemory().Input("x", new float[21]).Output("y", 16).List("row", 0, 0)));
    }

    [Fact]
    public void A_value_shows_its_lanes() =>
        KernelProgram.Record(m => Assert.StartsWith("4  5  6", m.Load("x", 4).ToString(), StringComparison.Ordinal), Memory);
}
