namespace Mnist.Lab.Measuring;

/// <summary>The median time of one candidate.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Seconds">The median of one call.</param>
public sealed record Timing(string Name, double Seconds)
{
    /// <summary>Seconds per call in each round; candidates of one race have the same rounds.</summary>
    public IReadOnlyList<double> Rounds { get; init; } = [Seconds];

    internal static Timing Of(string name, double[] rounds) => new(name, Spread.Of(rounds).Median) { Rounds = rounds };

    /// <summary>How many times as fast as another one this is, round by round.</summary>
    internal Spread SpeedupOver(Timing other) => Spread.OfSpeedup(Rounds, other.Rounds);
}

/// <summary>Times of several candidates, the first being what the others are compared with.</summary>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class Timings : IShownAsHtml
{
    internal Timings(IReadOnlyList<Timing> all) => All = all;

    /// <summary>All of them, in the order given.</summary>
    public IReadOnlyList<Timing> All { get; }

    /// <summary>How many times as fast as the first one a candidate is: the middle one of the rounds' own ratios.</summary>
    /// <param name="index">0 is the first, whose ratio is 1.</param>
    public double Speedup(int index) => SpeedupSpread(index).Median;

    /// <summary>How many times as fast as the first one a candidate is.</summary>
    /// <exception cref="ArgumentException">There is no candidate of that name.</exception>
    public double Speedup(string name) => Speedup(IndexOf(name));

    /// <summary>The same ratio with its spread over the rounds.</summary>
    /// <param name="index">0 is the first, whose ratio is 1.</param>
    public Spread SpeedupSpread(int index) => All[index].SpeedupOver(All[0]);

    /// <summary>Names, times and ratios with bars; what differs from run to run is marked.</summary>
    public string ToHtml() => Table.ToHtml();

    /// <summary>Names, times and ratios in columns.</summary>
    public override string ToString() => Table.ToString();

    private Table Table => new Table("")
        .Text("", All.Select(timing => timing.Name))
        .Text("one call", All.Select(timing => Duration(timing.Seconds)), isVolatile: true)
        .Bars($"× as fast as {All[0].Name}", All.Select((_, i) => Speedup(i)), "F1", isVolatile: true)
        .Text("half of the rounds", All.Select((_, i) => i == 0 ? "" : $"{SpeedupSpread(i)}"), isVolatile: true);

    private int IndexOf(string name) => All.Select(timing => timing.Name).ToList().IndexOf(name) is var index and >= 0 ? index
        : throw new ArgumentException($"“{name}” was not measured; what was: {string.Join(", ", All.Select(timing => timing.Name))}", nameof(name));

    private static string Duration(double seconds) => seconds switch
    {
        < 1e-6 => FormattableString.Invariant($"{seconds * 1e9:F0} ns"),
        < 1e-3 => FormattableString.Invariant($"{seconds * 1e6:F1} µs"),
        < 1 => FormattableString.Invariant($"{seconds * 1e3:F1} ms"),
        _ => FormattableString.Invariant($"{seconds:F2} s"),
    };
}
