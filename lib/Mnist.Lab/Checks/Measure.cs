using System.Diagnostics;

namespace Mnist.Lab;

/// <summary>
/// Measures library code. Cells are compiled without optimisation, so only calls into a Release library tell anything.
/// All are measured in turn, round after round, so that a machine that slows down slows all of them; what counts is the
/// ratio of the medians.
/// </summary>
public static class Measure
{
    private const int Rounds = 15;
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(2);

    /// <summary>Measures several ways of doing one thing.</summary>
    /// <param name="candidates">A name and the work each; the first one is what the others are compared with.</param>
    /// <exception cref="ArgumentException">There is nothing to measure.</exception>
    /// <example><code>Measure.Ratios(("scalar", () => DotProduct.Reference(a, b)), ("vector", () => DotProduct.Compute(a, b)))</code></example>
    public static Timings Ratios(params (string Name, Action Work)[] candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        if (candidates.Length == 0) throw new ArgumentException("there is nothing to measure", nameof(candidates));
        int[] repeats = [.. candidates.Select(candidate => WarmedUp(candidate.Work))];
        var seconds = new double[candidates.Length][];
        for (int i = 0; i < seconds.Length; i++) seconds[i] = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
            for (int i = 0; i < candidates.Length; i++)
                seconds[i][round] = Time(candidates[i].Work, repeats[i]);
        return new Timings([.. candidates.Select((candidate, i) => new Timing(candidate.Name, Median(seconds[i])))]);
    }

    /// <summary>Runs long enough for the tiered compiler to finish, and says how many calls fill a sample.</summary>
    private static int WarmedUp(Action work)
    {
        long until = Stopwatch.GetTimestamp() + (long)(0.15 * Stopwatch.Frequency);
        int calls = 0;
        do
        {
            work();
            calls++;
        }
        while (Stopwatch.GetTimestamp() < until && calls < 1_000_000);
        double once = Time(work, Math.Max(1, calls / 10));
        return (int)Math.Clamp(Sample.TotalSeconds / Math.Max(once, 1e-9), 1, 1_000_000);
    }

    private static double Time(Action work, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++) work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}

/// <summary>The median time of one candidate.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Seconds">The median of one call.</param>
public sealed record Timing(string Name, double Seconds);

/// <summary>Times of several candidates, the first being what the others are compared with.</summary>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class Timings : IShownAsHtml
{
    internal Timings(IReadOnlyList<Timing> all) => All = all;

    /// <summary>All of them, in the order given.</summary>
    public IReadOnlyList<Timing> All { get; }

    /// <summary>How many times as fast as the first one a candidate is.</summary>
    /// <param name="index">0 is the first, whose ratio is 1.</param>
    public double Speedup(int index) => All[0].Seconds / All[index].Seconds;

    /// <summary>How many times as fast as the first one a candidate is.</summary>
    /// <exception cref="ArgumentException">There is no candidate of that name.</exception>
    public double Speedup(string name) => Speedup(All.Select(timing => timing.Name).ToList().IndexOf(name) is var index and >= 0 ? index
        : throw new ArgumentException($"“{name}” was not measured; what was: {string.Join(", ", All.Select(timing => timing.Name))}", nameof(name)));

    /// <summary>Names, times and ratios with bars; a saved notebook shows … for what differs from run to run.</summary>
    public string ToHtml() => Table.ToHtml();

    /// <summary>Names, times and ratios in columns.</summary>
    public override string ToString() => Table.ToString();

    private Table Table => new Table("")
        .Text("", All.Select(timing => timing.Name))
        .Text("one call", All.Select(timing => Duration(timing.Seconds)), isVolatile: true)
        .Bars($"× as fast as {All[0].Name}", All.Select((_, i) => Speedup(i)), "F1", isVolatile: true);

    private static string Duration(double seconds) => seconds switch
    {
        < 1e-6 => FormattableString.Invariant($"{seconds * 1e9:F0} ns"),
        < 1e-3 => FormattableString.Invariant($"{seconds * 1e6:F1} µs"),
        < 1 => FormattableString.Invariant($"{seconds * 1e3:F1} ms"),
        _ => FormattableString.Invariant($"{seconds:F2} s"),
    };
}
