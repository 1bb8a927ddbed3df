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

    /// <summary>Times both for buffers that fit into L1, into L2, and into neither.</summary>
    /// <returns>A table: bytes read, lines that the loads touch, and the ratio.</returns>
    public static Table BySize()
    {
        int[] counts = [784 / Matrix.Lanes * Matrix.Lanes, 8 * 1024, 128 * 1024, 16 * 1024 * 1024];
        string[] names = ["3 KB, a row of W1ᵀ", "32 KB", "512 KB", "64 MB"];
        return new Table("The same loads, 16 bytes off the border").Text("read", names)
            .Number("loads", counts.Select(count => (double)count / Matrix.Lanes), "N0")
            .Number("lines touched, aligned", counts.Select(count => (double)LinesTouched(count, 0)), "N0")
            .Number("at offset 16", counts.Select(count => (double)LinesTouched(count, OffsetFloats)), "N0")
            .Bars("× as long at offset 16", counts.Select(Ratio), "F2", isVolatile: true);
    }

    /// <summary>Lines that all loads together touch, each load's counted.</summary>
    internal static long LinesTouched(int count, int offset) =>
        (long)(count / Matrix.Lanes) * CacheLine.Touched(offset * sizeof(float), Matrix.Lanes * sizeof(float));

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
