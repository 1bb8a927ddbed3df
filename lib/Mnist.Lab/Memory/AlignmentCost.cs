using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Lab;

/// <summary>
/// What it costs when 64-byte loads split cache lines: the same sum over the same number of floats, once from a line's
/// border and once from 16 bytes behind it, where the rows of the assembly program begin.
/// </summary>
public static unsafe class AlignmentCost
{
    private const int OffsetFloats = 4;

    private static readonly (string Read, int Floats)[] Sizes = [("3 KB: 784", 784), ("32 KB", 8 * 1024), ("512 KB", 128 * 1024), ("64 MB", 16 * 1024 * 1024)];

    /// <summary>Times both for buffers that fit into L1 (one of them a neuron's 784 weights), into L2, and into neither.</summary>
    /// <returns>Bars: how many times as long the loads take at offset 16.</returns>
    public static Figure BySize() => new Figure("The same loads, 16 bytes off the border")
        .Bars("× as long", Sizes.Select(size => size.Read), Sizes.Select(size => Ratio(size.Floats)), "F2")
        .XAxis("bytes read again and again").YAxis("× as long as aligned").Aspect(0.45);

    /// <summary>Times both for one size.</summary>
    /// <param name="count">Floats to read, a multiple of 16.</param>
    /// <returns>How many times as long it takes at offset 16.</returns>
    public static double Ratio(int count)
    {
        var buffer = new Matrix(1, count + Matrix.Lanes);
        buffer.Padded.Fill(0.25f);
        return Measure.Ratios(("offset 16", () => Sum(buffer, OffsetFloats, count)), ("aligned", () => Sum(buffer, 0, count))).Speedup(1);
    }

    /// <summary>The sum of some floats of a buffer, read in 64-byte loads.</summary>
    /// <param name="buffer">The buffer; it begins at a cache line's border.</param>
    /// <param name="offset">The first float.</param>
    /// <param name="count">How many floats, a multiple of 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">The buffer is shorter, or the count is no multiple of 16.</exception>
    public static float Sum(Matrix buffer, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentOutOfRangeException.ThrowIfNotEqual(count % Matrix.Lanes, 0, nameof(count));
        fixed (float* start = buffer.Padded.Slice(offset, count)) return Sum(start, count);
    }

    /// <summary>Eight running sums: two loads can start in every cycle, and nothing else is waited for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Sum(float* at, int count)
    {
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        int i = 0;
        for (; i + 128 <= count; i += 128, at += 128)
        {
            s0 += Vector512.Load(at);
            s1 += Vector512.Load(at + 16);
            s2 += Vector512.Load(at + 32);
            s3 += Vector512.Load(at + 48);
            s4 += Vector512.Load(at + 64);
            s5 += Vector512.Load(at + 80);
            s6 += Vector512.Load(at + 96);
            s7 += Vector512.Load(at + 112);
        }
        for (; i + 16 <= count; i += 16, at += 16) s0 += Vector512.Load(at);
        return Vector512.Sum(s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7)));
    }
}
