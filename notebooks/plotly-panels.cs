// From a panel of a figure to a chart of Plotly.NET; plotly.cs shows it, plotly-pictures.cs does what is made of colours.
// Properties have plotly.js's own names (https://plotly.com/javascript/reference): in C# those of Plotly.NET would need
// a type argument each.
#load "plotly-pictures.cs"
using System.Globalization;
using Mnist.Lab.Colors;
using Mnist.Lab.Figures;
using P = Plotly.NET;

/// <summary>Sets a property by its name in plotly.js.</summary>
static T With<T>(this T thing, string name, object value) where T : DynamicObj.DynamicObj
{
    thing.SetProperty(name, value);
    return thing;
}

/// <summary>Makes charts of panels: all values, and for each what a reader who points at it is told.</summary>
public static class PlotlyPanels
{
    private const int FewPoints = 25; // as in the SVG: a line through few points shows them
    private const int MostLetters = 26; // of a line of a note
    private const double BarWidth = 0.72;
    private static readonly string[] Dashes = ["solid", "7px 3px", "2px 3px", "9px 3px 2px 3px", "12px 4px", "4px 2px"];
    private static readonly string[] Shapes = ["circle", "square", "triangle-up", "diamond"];

    /// <summary>A chart of one panel.</summary>
    public static P.GenericChart Chart(Panel panel)
    {
        P.Trace[] traces = [.. panel.Traces.Select((trace, i) => Trace(panel, trace, i)).DefaultIfEmpty(new P.Trace("scatter"))];
        P.GenericChart chart = P.GenericChart.combine(traces.Select(trace => P.GenericChart.ofTraceObject(false, trace)));
        return P.GenericChart.setLayout(Layout(panel), chart);
    }

    /// <summary>A number as short as it was written: most doubles here began as floats; null where plotly.js shall leave a gap.</summary>
    public static object Number(double value) => !double.IsFinite(value) ? null : (float)value == value ? (float)value : value;

    private static P.Trace Trace(Panel panel, Trace trace, int index) => trace switch
    {
        LineTrace line => Line(panel, line, index),
        PointTrace points => Points(points, index),
        BarTrace bars => Bars(panel, bars),
        HistogramTrace histogram => Histogram(histogram),
        HeatmapTrace heatmap => PlotlyPictures.Heatmap(panel, heatmap),
        FieldTrace field => PlotlyPictures.Field(field),
        SheetTrace sheet => PlotlyPictures.Sheet(sheet),
        _ => throw new NotSupportedException($"no chart is known for {trace}"),
    };

    private static P.Trace Line(Panel panel, LineTrace line, int index)
    {
        bool dots = line.Y.Length <= FewPoints && !line.Reference;
        string dash = line.Reference ? "4px 3px" : panel.Traces.Count > 1 ? Dashes[index % Dashes.Length] : "solid";
        bool within = panel.X is { From: null, To: null } && panel.Y is { From: null, To: null }; // then no dot lies beyond the axes, and half of one may
        return Plane(line).With("mode", dots ? "lines+markers" : "lines").With("opacity", line.Faint ? 0.4 : 1).With("cliponaxis", !(dots && within))
            .With("line", new { color = line.Color, width = line.Faint ? 1 : line.Reference ? 1.5 : 2, dash }).With("marker", new { color = line.Color, size = 5 });
    }

    private static P.Trace Points(PointTrace points, int index)
    {
        P.Trace trace = Plane(points).With("mode", points.Texts is null ? "markers" : "markers+text")
            .With("marker", new { color = points.Color, symbol = Shapes[index % Shapes.Length], size = points.Y.Length > 200 ? 4 : 8 });
        return points.Texts is null ? trace : trace.With("text", points.Texts).With("textposition", "top center").With("cliponaxis", false);
    }

    private static P.Trace Plane(PlaneTrace plane) => new P.Trace("scatter").With("name", plane.Name)
        .With("x", plane.X.Select(Number).ToArray()).With("y", plane.Y.Select(Number).ToArray()).With("hovertemplate", "%{x}, %{y}");

