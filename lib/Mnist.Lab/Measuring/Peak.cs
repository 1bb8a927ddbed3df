using System.Diagnostics;
using System.Runtime.InteropServices;
using Mnist.Kernels;

namespace Mnist.Lab.Measuring;

/// <summary>
/// What one core of this machine can do at most, measured: multiply-adds between registers, and reading from each of
/// its caches and from memory. It takes about a second.
/// </summary>
/// <remarks>The best of some rounds counts: a limit is what was reached once.</remarks>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class Peak : IShownInParts
{
    private const int Rounds = 5;
    private const int LeastBytes = 4 * 1024;
    private const int MostBytes = 256 * 1024 * 1024;
    private readonly Bandwidth bandwidth;

    internal Peak(double operationsPerSecond, Bandwidth bandwidth) => (OperationsPerSecond, this.bandwidth) = (operationsPerSecond, bandwidth);

    /// <summary>Floating-point operations per second, a multiply-add counted as two, with everything in registers.</summary>
    public double OperationsPerSecond { get; }

    /// <summary>Bytes a second that are read from each level: L1, L2, L3 and memory, as far as they are known.</summary>
    public IReadOnlyList<(string Name, double BytesPerSecond)> Levels => [.. bandwidth.Levels().Select(level => (level.Name, level.Rate))];

    /// <summary>Bytes a second that are read from a level; beyond the last one, from that.</summary>
    /// <param name="level">1 for L1, the nearest.</param>
    public double ReadRate(int level)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(level);
        return Levels[Math.Min(level, Levels.Count) - 1].BytesPerSecond;
    }

    /// <summary>Bytes a second that are read, by the bytes of what is read again and again, the smallest first.</summary>
    public IReadOnlyList<(double Bytes, double BytesPerSecond)> Reads => [.. bandwidth.Sizes.Zip(bandwidth.Rates)];

    /// <summary>How fast one core reads, by the size of what it reads.</summary>
    public Figure Bandwidth => bandwidth.Figure();

    /// <summary>Measures this machine.</summary>
    public static Peak Measure() => Live.Run("Measuring the machine", live =>
    {
        double[] sizes = Sizes(LeastBytes, MostBytes);
        var rates = new double[sizes.Length];
        double operations = 0;
        using var memory = new Buffer(MostBytes);
        for (int round = 0; round < Rounds; round++)
        {
            operations = Math.Max(operations, MultiplyAddRate());
            for (int i = 0; i < sizes.Length; i++)
                if (round < 3 || sizes[i] < MostBytes / 32) rates[i] = Math.Max(rates[i], memory.ReadRate((int)(sizes[i] / sizeof(float))));
            live.Update((round + 1.0) / Rounds, $"round {round + 1} of {Rounds}");
        }
        return new Peak(operations, new Bandwidth(sizes, rates, Cache.Known()));
    });

    /// <summary>The machine with what lies where: each thing in the nearest place that has room for all of it.</summary>
    /// <param name="things">A name and its size in bytes.</param>
    /// <example><code>peak.Places(("W1", 4 * 784 * 128), ("all images", 60_000 * 784))</code></example>
    public Diagram Places(params (string Name, double Bytes)[] things)
    {
        ArgumentNullException.ThrowIfNull(things);
        return PlacesDrawing.Draw(OperationsPerSecond, bandwidth.Levels(), things);
    }

    /// <summary>
    /// Measures kernels in turn with the peak and places them under this machine's roof: as high as their share of the
    /// peak, as far right as they have operations per byte.
    /// </summary>
    /// <param name="kernels">A name, the floating-point operations and the bytes that have to be moved in a call, and the call.</param>
    public Figure Roofline(params (string Kernel, double Operations, double Bytes, Action Work)[] kernels)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        double[][] seconds = Interleaved.Seconds([.. kernels.Select(kernel => kernel.Work), Ladder.PeakWork]);
        return Measuring.Roofline.Draw(this, [.. kernels.Select((kernel, i) => new RooflinePoint(kernel.Kernel, kernel.Operations / kernel.Bytes,
            Ladder.OfPeak(kernel.Operations, seconds[i], seconds[^1]).Median * OperationsPerSecond))]);
    }

    /// <summary>The limits as a table, and the curve of the bandwidth.</summary>
    public string ToHtml() => Message.Html(Parts);

    /// <summary>The limits as a table, and the curve of the bandwidth.</summary>
    public IReadOnlyList<IShownAsHtml> Parts => [Table, Bandwidth];

    /// <summary>The limits as a table.</summary>
    public override string ToString() => Table.ToString();

    private Table Table => new Table("What one core can do at most")
        .Text("", [$"multiply-adds in registers, {Simd.Describe(Simd.Best)}", .. Levels.Select(level => $"reading from {level.Name}")])
        .Number("GFLOP/s", [OperationsPerSecond / 1e9, .. Levels.Select(_ => double.NaN)], "N0")
        .Number("GB/s", [double.NaN, .. Levels.Select(level => level.BytesPerSecond / 1e9)], "N0")
        .Number("FLOP in the time of a byte", [double.NaN, .. Levels.Select(level => OperationsPerSecond / level.BytesPerSecond)], "N1");

    /// <summary>Two sizes for each doubling, whole cache lines.</summary>
    private static double[] Sizes(double from, double to)
    {
        int steps = (int)Math.Round(2 * Math.Log2(to / from));
        return [.. Enumerable.Range(0, steps + 1).Select(i => Math.Round(from * Math.Pow(2, i / 2.0) / 1024) * 1024)];
    }

    /// <summary>Operations a second of one core, registers only, with vectors of a given width: the best of some rounds.</summary>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static double OperationsPerSecondWith(VectorWidth width) => Enumerable.Range(0, Rounds).Max(_ => MultiplyAddRate(width));

    /// <summary>Operations a second of all cores that the process may use, at once: the best of some rounds.</summary>
    public static double OperationsPerSecondOfAllCores()
    {
        double best = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var rates = new double[Environment.ProcessorCount];
            using var start = new Barrier(rates.Length);
            Thread[] threads = [.. rates.Select((_, i) => new Thread(() =>
            {
                start.SignalAndWait();
                rates[i] = MultiplyAddRate();
            }))];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
            best = Math.Max(best, rates.Sum());
        }
        return best;
    }

    /// <summary>Operations a second of one core, registers only, measured once.</summary>
    internal static double MultiplyAddRate() => MultiplyAddRate(Simd.Best);

    private static double MultiplyAddRate(VectorWidth width)
    {
        const int Chain = 1_000_000;
        PeakRate.Run(width, 1); // compiled before it is timed
        long start = Stopwatch.GetTimestamp();
        PeakRate.Run(width, Chain);
        return PeakRate.Operations(width, Chain) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Memory from the system, given back at once: so much must not wait for the garbage collector.</summary>
    private sealed unsafe class Buffer : IDisposable
    {
        private const int LeastRead = 1024 * 1024;
        private readonly float* memory;

        /// <summary>Writes into all of it, for memory that was never written is no memory yet.</summary>
        public Buffer(int bytes)
        {
            memory = (float*)NativeMemory.AlignedAlloc((nuint)bytes, Matrix.Alignment);
            new Span<float>(memory, bytes / sizeof(float)).Fill(1e-3f);
        }

        /// <summary>Bytes a second, after one pass that brings the first floats as near as they fit.</summary>
        public double ReadRate(int length)
        {
            var values = new ReadOnlySpan<float>(memory, length);
            int passes = Math.Max(1, LeastRead / (length * sizeof(float)));
            Kernels.ReadRate.Run(Simd.Best, values, 1);
            long start = Stopwatch.GetTimestamp();
            Kernels.ReadRate.Run(Simd.Best, values, passes);
            return Kernels.ReadRate.Bytes(length, passes) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        public void Dispose() => NativeMemory.AlignedFree(memory);
    }
}
