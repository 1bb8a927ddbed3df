using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
                ulong mask = Vector512.GreaterThan(sixteen[r], Vector512<float>.Zero).ExtractMostSignificantBits();
                for (; mask != 0; mask &= mask - 1)
                {
                    int k = (16 * r) + BitOperations.TrailingZeroCount(mask);
                    sums.Add(h[k], w.Slice(4 * k, 4));
                }
            }
            sums.Store(outputs.Row(row));
        }
    }

    /// <summary>How many times as fast as <see cref="Dense"/> skipping is, for random inputs of which a share is zero. The picture is a measurement.</summary>
    /// <param name="zeroShares">Shares of zeros, 0 … 1.</param>
    public static Figure ByZeros(params double[] zeroShares)
    {
        ArgumentNullException.ThrowIfNull(zeroShares);
        double[] speedups = Live.Run("Skipping zeros", live => zeroShares.Select((share, i) =>
        {
            live.Update((double)i / zeroShares.Length, FormattableString.Invariant($"{share:P0} zeros"));
            return Speedup(share);
        }).ToArray());
        return new Figure("Skipping zeros in an image of 128 inputs")
            .Line("as fast", [zeroShares[0], zeroShares[^1]], [1, 1], reference: true)
            .Line("skipping", zeroShares, speedups, Palette.Blue)
            .XAxis("share of zeros", percent: true).YAxis("× as fast as multiplying them", from: 0);
    }

    private static double Speedup(double share)
    {
        const int Rows = 512; // long enough that the CPU does not learn the masks by heart
        var random = new Random(1);
        Matrix inputs = new(Rows, 128), weights = new(128, Outputs), outputs = new(Rows, Outputs);
        foreach (ref float weight in weights.Padded) weight = (float)random.NextDouble() - 0.5f;
        foreach (ref float input in inputs.Padded) input = random.NextDouble() < share ? 0 : (float)random.NextDouble();
        double[][] seconds = Interleaved.Seconds([() => Dense(inputs, weights, outputs), () => Skip(inputs, weights, outputs)]);
        return Spread.Of(seconds[0].Zip(seconds[1], (dense, skip) => dense / skip)).Median;
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
