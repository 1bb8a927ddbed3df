using System.Diagnostics;
using System.Globalization;
using Mnist.Kernels;

namespace Mnist.Lab.Measuring;

/// <summary>
/// What one core of this machine needs for one instruction on its widest vectors, measured, in cycles: how long the next
/// one has to wait for a result (the latency), and how many can start in a cycle when none has to wait (the rate).
/// </summary>
/// <remarks>
/// Nobody asks for the clock's frequency: a chain of dependent integer additions takes one cycle each, so its time is
/// the length of a cycle, and everything else is divided by it. All are measured in turn, in samples of some ten
/// microseconds, and of each the fastest sample counts: a neighbour can only make one slower. Where wide vectors make a
/// core lower its frequency, numbers of vectors come out a little too large.
/// </remarks>
/// <param name="CyclesPerSecond">Integer additions per second, each waiting for the one before.</param>
/// <param name="AddLatency">Cycles until the sum of two vectors can be used.</param>
/// <param name="MultiplyLatency">Cycles until the product of two vectors can be used.</param>
/// <param name="MultiplyAddLatency">Cycles until the sum of a fused multiply-add can be used.</param>
/// <param name="MultiplyAddsPerCycle">Fused multiply-adds that start per cycle.</param>
/// <param name="LoadsPerCycle">Vectors read from the first cache per cycle.</param>
/// <param name="StoresPerCycle">Vectors written to the first cache per cycle.</param>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed record CoreRates(double CyclesPerSecond, double AddLatency, double MultiplyLatency, double MultiplyAddLatency,
    double MultiplyAddsPerCycle, double LoadsPerCycle, double StoresPerCycle) : IShownAsHtml
{
    private const int Rounds = 200;
    private const int Chain = 1_000;
    private const int Bytes = 8 * 1024;

    /// <summary>Measures this core; it takes some hundredths of a second.</summary>
    public static CoreRates Measure()
    {
        VectorWidth width = Simd.Best;
        var memory = new Matrix(1, Bytes / sizeof(float));
        int passes = 20 * Chain * (int)width / memory.Columns;
        Action[] works =
        [
            () => Latency.IntegerAdds(4 * Chain, 1),
            () => Latency.Adds(width, Chain),
            () => Latency.Multiplies(width, Chain),
            () => Latency.MultiplyAdds(width, Chain),
            () => PeakRate.Run(width, 4 * Chain),
            () => ReadRate.Run(width, memory.Padded, passes),
            () => WriteRate.Run(width, memory.Padded, 1, passes),
        ];
        double[] seconds = Fastest(works);
        double cycle = seconds[0] / (4 * Chain * Latency.PerRound), link = cycle * Chain * Latency.PerRound;
        double vectors = (double)passes * memory.Columns / (int)width;
        return new CoreRates(1 / cycle, seconds[1] / link, seconds[2] / link, seconds[3] / link,
            PeakRate.Operations(width, 4 * Chain) / (2 * (int)width) * cycle / seconds[4], vectors * cycle / seconds[5], vectors * cycle / seconds[6]);
    }

    /// <summary>The least time of each work, all in turn.</summary>
    private static double[] Fastest(Action[] works)
    {
        double[] seconds = [.. works.Select(_ => double.PositiveInfinity)];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < works.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                works[i]();
                seconds[i] = Math.Min(seconds[i], Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }
        return seconds;
    }

    /// <summary>Cycles of a call that takes so long.</summary>
    public double Cycles(double seconds) => seconds * CyclesPerSecond;

    /// <summary>Cycles of multiplications and additions if nothing else took time: with the widest vectors, at <see cref="MultiplyAddsPerCycle"/>.</summary>
    /// <param name="operations">How many, a multiply-add counted as two.</param>
    public double Arithmetic(double operations) => operations / (2 * (int)Simd.Best * MultiplyAddsPerCycle);

    /// <summary>
    /// Sets what a model predicts beside what a ladder measured, in cycles per call, and names what is left: a step can
    /// be faster than one limit allows where the next product begins while this one still waits; what is slower, the model
    /// does not explain. Of several limits of one step the one that takes longest counts. Steps stand in the ladder's order.
    /// </summary>
    /// <remarks>Measured cycles come from a step's share of the peak of the same rounds: a moment in which the whole core was slower changes none of them.</remarks>
    /// <param name="ladder">What was measured.</param>
    /// <param name="operations">Floating-point operations of one call, a multiply-add counted as two.</param>
    /// <param name="predicted">A step, what limits it, and the cycles that the limit alone takes.</param>
    /// <exception cref="ArgumentException">The ladder has no such step.</exception>
    public Table Explain(Ladder ladder, double operations, params (string Step, string Limit, double Cycles)[] predicted)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        ArgumentNullException.ThrowIfNull(predicted);
        predicted = [.. predicted.GroupBy(one => one.Step).Select(limits => limits.MaxBy(one => one.Cycles)).OrderBy(one => ladder.Rungs.ToList().IndexOf(ladder[one.Step]))];
        double[] measured = [.. predicted.Select(one => Arithmetic(operations) / ladder[one.Step].OfPeak.Median)];
        return new Table($"{ladder.Title}: cycles")
            .Text("step", predicted.Select(one => one.Step))
            .Text("limit", predicted.Select(one => one.Limit))
            .Number("predicted", predicted.Select(one => ThreeDigits(one.Cycles)), "N0", isVolatile: true)
            .Number("measured", measured.Select(ThreeDigits), "N0", isVolatile: true)
            .Text("the rest", measured.Zip(predicted, (cycles, one) => Rest(cycles, one.Cycles)), isVolatile: true);
    }

    private static string Rest(double measured, double predicted) => (measured / predicted) switch
    {
        < 0.95 => string.Create(CultureInfo.InvariantCulture, $"{ThreeDigits(predicted - measured):N0} saved: the next begins early"),
        > 1.05 => string.Create(CultureInfo.InvariantCulture, $"{ThreeDigits(measured - predicted):N0} not explained"),
        _ => "within 5 %",
    };

    /// <summary>As many digits as a measurement has: 11,274,032 becomes 11,300,000.</summary>
    private static double ThreeDigits(double cycles)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Abs(cycles))) - 2));
        return double.IsFinite(unit) ? Math.Round(cycles / unit) * unit : cycles;
    }

    /// <summary>The numbers as a table.</summary>
    public string ToHtml() => Table.ToHtml();

    /// <summary>The numbers as a table.</summary>
    public override string ToString() => Table.ToString();

    private Table Table => new Table($"What one instruction takes on this core, {Simd.Describe(Simd.Best)}")
        .Text("", ["addition", "multiplication", "multiply-add (FMA)", "load from L1", "store to L1"])
        .Number("latency, cycles", [AddLatency, MultiplyLatency, MultiplyAddLatency, double.NaN, double.NaN], "F1", isVolatile: true)
        .Number("per cycle", [double.NaN, double.NaN, MultiplyAddsPerCycle, LoadsPerCycle, StoresPerCycle], "F1", isVolatile: true);
}
