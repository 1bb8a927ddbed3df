using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Lab.Memory;

/// <summary>
/// What it costs when loads split cache lines: the same sum over the same number of floats, once from a line's border and
/// once from 16 bytes behind it, where the rows of the assembly program begin. With AVX-512 a load takes 64 bytes and
/// every one splits; without it the JIT makes two loads of 32 bytes, of which one splits, or four of 16, of which none does.
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
        double[][] seconds = Interleaved.Seconds([() => Sum(buffer, OffsetFloats, count), () => Sum(buffer, 0, count)], compiledAtOnce: 2);
        return Spread.OfSpeedup(seconds[1], seconds[0]).Median;
    }

    /// <summary>The sum of some floats of a buffer, read in the widest loads.</summary>
    /// <param name="buffer">The buffer; it begins at a cache line's border.</param>
    /// <param name="offset">The first float.</param>
    /// <param name="count">How many floats, a multiple of 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">The buffer is shorter, or the count is no multiple of 16.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sum(Matrix buffer, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentOutOfRangeException.ThrowIfNotEqual(count % Matrix.Lanes, 0, nameof(count));
        fixed (float* start = buffer.Padded.Slice(offset, count)) return Registers.Sum(Sums(start, count));
    }

    /// <summary>Sums of some numbers, read in the widest loads: [n] → [lanes]. Eight running ones, so that the loads are all there is to wait for.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="at">The first number.</param>
    /// <param name="count">How many, whole registers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static Vector512<T> Sums<T>(T* at, int count)
        where T : unmanaged
    {
        int lanes = Vector512<T>.Count;
        Vector512<T> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        int i = 0;
        for (; i + (8 * lanes) <= count; i += 8 * lanes, at += 8 * lanes)
        {
            s0 += Vector512.Load(at);
            s1 += Vector512.Load(at + lanes);
            s2 += Vector512.Load(at + (2 * lanes));
            s3 += Vector512.Load(at + (3 * lanes));
            s4 += Vector512.Load(at + (4 * lanes));
            s5 += Vector512.Load(at + (5 * lanes));
            s6 += Vector512.Load(at + (6 * lanes));
            s7 += Vector512.Load(at + (7 * lanes));
        }
        for (; i + lanes <= count; i += lanes, at += lanes) s0 += Vector512.Load(at);
        return s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
    }
}