    private static P.Trace Bars(Panel panel, BarTrace bars)
    {
        BarTrace[] all = [.. panel.Traces.OfType<BarTrace>()];
        double width = BarWidth / all.Length;
        P.Trace trace = new P.Trace("bar").With("name", bars.Name).With("x", Enumerable.Range(0, bars.Values.Length).ToArray()).With("y", bars.Values.Select(Number).ToArray())
            .With("width", width).With("offset", (Array.IndexOf(all, bars) - (all.Length / 2.0)) * width).With("marker", new { color = bars.Color })
            .With("hovertext", bars.Labels).With("hovertemplate", "%{hovertext}: %{y}");
        return bars.Texts is null ? trace : trace.With("text", bars.Texts).With("textposition", "outside").With("cliponaxis", false);
    }

    private static P.Trace Histogram(HistogramTrace histogram)
    {
        (double[] edges, int[] counts) = (histogram.Edges, histogram.Counts);
        return new P.Trace("bar").With("name", histogram.Name).With("x", edges.SkipLast(1).Select(Number).ToArray()).With("y", counts)
            .With("width", edges.Skip(1).Zip(edges, (right, left) => right - left).ToArray()).With("offset", 0)
            .With("marker", new { color = histogram.Color, opacity = 0.5 })
            .With("hovertext", counts.Select((count, i) => string.Create(CultureInfo.InvariantCulture, $"{edges[i]:G4} … {edges[i + 1]:G4}: {count} values")).ToArray())
            .With("hovertemplate", "%{hovertext}");
    }

    private static P.Layout Layout(Panel panel)
    {
        Trace picture = panel.Traces.FirstOrDefault(trace => trace is HeatmapTrace or SheetTrace);
        string[] names = panel.Traces.OfType<BarTrace>().FirstOrDefault()?.Labels;
        P.Layout layout = new P.Layout().With("barmode", "overlay").With("showlegend", panel.Traces.Count(trace => trace is not FieldTrace) > 1)
            .With("legend", new { orientation = "h", x = 0, y = 1.02, yanchor = "bottom" })
            .With("annotations", panel.Notes.Select(note => Note(panel, note)).ToArray());
        return picture switch
        {
            HeatmapTrace heatmap => PlotlyPictures.Frame(layout, panel, heatmap),
            SheetTrace sheet => PlotlyPictures.Frame(layout, sheet),
            _ => layout.With("meta", new { aspect = panel.Aspect, most = 800, extra = 70 + (20 * ((panel.Traces.Count + 2) / 3)) })
                .With("xaxis", PlotlyAxes.Of(panel.X, names, panel, plane => plane.X)).With("yaxis", PlotlyAxes.Of(panel.Y, null, panel, plane => plane.Y)),
        };
    }

    /// <summary>A remark with an arrow to its point; on a log axis arrows are placed by the exponent.</summary>
    private static object Note(Panel panel, Note note)
    {
        (double low, double high) = PlotlyAxes.Span(panel.X, panel.Traces.OfType<PlaneTrace>().SelectMany(plane => plane.X));
        bool right = (double)PlotlyAxes.Place(panel.X, note.X) < (low + high) / 2;
        (double least, double most) = PlotlyAxes.Span(panel.Y, panel.Traces.OfType<PlaneTrace>().SelectMany(plane => plane.Y));
        bool atTop = (double)PlotlyAxes.Place(panel.Y, note.Y) > least + (0.85 * (most - least)); // above it is no room
        return new
        {
            x = PlotlyAxes.Place(panel.X, note.X), y = PlotlyAxes.Place(panel.Y, note.Y), text = Wrapped(note.Text),
            ax = right ? 30 : -30, ay = atTop ? 34 : -34, xanchor = right ? "left" : "right", arrowhead = 2, arrowcolor = Palette.Grey, align = right ? "left" : "right",
        };
    }

