using Mnist.Lab.Puzzles;
using Mnist.Lab.Recording;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class PuzzleTests
{
    private const int Repeats = 5; // the inputs are others each time

    public static TheoryData<string> Names => [.. Puzzle.All.Select(puzzle => puzzle.Name)];

    [Fact]
    public void There_are_thirteen_of_different_names() => Assert.Equal(13, Puzzle.All.Select(puzzle => puzzle.Name).Distinct().Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stub_is_not_solved_yet(string name)
    {
        Attempt attempt = Named(name).Try(_ => { });
        Assert.False(attempt.Started || attempt.Passed || attempt.Right);
        Assert.Single(attempt.Parts);
        Assert.Contains("not solved yet", attempt.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_solution_reaches_par_and_par_is_near(string name)
    {
        Puzzle puzzle = Named(name);
        for (int i = 0; i < Repeats; i++)
        {
            Attempt attempt = puzzle.Try(puzzle.Solution);
            Assert.True(attempt.Passed, attempt.ToString());
            Assert.InRange(attempt.Run!.Cycles, 0.85 * puzzle.Par, puzzle.Par);
            Assert.Equal(0, attempt.Run.Spills);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Typical_wrong_answers_fail_and_are_told_why(string name)
    {
        Puzzle puzzle = Named(name);
        Assert.NotEmpty(puzzle.Mistakes);
        for (int i = 0; i < Repeats; i++)
            foreach ((Action<VectorMachine> kernel, string why) in puzzle.Mistakes)
            {
                Attempt attempt = puzzle.Try(kernel);
                Assert.False(attempt.Right, why);
                Assert.StartsWith(why, attempt.Detail, StringComparison.Ordinal);
            }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_answer_from_outside_of_the_machine_fails(string name)
    {
        Puzzle puzzle = Named(name);
        KernelMemory inputs = puzzle.Inputs[0](new Random(1));
        float[] right = [.. puzzle.Reference(inputs).Values.Select(value => (float)value)];
        string output = puzzle.Reference(inputs).Array;
        void Constants(VectorMachine machine)
        {
            for (int i = 0; i < Math.Min(right.Length, 2000); i++) machine.Store(output, i - Math.Min(i, machine.Lanes - 1), machine.Constant(right[i]), machine.FirstLanes(0));
        }
        Assert.False(puzzle.Try(Constants).Right);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compiled_solutions_give_the_recorded_bits(string name)
    {
        Puzzle puzzle = Named(name);
        foreach (Func<Random, KernelMemory> inputs in puzzle.Inputs)
        {
            KernelMemory memory = inputs(new Random(7));
            KernelProgram program = KernelProgram.Record(puzzle.Solution, memory, puzzle.Lanes);
            using CompiledKernel compiled = program.Compile(memory);
            CompiledKernelTests.SameBits(program.Run(memory), compiled.Run(), name);
        }
    }

    [Fact]
    public void A_kernel_that_stores_nothing_or_is_refused_is_told_so()
    {
        Assert.Contains("stores nothing", Puzzle.Add.Try(m => m.Load("a", 0)).Detail, StringComparison.Ordinal);
        Assert.Contains("Reading a[64 … 79]", Puzzle.Add.Try(m => m.Repeat(5, i => m.Store("c", 16 * i, m.Load("a", 16 * i)))).Detail, StringComparison.Ordinal);
        Attempt partly = Puzzle.Add.Try(m => m.Store("c", 0, m.Add(m.Load("a", 0), m.Load("b", 0))));
        Assert.Contains("c[16] is NaN", partly.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Right_but_slow_says_by_how_much_and_what_limits_it()
    {
        Attempt chain = Puzzle.DotProduct.Try(m =>
        {
            Value sum = m.Constant(0);
            m.Repeat(49, i => sum = m.Fma(m.Load("x", 16 * i), m.Load("w", 16 * i), sum));
            foreach (int half in (int[])[8, 4, 2, 1]) sum = m.Add(sum, m.Shuffle(sum, [.. Enumerable.Range(0, 16).Select(lane => lane ^ half)]));
            m.Store("y", 0, sum, m.FirstLanes(1));
        });
        Assert.True(chain.Right && !chain.Passed);
        Assert.Equal(1 + 7 + (49 * 4) + (2 * (3 + 4)) + (2 * (1 + 4)) + 1, chain.Run!.Cycles); // load, FMAs, two levels across, two within, store
        Assert.Contains("129 cycles over par. The tightest limits: longest chain: 228", chain.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Horner_and_Estrin_differ_in_the_chain_alone()
    {
        Attempt horner = Puzzle.Polynomial.Try(m =>
        {
            Value x = m.Load("x", 0), sum = m.Broadcast("c", 7);
            for (int k = 6; k >= 0; k--) sum = m.Fma(sum, x, m.Broadcast("c", k));
            m.Store("y", 0, sum);
        });
        Assert.True(horner.Right && !horner.Passed);
        Assert.InRange(horner.Run!.Cycles / (double)Puzzle.Polynomial.Try(Puzzle.Polynomial.Solution).Run!.Cycles, 1.3, 2);
        Assert.Equal(7, horner.Run.Fmas);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_puzzle_draws_its_arrays(string name)
    {
        Puzzle puzzle = Named(name);
        string html = puzzle.ToHtml();
        Assert.All(puzzle.Inputs[0](new Random(1)).Arrays, array => Assert.Contains($">{array}<", html, StringComparison.Ordinal));
        Assert.Contains($"{puzzle.Par} cycles", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_transposes_drawing_shows_where_each_number_goes()
    {
        string svg = Puzzle.Transpose.ToSvg();
        string[] numbers = [.. System.Text.RegularExpressions.Regex.Matches(svg, @">(\d+)</text>").Select(match => match.Groups[1].Value)];
        Assert.Equal(Enumerable.Range(0, 16).Concat([0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15]), numbers.TakeLast(32).Select(int.Parse));
    }

    private static Puzzle Named(string name) => Puzzle.All.Single(puzzle => puzzle.Name == name);
}
