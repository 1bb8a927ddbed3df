namespace Mnist.Lab.Budgets;

/// <summary>
/// Where the whole speed comes from: one training step, a batch of 32 images, in nine ways from plain loops to the
/// library's own, each with one change more. All are measured in turn on this machine, and each trains on images of its
/// own. A gain is one time divided by the next, so the gains multiply to the whole.
/// </summary>
/// <remarks>The picture is the measurement: a cell that shows one is tagged <c>volatile</c>.</remarks>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class Budget : IShownInParts
{
    internal Budget(IReadOnlyList<BudgetStep> steps, double arithmetic, int threads, int? chapter) =>
        (Steps, ArithmeticSeconds, Threads, Chapter) = (steps, arithmetic, threads, chapter);

    /// <summary>The ways, the slowest first; the last is the library's training step.</summary>
    public IReadOnlyList<BudgetStep> Steps { get; }

    /// <summary>The chapter whose gain stands out; null: all of them.</summary>
    public int? Chapter { get; }

    /// <summary>How many times as fast as the first way the last one is: all gains multiplied.</summary>
    public double Whole => Steps[0].Seconds / Steps[^1].Seconds;

    /// <summary>Seconds per batch that the multiplications with a pixel that is not 0 would take at the core's peak, on all threads.</summary>
    public double ArithmeticSeconds { get; }

    /// <summary>Threads of the last ways.</summary>
    public int Threads { get; }

    /// <summary>The way that a chapter found.</summary>
    /// <exception cref="ArgumentException">The chapter is not in the budget.</exception>
    public BudgetStep this[int chapter] => Steps.FirstOrDefault(step => step.Chapter == chapter)
        ?? throw new ArgumentException($"chapter {chapter} is not in the budget; there are {Steps[1].Chapter} … {Steps[^1].Chapter}", nameof(chapter));

    /// <summary>Measures all ways on this machine; it takes about two seconds.</summary>
    /// <param name="images">What is trained on: at least a few hundred images of 28 × 28.</param>
    /// <param name="chapter">The chapter whose gain stands out, 1 … 8; null: all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The chapter has no way of its own.</exception>
    public static Budget Measure(ImageSet images, int? chapter = null) => BudgetRace.Run(images, chapter);

    /// <summary>Steps, gains and bars as one picture.</summary>
    public Diagram Picture => BudgetDrawing.Draw(this);

    /// <summary>Steps, gains and bars.</summary>
    public string ToHtml() => Picture.ToHtml();

    /// <inheritdoc/>
    IReadOnlyList<IShownAsHtml> IShownInParts.Parts => [Picture];

    /// <summary>Steps, times and gains in columns.</summary>
    public override string ToString() => new Table("One training step of 32 images")
        .Text("chapter", Steps.Select(step => step.Chapter == 0 ? "" : $"{step.Chapter:00}"))
        .Text("step", Steps.Select(step => step.Name))
        .Number("µs per batch", Steps.Select(step => 1e6 * step.Seconds), "N0")
        .Number("× before", Steps.Select((step, i) => i == 0 ? double.NaN : step.Gain.Median), "F2")
        .Text("middle half", Steps.Select((step, i) => i == 0 ? "" : $"{step.Gain}"))
        .Below(Closing).ToString();

    /// <summary>How the budget closes, in words.</summary>
    internal string Closing => $"All gains multiplied: {Spread.Text(Whole)} ×, the time of plain loops divided by the last way's.";
}
