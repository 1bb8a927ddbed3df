using Mnist.Kernels;

namespace Mnist.Lab.Measuring;

/// <summary>
/// How code became fast, step by step: all steps measured in turn in one run, and with them the peak rate of the core
/// that ran them. A step that made it slower keeps its rung.
/// </summary>
/// <remarks>The picture is the measurement: a cell that shows one is tagged <c>volatile</c>.</remarks>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class Ladder : IShownInParts
{
    private const int PeakChain = 5_000;

    internal Ladder(string title, IReadOnlyList<Rung> rungs) => (Title, Rungs) = (title, rungs);

    /// <summary>What is done, in a few words.</summary>
    public string Title { get; }

    /// <summary>The steps, then the peers.</summary>
    public IReadOnlyList<Rung> Rungs { get; }

    /// <summary>Measures steps that all do the same work.</summary>
    /// <param name="title">What is done, in a few words.</param>
    /// <param name="operations">Floating-point operations of one call, a multiply-add counted as two.</param>
    /// <param name="steps">Name, idea and work of each, the slowest way first.</param>
    /// <exception cref="ArgumentException">There are no steps.</exception>
    /// <example><code>Ladder.Climb("Dot product of 784", 2 * 784, ("scalar", "one at a time", () => …), ("16 lanes", "one ZMM register", () => …))</code></example>
    public static Ladder Climb(string title, double operations, params (string Step, string Idea, Action Work)[] steps) => Climb(title, operations, steps, []);

    /// <summary>Measures steps, and peers that are compared with the last step.</summary>
    /// <param name="title">What is done, in a few words.</param>
    /// <param name="operations">Floating-point operations of one call, a multiply-add counted as two.</param>
    /// <param name="steps">Name, idea and work of each, the slowest way first.</param>
    /// <param name="peers">Someone else's code for the same work.</param>
    /// <exception cref="ArgumentException">There are no steps.</exception>
    public static Ladder Climb(string title, double operations, (string Step, string Idea, Action Work)[] steps, (string Peer, string Idea, Action Work)[] peers)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(peers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(operations);
        if (steps.Length == 0) throw new ArgumentException("a ladder needs at least one step", nameof(steps));
        (string Name, string Idea, Action Work)[] all = [.. steps, .. peers];
        double[][] seconds = Live.Run(title, live => Interleaved.Seconds([.. all.Select(one => one.Work), PeakWork], done => live.Update(done, "measuring in turn")));
        return Of(title, operations, [.. all.Select(one => (one.Name, one.Idea))], steps.Length, seconds);
    }

    /// <summary>A ladder from times: [steps, then peers, then the peak][rounds].</summary>
    internal static Ladder Of(string title, double operations, (string Name, string Idea)[] names, int steps, double[][] seconds)
    {
        Rung[] rungs = [.. names.Select((name, i) => new Rung
        {
            Name = name.Name,
            Idea = name.Idea,
            IsPeer = i >= steps,
            OperationsPerSecond = operations / Spread.Of(seconds[i]).Median,
            OfPeak = OfPeak(operations, seconds[i], seconds[^1]),
            Rounds = seconds[i],
        })];
        return new Ladder(title, [.. rungs.Select((rung, i) => i == 0 ? rung : rung with { OverBefore = rung.SpeedupOver(rungs[Math.Min(i, steps) - 1]) })]);
    }

    /// <summary>A rung by its name.</summary>
    /// <exception cref="ArgumentException">There is no rung of that name.</exception>
    public Rung this[string name] => Rungs.FirstOrDefault(rung => rung.Name == name)
        ?? throw new ArgumentException($"“{name}” was not measured; what was: {string.Join(", ", Rungs.Select(rung => rung.Name))}", nameof(name));

    /// <summary>How many times as fast as another one a rung is.</summary>
    /// <exception cref="ArgumentException">There is no rung of one of the names.</exception>
    public double Speedup(string name, string over) => this[name].SpeedupOver(this[over]).Median;

    /// <summary>The shares of the peak as a bar chart.</summary>
    public Figure Chart => new Figure(Title).Bars("% of the core's peak", Rungs.Select(rung => rung.Name), Rungs.Select(rung => 100 * rung.OfPeak.Median), "F0").YAxis("% of the core's peak", from: 0, to: 100);

    /// <summary>Steps, ratios and bars as one picture.</summary>
    public Diagram Picture => LadderDrawing.Draw(this);

    /// <summary>Steps, ratios and bars.</summary>
    public string ToHtml() => Picture.ToHtml();

    /// <inheritdoc/>
    IReadOnlyList<IShownAsHtml> IShownInParts.Parts => [Picture];

    /// <summary>Steps and ratios in columns.</summary>
    public override string ToString() => new Table(Title)
        .Text("step", Rungs.Select(rung => rung.Name))
        .Number("× before", Rungs.Select(rung => rung.OverBefore?.Median ?? double.NaN), "F1")
        .Number("of the peak", Rungs.Select(rung => rung.OfPeak.Median), "P1")
        .Text("idea", Rungs.Select(rung => rung.Idea)).ToString();

    /// <summary>Multiply-adds between registers for a few dozen microseconds: what the steps are measured against.</summary>
    internal static void PeakWork() => PeakRate.Run(Simd.Best, PeakChain);

    /// <summary>Operations of <see cref="PeakWork"/>.</summary>
    internal static double PeakOperations => PeakRate.Operations(Simd.Best, PeakChain);

    /// <summary>The share of the peak that some work reaches, round by round.</summary>
    internal static Spread OfPeak(double operations, double[] seconds, double[] peakSeconds) =>
        Spread.Of(seconds.Zip(peakSeconds, (mine, peak) => operations / mine / (PeakOperations / peak)));
}
