using System.Numerics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Mnist.Kernels;

namespace Mnist.Lab.Tracing;

/// <summary>
/// The order in which a dot product is summed, carried out one float at a time: the same bits on every machine, whatever
/// vectors it has. Register r goes into running sum r mod <see cref="Accumulators"/>; the running sums are added in
/// pairs; then upper half onto lower half until one number is left; then what does not fill a register, one by one.
/// </summary>
/// <remarks>For tests and pictures, never for speed. <see cref="RegisterRecorder"/> shows each step of it.</remarks>
public sealed record SumOrder
{
    /// <summary>An order.</summary>
    /// <param name="lanes">Floats in a register: 1, 2, 4, 8 or 16.</param>
    /// <param name="accumulators">Running sums: 1, 2, 4 or 8.</param>
    /// <param name="fused">True: product and sum are rounded once (FMA); false: the product first, then the sum.</param>
    /// <exception cref="ArgumentException">A number is not one of those.</exception>
    public SumOrder(int lanes, int accumulators, bool fused)
    {
        if (lanes is < 1 or > 16 || !BitOperations.IsPow2(lanes)) throw new ArgumentException($"{lanes} lanes: a register has 1, 2, 4, 8 or 16", nameof(lanes));
        if (accumulators is < 1 or > 8 || !BitOperations.IsPow2(accumulators)) throw new ArgumentException($"{accumulators} running sums: there are 1, 2, 4 or 8", nameof(accumulators));
        (Lanes, Accumulators, Fused) = (lanes, accumulators, fused);
    }

    /// <summary>From left to right, each product rounded, then the sum: the plain loop.</summary>
    public static SumOrder Loop { get; } = new(1, 1, fused: false);

    /// <summary>The kernel's order on a CPU with AVX-512.</summary>
    public static SumOrder Kernel { get; } = new(16, 4, fused: true);

    /// <summary>The order in which the kernel <see cref="Mnist.Kernels.DotProduct"/> sums with vectors of a width, on this CPU.</summary>
    public static SumOrder Of(VectorWidth width) => new((int)width, 4, width >= VectorWidth.Bits256 || Fma.IsSupported || AdvSimd.IsSupported);

    /// <summary>Floats in a register.</summary>
    public int Lanes { get; }

    /// <summary>Running sums.</summary>
    public int Accumulators { get; }

    /// <summary>True: product and sum are rounded once.</summary>
    public bool Fused { get; }

    /// <summary>a · b, summed in this order: [n], [n] → one number.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public float DotProduct(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => DotProduct(a, b, new TraceBuilder());

    /// <summary>The same, telling a script every step.</summary>
    internal float DotProduct(ReadOnlySpan<float> a, ReadOnlySpan<float> b, TraceBuilder script)
    {
        if (a.Length != b.Length) throw new ArgumentException($"a has {a.Length} elements, b has {b.Length}", nameof(b));
        float[][] sums = [.. Enumerable.Range(0, Accumulators).Select(_ => new float[Lanes])];
        int i = 0;
        for (; i + Lanes <= a.Length; i += Lanes)
        {
            int which = i / Lanes % Accumulators;
            float[] before = sums[which], after = MultiplyAdd(a.Slice(i, Lanes), b.Slice(i, Lanes), before);
            script.Multiplied(this, i, which, a.Slice(i, Lanes), b.Slice(i, Lanes), before, after);
            sums[which] = after;
        }
        float total = i == 0 ? 0 : Folded(Paired(sums, script), script);
        for (; i < a.Length; i++)
        {
            float after = MultiplyAdd(a[i], b[i], total);
            script.Tail(i, a[i], b[i], total, after);
            total = after;
        }
        return total;
    }

    internal float[] MultiplyAdd(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c)
    {
        var result = new float[a.Length];
        for (int lane = 0; lane < result.Length; lane++) result[lane] = MultiplyAdd(a[lane], b[lane], c[lane]);
        return result;
    }

    internal float MultiplyAdd(float a, float b, float c) => Fused ? MathF.FusedMultiplyAdd(a, b, c) : (a * b) + c;

    /// <summary>(0 + 1) + (2 + 3), and for eight the same once more.</summary>
    private static float[] Paired(float[][] sums, TraceBuilder script)
    {
        float[][] left = sums;
        while (left.Length > 1)
            left = [.. left.Chunk(2).Select(pair => Added(pair[0], pair[1]))];
        script.Paired(sums, left[0]);
        return left[0];
    }

    /// <summary>Upper half onto lower half, until one is left.</summary>
    private static float Folded(float[] register, TraceBuilder script)
    {
        var levels = new List<float[]> { register };
        while (levels[^1].Length > 1)
            levels.Add(Added(levels[^1][..(levels[^1].Length / 2)], levels[^1][(levels[^1].Length / 2)..]));
        script.Folded(levels);
        return levels[^1][0];
    }

    private static float[] Added(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
