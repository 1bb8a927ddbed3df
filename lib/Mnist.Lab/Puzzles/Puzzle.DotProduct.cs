using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <content>A neuron: several running sums hide the latency.</content>
public sealed partial class Puzzle
{
    /// <summary>x · w, as sixteen sums.</summary>
    public static Puzzle DotProduct { get; } = new(
        [random => new KernelMemory().Input("x", Numbers(random, 784)).Input("w", Numbers(random, 784)).Output("y", 16)],
        memory => LaneSums(memory["x"], memory["w"]),
        machine => DotWith(machine, 4, 49))
    {
        Name = "dot product",
        Task = "y[k] = the sum of x[i] · w[i] over i = k, k + 16, k + 32 …, for 784 floats: a dot product whose 16 lanes are not added up yet. The order of adding is yours.",
        Par = 72,
        Mistakes = [(machine => DotWith(machine, 4, 48), "Register 49, the last one, was left out."), (machine => DotWith(machine, 1, 48), "Register 49, the last one, was left out.")],
        Library = ("DotProduct", DotLibrary),
    };

    /// <summary>49 products a lane; in any order they round at most so far.</summary>
    private static Expected LaneSums(float[] x, float[] w)
    {
        var sums = new double[16];
        var sizes = new double[16];
        for (int i = 0; i < x.Length; i++)
        {
            sums[i % 16] += (double)x[i] * w[i];
            sizes[i % 16] += Math.Abs((double)x[i] * w[i]);
        }
        return new Expected("y", sums, [.. sizes.Select(size => 64 * Round * size)]);
    }

    private static Action DotLibrary(KernelMemory memory)
    {
        (float[] x, float[] w) = (memory["x"], memory["w"]);
        return () => Kernels.DotProduct.Compute(x, w);
    }

    private static void DotWith(VectorMachine machine, int sums, int registers)
    {
        Value[] sum = [.. Enumerable.Range(0, sums).Select(_ => machine.Constant(0))];
        machine.Repeat(registers, i => sum[i % sums] = machine.Fma(machine.Load("x", 16 * i), machine.Load("w", 16 * i), sum[i % sums]));
        for (int half = sums / 2; half > 0; half /= 2)
            for (int i = 0; i < half; i++) sum[i] = machine.Add(sum[i], sum[i + half]);
        machine.Store("y", 0, sum[0]);
    }
}
