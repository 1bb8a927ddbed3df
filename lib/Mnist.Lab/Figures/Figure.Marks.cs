namespace Mnist.Lab.Figures;

/// <content>Adding data: lines, points, bars, histograms.</content>
public sealed partial record Figure
{
    /// <summary>Adds a line through the values at x = 1, 2, 3, …</summary>
    /// <param name="name">The name in the legend; a tensor's name gives the tensor's colour.</param>
    /// <param name="y">The values; one that is not finite leaves a gap.</param>
    /// <param name="color">#rrggbb; null: the next one of the palette.</param>
    /// <param name="reference">True for what is compared with: grey, thin and dashed.</param>
    /// <param name="faint">True for noise behind the line that matters: thin and pale.</param>
    public Figure Line(string name, IEnumerable<double> y, string? color = null, bool reference = false, bool faint = false)
    {
        double[] values = [.. y];
        return Line(name, Counting(values.Length), values, color, reference, faint);
    }

    /// <summary>Adds a line through the values at x = 1, 2, 3, …</summary>
    public Figure Line(string name, IEnumerable<float> y, string? color = null, bool reference = false, bool faint = false) =>
        Line(name, y.Select(value => (double)value), color, reference, faint);

    /// <summary>Adds a line through points.</summary>
    /// <exception cref="ArgumentException">There are not as many x as y.</exception>
    public Figure Line(string name, IEnumerable<double> x, IEnumerable<double> y, string? color = null, bool reference = false, bool faint = false)
    {
        (double[] xs, double[] ys) = Paired(x, y);
        return With(new LineTrace { Name = name, X = xs, Y = ys, Reference = reference, Faint = faint, Color = color ?? (reference ? Palette.Grey : NextColor(name)) });
    }

    /// <summary>Adds single points.</summary>
    /// <param name="name">The name in the legend; a tensor's name gives the tensor's colour.</param>
    /// <param name="x">Horizontal positions.</param>
    /// <param name="y">Vertical positions.</param>
    /// <param name="texts">What is written above each point; null: nothing.</param>
    /// <param name="color">#rrggbb; null: the next one of the palette.</param>
    /// <exception cref="ArgumentException">There are not as many x as y.</exception>
    public Figure Points(string name, IEnumerable<double> x, IEnumerable<double> y, IEnumerable<string>? texts = null, string? color = null)
    {
        (double[] xs, double[] ys) = Paired(x, y);
        return With(new PointTrace { Name = name, X = xs, Y = ys, Texts = texts?.ToArray(), Color = color ?? NextColor(name) });
    }

    /// <summary>Adds one bar a label; bars of several names stand side by side.</summary>
    /// <param name="name">The name in the legend; a tensor's name gives the tensor's colour.</param>
    /// <param name="labels">Names under the bars.</param>
    /// <param name="values">Heights; the axis always includes 0.</param>
    /// <param name="format">A number format for a value written above each bar, e.g. "F1"; null: nothing is written.</param>
    /// <param name="color">#rrggbb; null: the next one of the palette.</param>
    /// <exception cref="ArgumentException">There are not as many labels as values.</exception>
    public Figure Bars(string name, IEnumerable<string> labels, IEnumerable<double> values, string? format = null, string? color = null)
    {
        string[] names = [.. labels];
        double[] heights = [.. values];
        if (names.Length != heights.Length)
            throw new ArgumentException($"{names.Length} labels do not fit {heights.Length} values", nameof(values));
        string[]? texts = format is null ? null : [.. heights.Select(value => value.ToString(format, System.Globalization.CultureInfo.InvariantCulture))];
        return With(new BarTrace { Name = name, Labels = names, Values = heights, Texts = texts, Color = color ?? NextColor(name) });
    }

    /// <summary>Adds how often values fall into equal intervals; values that are not finite are not counted.</summary>
    /// <param name="name">The name in the legend; a tensor's name gives the tensor's colour.</param>
    /// <param name="values">The values.</param>
    /// <param name="bins">Number of intervals, at least 1.</param>
    /// <param name="from">Lower border of the first interval; null: the least value.</param>
    /// <param name="to">Upper border of the last interval; null: the largest value.</param>
    /// <param name="color">#rrggbb; null: the next one of the palette.</param>
    public Figure Histogram(string name, IEnumerable<double> values, int bins = 40, double? from = null, double? to = null, string? color = null)
    {
        double[] counted = [.. values];
        (double[] edges, int[] counts) = Bins.Count(counted, bins, from, to);
        return With(new HistogramTrace { Name = name, Values = counted, Edges = edges, Counts = counts, Color = color ?? NextColor(name) });
    }

    /// <summary>Adds how often values fall into equal intervals.</summary>
    public Figure Histogram(string name, IEnumerable<float> values, int bins = 40, double? from = null, double? to = null, string? color = null) =>
        Histogram(name, values.Select(value => (double)value), bins, from, to, color);

    /// <summary>Adds a trace of your own making.</summary>
    /// <exception cref="InvalidOperationException">The figure has several panels.</exception>
    public Figure With(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return Changed(panel => panel with { Traces = [.. panel.Traces, trace] });
    }

    private static double[] Counting(int count) => [.. Enumerable.Range(1, count).Select(i => (double)i)];

    private static (double[] X, double[] Y) Paired(IEnumerable<double> x, IEnumerable<double> y)
    {
        double[] xs = [.. x];
        double[] ys = [.. y];
        return xs.Length == ys.Length ? (xs, ys) : throw new ArgumentException($"{xs.Length} x do not fit {ys.Length} y", nameof(y));
    }

    private string NextColor(string name) => TensorColors.Find(name) ?? Palette.Color(Panels[0].Traces.Count);

    private Figure Changed(Func<Panel, Panel> change) => Panels.Count == 1
        ? this with { Panels = [change(Panels[0])] }
        : throw new InvalidOperationException($"the figure has {Panels.Count} panels: draw into each figure before you put them into a grid");
}
