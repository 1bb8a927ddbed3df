using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <content>The heart of exp: the same multiply-adds as a chain (Horner) or as a tree (Estrin).</content>
public sealed partial class Puzzle
{
    private const int Degree = 7;

    /// <summary>A polynomial of degree 7.</summary>
    public static Puzzle Polynomial { get; } = new(
        [random => new KernelMemory().Input("x", [.. Numbers(random, 16).Select(value => value / 2)]).Input("c", Numbers(random, Degree + 1)).Output("y", 16)],
        memory => Evaluated(memory["x"], memory["c"]),
        Estrin)
    {
        Name = "polynomial",
        Task = "y = c[0] + c[1]·x + c[2]·x² + … + c[7]·x⁷ in 16 lanes. Inside exp is one of these.",
        Par = 27,
        Mistakes = [(machine => HornerFrom(machine, Degree - 1), "c[7] was left out."), (HornerReversed, "The coefficients are in the wrong order: c[0] stands alone.")],
    };

    private static Expected Evaluated(float[] x, float[] c) => new("y",
        [.. x.Select(value => c.Select((one, k) => one * Math.Pow(value, k)).Sum())],
        [.. x.Select(value => 16 * Round * c.Select((one, k) => Math.Abs(one * Math.Pow(value, k))).Sum())]);

    private static void Estrin(VectorMachine machine)
    {
        Value x = machine.Load("x", 0), x2 = machine.Multiply(x, x), x4 = machine.Multiply(x2, x2);
        Value Pair(int k) => machine.Fma(machine.Broadcast("c", k + 1), x, machine.Broadcast("c", k));
        Value low = machine.Fma(Pair(2), x2, Pair(0)), high = machine.Fma(Pair(6), x2, Pair(4));
        machine.Store("y", 0, machine.Fma(high, x4, low));
    }

    private static void HornerFrom(VectorMachine machine, int degree)
    {
        Value x = machine.Load("x", 0), sum = machine.Broadcast("c", degree);
        for (int k = degree - 1; k >= 0; k--) sum = machine.Fma(sum, x, machine.Broadcast("c", k));
        machine.Store("y", 0, sum);
    }

    private static void HornerReversed(VectorMachine machine)
    {
        Value x = machine.Load("x", 0), sum = machine.Broadcast("c", 0);
        for (int k = 1; k <= Degree; k++) sum = machine.Fma(sum, x, machine.Broadcast("c", k));
        machine.Store("y", 0, sum);
    }
}
