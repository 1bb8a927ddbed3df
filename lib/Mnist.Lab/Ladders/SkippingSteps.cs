using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mnist.Kernels;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Mnist.Lab.Ladders;

/// <summary>
/// Z2 = H1 · W2, an image at a time, with and without the zeros that a ReLU leaves: [n, inputs] · [inputs, 64] → [n, 64].
/// For notebooks to time. Both keep an image's 64 sums in four registers and differ in nothing but the skipping.
/// </summary>
public static class SkippingSteps
{
    private const int Outputs = 64;

    /// <summary>Every input is multiplied.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Dense(Matrix inputs, Matrix weights, Matrix outputs)
    {
        Check(inputs, weights, outputs);
        for (int row = 0; row < inputs.Rows; row++)
        {
            var sums = default(Sums);
            ReadOnlySpan<float> h = inputs.Row(row);
            ReadOnlySpan<Vector512<float>> w = Registers.Of(weights.Padded);
            for (int k = 0; k < h.Length; k++) sums.Add(h[k], w.Slice(4 * k, 4));
            sums.Store(outputs.Row(row));
        }
    }

    /// <summary>Inputs that are 0 are skipped: sixteen are compared with 0 at once, and the bits of the mask say which to take.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit, or the inputs are not a multiple of 16.</exception>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Skip(Matrix inputs, Matrix weights, Matrix outputs)
    {
        Check(inputs, weights, outputs);
        if (inputs.Columns % 16 != 0) throw new ArgumentException($"{inputs.Columns} inputs are no multiple of 16", nameof(inputs));
        for (int row = 0; row < inputs.Rows; row++)
        {
            var sums = default(Sums);
            ReadOnlySpan<float> h = inputs.Row(row);
            ReadOnlySpan<Vector512<float>> w = Registers.Of(weights.Padded), sixteen = Registers.Of(h);
            for (int r = 0; r < sixteen.Length; r++)
            {
                ulong mask = ~Vector512.Equals(sixteen[r], Vector512<float>.Zero).ExtractMostSignificantBits() & 0xFFFF;
                for (; mask != 0; mask &= mask - 1)
                {
                    int k = (16 * r) + BitOperations.TrailingZeroCount(mask);
                    sums.Add(h[k], w.Slice(4 * k, 4));
                }
            }
            sums.Store(outputs.Row(row));
        }
    }

    /// <summary>How many times as fast as <see cref="Dense"/> skipping is, and the library's tile, for random inputs of which a share is zero. The picture is a measurement.</summary>
    /// <param name="zeroShares">Shares of zeros, 0 … 1, in rising order.</param>
    /// <param name="marks">Shares of zeros that have a name; they are measured, too.</param>
    public static Figure ByZeros(IReadOnlyList<double> zeroShares, params (string Name, double ZeroShare)[] marks)
    {
        ArgumentNullException.ThrowIfNull(zeroShares);
        ArgumentNullException.ThrowIfNull(marks);
        double[] shares = [.. zeroShares.Concat(marks.Select(mark => mark.ZeroShare)).Order()];
        (double Skip, double Tile)[] speedups = Live.Run("Skipping zeros", live => shares.Select((share, i) =>
        {
            live.Update((double)i / shares.Length, FormattableString.Invariant($"{share:P0} zeros"));
            return Speedups(share);
        }).ToArray());
        Figure figure = new Figure("Skipping zeros in an image of 128 inputs")
            .Line("skipping none", [shares[0], shares[^1]], [1, 1], reference: true)
            .Line("the tile", shares, speedups.Select(one => one.Tile), Palette.Vermilion)
            .Line("skipping", shares, speedups.Select(one => one.Skip), Palette.Blue)
            .XAxis("share of zeros", percent: true).YAxis("× as fast as skipping none", from: 0);
        return marks.Aggregate(figure, (with, mark) => with.Note(mark.ZeroShare, speedups[Array.IndexOf(shares, mark.ZeroShare)].Skip, mark.Name));
    }

    private static (double Skip, double Tile) Speedups(double share)
    {
        const int Rows = 512; // long enough that the CPU does not learn the masks by heart
        var random = new Random(1);
        Matrix inputs = new(Rows, 128), weights = new(128, Outputs), outputs = new(Rows, Outputs);
        foreach (ref float weight in weights.Padded) weight = (float)random.NextDouble() - 0.5f;
        foreach (ref float input in inputs.Padded) input = random.NextDouble() < share ? 0 : (float)random.NextDouble();
        Matrix bias = new(1, Outputs);
        double[][] seconds = Interleaved.Seconds([() => Dense(inputs, weights, outputs), () => Skip(inputs, weights, outputs),
            () => DenseForward.Compute(inputs, weights, bias, outputs, relu: false)]);
        double Against(int way) => Spread.Of(seconds[0].Zip(seconds[way], (dense, other) => dense / other)).Median;
        return (Against(1), Against(2));
    }

    private static void Check(Matrix inputs, Matrix weights, Matrix outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(outputs);
        if (weights.Rows != inputs.Columns || weights.Columns != Outputs || outputs.Rows != inputs.Rows || outputs.Columns != Outputs)
            throw new ArgumentException($"[{inputs.Rows}, {inputs.Columns}] · [{weights.Rows}, {weights.Columns}] → [{outputs.Rows}, {outputs.Columns}]: needed is [n, k] · [k, {Outputs}] → [n, {Outputs}]", nameof(weights));
    }

    /// <summary>The sums of one image: four registers.</summary>
    private struct Sums
    {
        private Vector512<float> a, b, c, d;

        [MethodImpl(AggressiveInlining)]
        public void Add(float input, ReadOnlySpan<Vector512<float>> weights)
        {
            Vector512<float> all = Vector512.Create(input);
            a = Vector512.FusedMultiplyAdd(all, weights[0], a);
            b = Vector512.FusedMultiplyAdd(all, weights[1], b);
            c = Vector512.FusedMultiplyAdd(all, weights[2], c);
            d = Vector512.FusedMultiplyAdd(all, weights[3], d);
        }

        [MethodImpl(AggressiveInlining)]
        public readonly void Store(Span<float> outputs)
        {
            Span<Vector512<float>> registers = MemoryMarshal.Cast<float, Vector512<float>>(outputs)[..4];
            (registers[0], registers[1], registers[2], registers[3]) = (a, b, c, d);
        }
    }
}
