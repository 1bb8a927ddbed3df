
namespace Mnist.Lab.Figures;

/// <summary>
/// A figure: panels of traces, with titles, axes and notes. It never changes: every method returns a new figure.
/// It shows itself as inline SVG in every notebook engine, and <see cref="Traces"/> gives back its data.
/// </summary>
/// <example><code>
/// new Figure("Loss").Line("training", losses).XAxis("epoch").YAxis("mean cross-entropy", log: true)
/// </code></example>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed partial record Figure : IShownAsSvg
{
    /// <summary>A figure of one empty panel.</summary>
    /// <param name="title">What it shows, in a few words.</param>
    public Figure(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        Title = title;
        Panels = [new Panel { Title = title }];
    }

    /// <summary>What it shows, in a few words.</summary>
    public string Title { get; private init; }

    /// <summary>The panels, row after row.</summary>
    public IReadOnlyList<Panel> Panels { get; private init; }

    /// <summary>Panels side by side.</summary>
    public int Columns { get; private init; } = 1;

    /// <summary>Rows of panels.</summary>
    public int Rows => (Panels.Count + Columns - 1) / Columns;

    /// <summary>The data of all panels, in the order in which they are drawn.</summary>
    public IReadOnlyList<Trace> Traces => [.. Panels.SelectMany(panel => panel.Traces)];

    /// <summary>What a reader who does not see the figure is told; made from the data unless it was given.</summary>
    public string Description => GivenDescription ?? FigureDescription.Of(Panels);

    private string? GivenDescription { get; init; }

    /// <summary>Several figures as the panels of one.</summary>
    /// <param name="title">What they show together.</param>
    /// <param name="columns">Panels side by side, at least 1.</param>
    /// <param name="figures">The panels, row after row; each figure's own panels in their order.</param>
    /// <exception cref="ArgumentException">There is no figure.</exception>
    public static Figure Grid(string title, int columns, params IReadOnlyList<Figure> figures)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (figures.Count == 0) throw new ArgumentException("a grid needs at least one figure", nameof(figures));
        Panel[] panels = [.. figures.SelectMany(figure => figure.Panels)];
        return new Figure(title) { Panels = panels, Columns = Math.Min(columns, panels.Length) };
    }

    /// <summary>The same figure with another title.</summary>
    public Figure Titled(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        return this with { Title = title, Panels = Panels.Count == 1 ? [Panels[0] with { Title = title }] : Panels };
    }

    /// <summary>The same figure with your own words for a reader who does not see it.</summary>
    public Figure Described(string description) => this with { GivenDescription = description };

    /// <summary>The figure as one SVG document, on a white card.</summary>
    public string ToSvg() => FigureDrawing.Svg(this);

    /// <summary>The figure for a notebook: inline SVG; panels that stand side by side wrap on a narrow page.</summary>
    public string ToHtml() => FigureDrawing.Html(this);

    /// <summary>The title and one line a trace.</summary>
    public override string ToString() => $"Figure “{Title}”" + string.Concat(Traces.Select(trace => $"\n  {trace}"));
}
