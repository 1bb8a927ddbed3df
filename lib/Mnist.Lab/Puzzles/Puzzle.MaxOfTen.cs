using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <content>A tail: ten logits in a register of sixteen.</content>
public sealed partial class Puzzle
{
    /// <summary>The largest of ten.</summary>
    public static Puzzle MaxOfTen { get; } = new(
        [
            random => new KernelMemory().Input("z", Below(random, 10)).Output("y", 1),
            random => new KernelMemory().Input("z", [.. Below(random, 10), .. Enumerable.Repeat(float.NaN, 22)]).Output("y", 1),
            random => new KernelMemory().Input("z", [.. Below(random, 10).Select(value => value * 1e38f)]).Output("y", 1),
            _ => new KernelMemory().Input("z", [.. Enumerable.Repeat(float.NegativeInfinity, 10)]).Output("y", 1),
        ],
        memory => Expected.Exactly("y", [memory["z"][..10].Max()]),
        machine => LargestOf(machine, float.NegativeInfinity))
    {
        Name = "largest of ten",
        Task = "y[0] = the largest of z[0] … z[9], with two loads at most (a constant is one). Behind them lies NaN in one test, and nothing at all in another.",
        Par = 41,
        MostLoads = 2,
        Mistakes = [(machine => LargestOf(machine, 0), "All of z may be negative: the six lanes that you did not load hold 0, and 0 has won."), (machine => LargestOf(machine, -10), Beaten), (machine => LargestOf(machine, -1000), Beaten)],
    };

    private const string Beaten = "The number that you put into the six empty lanes has won: z may lie below any number but one.";

    /// <summary>All negative, so that a 0 from nowhere is found out.</summary>
    private static float[] Below(Random random, int count) => [.. Numbers(random, count).Select(value => value - 3)];

    private static void LargestOf(VectorMachine machine, float filler)
    {
        Mask ten = machine.FirstLanes(10);
        Value largest = machine.Select(ten, machine.Load("z", 0, ten), machine.Constant(filler));
        for (int half = 8; half > 0; half /= 2)
            largest = machine.Max(largest, machine.Shuffle(largest, [.. Enumerable.Range(0, 16).Select(lane => lane ^ half)]));
        machine.Store("y", 0, largest, machine.FirstLanes(1));
    }
}
