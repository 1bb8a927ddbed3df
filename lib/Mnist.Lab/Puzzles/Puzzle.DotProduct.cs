using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <content>A neuron: several running sums hide the latency.</content>
public sealed partial class Puzzle
{
    private const string LastRegister = "Register 49, the last one, was left out.";

    /// <summary>x · w.</summary>
    public static Puzzle DotProduct { get; } = new(
        [random => new KernelMemory().Input("x", Numbers(random, 784)).Input("w", Numbers(random, 784)).Output("y", 1)],
        memory => Dot(memory["x"], memory["w"]),
        machine => DotWith(machine, 4, 49))
    {
        Name = "dot product",
        Task = "y[0] = x · w, for 784 floats: 49 registers of products, and one sum at the end. The order of adding is yours.",
        Par = 100,
        Mistakes =
        [
            (machine => DotWith(machine, 4, 48), LastRegister),
            (machine => DotWith(machine, 1, 48), LastRegister),
            (machine => DotWith(machine, 1, 49, from: 2), "The sixteen lanes are not all added: the four groups of four must become one, too."),
        ],
        Library = ("DotProduct", DotLibrary),
    };

    /// <summary>784 products; no order of adding rounds more often than 49 times in a lane and 15 times across.</summary>
    private static Expected Dot(float[] x, float[] w)
    {
        double[] products = [.. x.Zip(w, (a, b) => (double)a * b)];
        return new Expected("y", [products.Sum()], [66 * Round * products.Sum(Math.Abs)]);
    }

    private static Action DotLibrary(KernelMemory memory)
    {
        (float[] x, float[] w) = (memory["x"], memory["w"]);
        return () => Kernels.DotProduct.Compute(x, w);
    }

    /// <summary>With so many running sums, added in pairs behind the loop.</summary>
    internal static void DotWith(VectorMachine machine, int sums, int registers, int from = 8)
    {
        Value[] sum = [.. Enumerable.Range(0, sums).Select(_ => machine.Constant(0))];
        machine.Repeat(registers, i => sum[i % sums] = machine.Fma(machine.Load("x", 16 * i), machine.Load("w", 16 * i), sum[i % sums]));
        for (int half = sums / 2; half > 0; half /= 2)
            for (int i = 0; i < half; i++) sum[i] = machine.Add(sum[i], sum[i + half]);
        machine.Store("y", 0, Folded(machine, sum[0], from), machine.FirstLanes(1));
    }
}
