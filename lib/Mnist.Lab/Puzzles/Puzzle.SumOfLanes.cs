using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <content>The tree at the end of every dot product.</content>
public sealed partial class Puzzle
{
    /// <summary>Sixteen lanes become their sum.</summary>
    public static Puzzle SumOfLanes { get; } = new(
        [random => new KernelMemory().Input("x", Numbers(random, 16)).Output("y", 1)],
        memory => new("y", [memory["x"].Sum(value => (double)value)], [16 * Round * memory["x"].Sum(value => Math.Abs((double)value))]),
        machine => Halves(machine, 8))
    {
        Name = "sum of lanes",
        Task = "y[0] = the sum of the 16 lanes of x, with one load. y has room for one float.",
        Par = 36,
        MostLoads = 1,
        Mistakes = [(machine => Halves(machine, 2), "That adds the four lanes of a group and stops: the four groups must be added, too.")],
    };

    private static void Halves(VectorMachine machine, int from) =>
        machine.Store("y", 0, Folded(machine, machine.Load("x", 0), from), machine.FirstLanes(1));

    /// <summary>Upper half onto lower half, from a distance on: afterwards every lane has the sum.</summary>
    private static Value Folded(VectorMachine machine, Value sum, int from)
    {
        for (int half = from; half > 0; half /= 2)
            sum = machine.Add(sum, machine.Shuffle(sum, [.. Enumerable.Range(0, 16).Select(lane => lane ^ half)]));
        return sum;
    }
}
