using Mnist.Kernels;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <content>Four of five pixels are black, and 0 · w adds nothing.</content>
public sealed partial class Puzzle
{
    private const int LivePixels = 100;
    private const int Pixels = 784;
    private const int Neurons = 128;

    /// <summary>One image times the weights, its black pixels left out.</summary>
    public static Puzzle SkipZeros { get; } = new(
        [random => Live(random, LivePixels), random => Live(random, 1), random => Live(random, 0)],
        SumOfRows,
        machine => AddRows(machine, fromEnd: 0))
    {
        Name = "zero skipping",
        Task = "z[n] = the sum of x[i] · W[row[i] + n], for 128 neurons. x holds the pixels that are not black, and row where the weights of each begin in W. There may be none.",
        Par = 535,
        Mistakes = [(machine => AddRows(machine, fromEnd: 1), "The last live pixel was left out.")],
        Library = ("SparseProduct", SkipLibrary),
    };

    /// <summary>Any of the pixels, in their order.</summary>
    private static KernelMemory Live(Random random, int count)
    {
        int[] pixels = [.. Enumerable.Range(0, Pixels)];
        random.Shuffle(pixels);
        int[] rows = [.. pixels.Take(count).Order().Select(pixel => pixel * Neurons)];
        return new KernelMemory().Input("x", Numbers(random, count)).Input("W", Numbers(random, Pixels * Neurons)).Output("z", Neurons).List("row", rows);
    }

    /// <summary>The whole image, most of it 0, and a bit for each pixel that is not: the library's own list of live pixels.</summary>
    private static unsafe Action SkipLibrary(KernelMemory memory)
    {
        Matrix image = new(1, Pixels), bias = new(1, Neurons), result = new(1, Neurons), weights = Matrix.FromRows(Pixels, Neurons, memory["W"]);
        ulong[] live = new ulong[BitMatrix.Words(Pixels)];
        foreach ((int row, float x) in memory.ListOf("row").Zip(memory["x"]))
        {
            image[0, row / Neurons] = x;
            live[row / Neurons / 64] |= 1UL << (row / Neurons % 64);
        }
        return () =>
        {
            fixed (ulong* masks = live)
                new SparseProduct { Product = DenseForward.Product(image, weights, bias, result), Masks = masks, MaskRow = live.Length, Words = live.Length }.Compute<NoEpilogue>(Simd.Best);
            GC.KeepAlive(image);
            GC.KeepAlive(weights);
            GC.KeepAlive(bias);
            GC.KeepAlive(result);
        };
    }

    private static Expected SumOfRows(KernelMemory memory)
    {
        (float[] x, float[] w, int[] rows) = (memory["x"], memory["W"], memory.ListOf("row"));
        double Sum(int n, Func<double, double> of) => rows.Select((row, i) => of((double)x[i] * w[row + n])).Sum();
        return new Expected("z", [.. Enumerable.Range(0, Neurons).Select(n => Sum(n, one => one))],
            [.. Enumerable.Range(0, Neurons).Select(n => rows.Length * Round * Sum(n, Math.Abs))]);
    }

    private static void AddRows(VectorMachine machine, int fromEnd)
    {
        Value[] sums = [.. Enumerable.Range(0, Neurons / 16).Select(_ => machine.Constant(0))];
        machine.Repeat(machine.Length("row") - fromEnd, i =>
        {
            Position row = machine.Position("row", i);
            Value x = machine.Broadcast("x", i);
            for (int n = 0; n < sums.Length; n++) sums[n] = machine.Fma(x, machine.Load("W", row, 16 * n), sums[n]);
        });
        for (int n = 0; n < sums.Length; n++) machine.Store("z", 16 * n, sums[n]);
    }
}
