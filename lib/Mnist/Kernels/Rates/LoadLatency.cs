using System.Runtime.CompilerServices;

namespace Mnist.Kernels;

/// <summary>
/// Loads that each need the value of the one before: it is the address of the next. So nothing can be loaded ahead, and
/// the time of a step is the latency of the memory that holds the working set.
/// </summary>
public static unsafe class LoadLatency
{
    /// <summary>Bytes in a cache line: each step of a chain goes to another line.</summary>
    public const int Line = 64;

    /// <summary>
    /// Writes one round trip through all lines of a working set, in random order, so that no prefetcher guesses it
    /// (Sattolo's shuffle: a permutation of one single cycle). At the beginning of each line stands the address of the next.
    /// </summary>
    /// <param name="memory">The working set, which must not move.</param>
    /// <param name="bytes">Its size, a multiple of 64 (<see cref="Line"/>).</param>
    /// <param name="seed">Of the order.</param>
    /// <exception cref="ArgumentException">There is no whole number of lines, or none.</exception>
    public static void Link(byte* memory, int bytes, uint seed)
    {
        if (bytes <= 0 || bytes % Line != 0) throw new ArgumentException($"{bytes} bytes are not whole lines of {Line}", nameof(bytes));
        var random = Xoshiro256.ForShuffle(seed);
        int lines = bytes / Line;
        for (int line = 0; line < lines; line++) *At(memory, line) = (nint)At(memory, line);
        for (int line = lines - 1; line > 0; line--)
        {
            nint* here = At(memory, line), there = At(memory, random.NextInt(line));
            (*here, *there) = (*there, *here);
        }
    }

    /// <summary>Follows the chain; each step is one load and nothing else.</summary>
    /// <param name="memory">A working set written by <see cref="Link"/>.</param>
    /// <param name="steps">How far.</param>
    /// <returns>Where it ends, so that nothing can be left out.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static byte* Follow(byte* memory, int steps)
    {
        nint place = (nint)memory;
        for (int step = 0; step < steps; step++) place = *(nint*)place;
        return (byte*)place;
    }

    private static nint* At(byte* memory, int line) => (nint*)(memory + ((nint)line * Line));
}