    private static string Wrapped(string text) => string.Join("<br>", text.Split(' ').Aggregate(new List<string> { "" }, (lines, word) =>
    {
        if (lines[^1].Length > 0 && lines[^1].Length + word.Length > MostLetters) lines.Add(word);
        else lines[^1] = $"{lines[^1]} {word}".Trim();
        return lines;
    }));
}

/// <summary>Axes: logarithms, shares, bytes, names in place of numbers.</summary>
public static class PlotlyAxes
{
    /// <summary>An axis as plotly.js has it.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="barNames">The names under bars; null: there are none.</param>
    /// <param name="panel">The panel: its notes are not to stretch the axis.</param>
    /// <param name="values">What stands on this axis.</param>
    public static Dictionary<string, object> Of(Axis axis, string[] barNames, Panel panel, Func<PlaneTrace, double[]> values)
    {
        double[] placed = [.. panel.Traces.OfType<PlaneTrace>().SelectMany(values)];
        var set = new Dictionary<string, object> { ["title"] = new { text = axis.Title }, ["type"] = axis.Log ? "log" : "linear" };
        (double low, double high) = Span(axis, placed);
        bool fixedByData = panel.Notes.Count > 0 && panel.Traces.All(trace => trace is PlaneTrace);
        if (fixedByData || axis.From is not null || axis.To is not null)
            set["range"] = new object[] { fixedByData || axis.From is not null ? low : null, fixedByData || axis.To is not null ? high : null };
        if (axis.Log) set["exponentformat"] = "power";
        if (axis.Log && !axis.Bytes) set["dtick"] = high - low < 2.5 ? "D2" : 1; // 1, 2, 5, or whole powers
        set["hoverformat"] = axis.Percent ? ".2%" : ".6~g";
        if (axis.Percent) set["tickformat"] = ".0%";
        if (axis.Bytes) Ticks(set, PowersOfTwo(placed));
        string[] names = axis.Labels?.ToArray() ?? barNames;
        int every = names is { Length: > 32 } ? 10 : 1; // more would run into each other
        if (names is not null) Ticks(set, names.Select((name, i) => ((double)i, name)).Where((_, i) => i % every == 0));
        return set;
    }

    /// <summary>Where a value stands: on a log axis its exponent; null stays null, which is "at the data".</summary>
    public static object Place(Axis axis, double? value) => value is not { } number ? null : axis.Log ? Math.Log10(number) : number;

    /// <summary>From end to end, as places on the axis; where an end is not set, it is the least or the largest value, with some air.</summary>
    public static (double Low, double High) Span(Axis axis, IEnumerable<double> values)
    {
        double[] places = [.. values.Where(value => double.IsFinite(value) && (!axis.Log || value > 0)).Select(value => axis.Log ? Math.Log10(value) : value).DefaultIfEmpty(0)];
        double air = (places.Max() - places.Min()) * 0.06;
        return ((double?)Place(axis, axis.From) ?? places.Min() - air, (double?)Place(axis, axis.To) ?? places.Max() + air);
    }

    private static void Ticks(Dictionary<string, object> set, IEnumerable<(double At, string Text)> ticks)
    {
        set["tickvals"] = ticks.Select(tick => tick.At).ToArray();
        set["ticktext"] = ticks.Select(tick => tick.Text).ToArray();
    }

    /// <summary>Every second power from the least value to the largest.</summary>
    private static IEnumerable<(double, string)> PowersOfTwo(IEnumerable<double> values)
    {
        double[] sizes = [.. values.Where(value => value > 0).DefaultIfEmpty(1)];
        for (double size = Math.Pow(2, Math.Ceiling(Math.Log2(sizes.Min()))); size <= sizes.Max(); size *= 4)
            yield return (size, size >= 1 << 30 ? $"{size / (1 << 30)} GB" : size >= 1 << 20 ? $"{size / (1 << 20)} MB" : size >= 1024 ? $"{size / 1024} KB" : $"{size} B");
    }
}
