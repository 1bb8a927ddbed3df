namespace Mnist.Lab.Figures.Drawing;

/// <summary>Where a plot's marks are drawn, and both axes' scales.</summary>
internal sealed record PlotArea(double Left, double Top, double Right, double Bottom, Scale X, Scale Y);

/// <summary>Draws a panel with number axes.</summary>
internal static class PlotDrawing
{
    private const double TickHeight = 22;

    /// <summary>Draws below y and gives back where the panel ends.</summary>
    public static double Draw(SvgWriter svg, Panel panel, double y, double width)
    {
        panel = Named(panel);
        bool direct = EndLabels.Fit(panel, width);
        if (!direct) y = Legend.Draw(svg, panel, y, width);
        if (panel.Y.Title.Length > 0)
        {
            svg.Text(0, y + 14, panel.Y.Title, PanelDrawing.TextHeight);
            y += 20;
        }
        double top = y + 8;
        double bottom = top + ((width - 60) * panel.Aspect);
        PlotArea area = Area(panel, top, bottom, width - (direct ? EndLabels.Width(panel) : 10));

        Axes.Draw(svg, panel, area);
        bool inside = IsInside(panel, area);
        if (!inside) OpenWindow(svg, area);
        Marks.Draw(svg, panel, area, dashed: !direct);
        if (!inside) svg.Close("svg");
        Marks.Texts(svg, panel, area);
        if (direct) EndLabels.Draw(svg, panel, area);
        NoteDrawing.Draw(svg, panel, area);

        double end = bottom + TickHeight;
        if (panel.X.Title.Length == 0) return end;
        svg.Text((area.Left + area.Right) / 2, end + 14, panel.X.Title, PanelDrawing.TextHeight, Anchor.Middle);
        return end + 20;
    }

    /// <summary>Opens an element beyond whose borders nothing is drawn.</summary>
    private static void OpenWindow(SvgWriter svg, PlotArea area)
    {
        const double Air = 6; // marks on the border keep their whole shape
        (string x, string y) = (SvgWriter.Number(area.Left - Air), SvgWriter.Number(area.Top - Air));
        (string width, string height) = (SvgWriter.Number(area.Right - area.Left + (2 * Air)), SvgWriter.Number(area.Bottom - area.Top + (2 * Air)));
        svg.Open("svg", ("x", x), ("y", y), ("width", width), ("height", height), ("viewBox", $"{x} {y} {width} {height}"));
    }

    /// <summary>True when no mark leaves the plot, so that nothing has to be cut off: not every page can do that.</summary>
    private static bool IsInside(Panel panel, PlotArea area) =>
        panel.Traces.All(trace => Horizontal(trace).All(area.X.Holds) && Vertical(trace).All(area.Y.Holds));

    /// <summary>The horizontal axis of bars carries their labels.</summary>
    private static Panel Named(Panel panel) => panel.X.Labels is null && panel.Traces.OfType<BarTrace>().FirstOrDefault() is { } bars
        ? panel with { X = panel.X with { Labels = bars.Labels } }
        : panel;

    private static PlotArea Area(Panel panel, double top, double bottom, double right)
    {
        (double yFrom, double yTo) = VerticalRange(panel);
        var y = new Scale(panel.Y, yFrom, yTo, bottom, top);
        double left = Axes.Vertical(y, bottom - top).Max(tick => TextSize.Width(tick.Text, PanelDrawing.SmallSize)) + 8;
        (double xFrom, double xTo) = HorizontalRange(panel);
        return new PlotArea(left, top, right, bottom, new Scale(panel.X, xFrom, xTo, left + 4, right), y);
    }

    private static (double From, double To) HorizontalRange(Panel panel)
    {
        int bars = panel.Traces.OfType<BarTrace>().Select(bar => bar.Values.Length).DefaultIfEmpty(0).Max();
        if (bars > 0) return (-0.5, bars - 0.5);
        if (panel.X.Labels is { } labels) return (-0.5, labels.Count - 0.5);
        return Scale.Range(panel.X, panel.Traces.SelectMany(Horizontal), tight: panel.Traces.All(trace => trace is not PointTrace) || panel.Traces.Any(trace => trace is FieldTrace));
    }

    private static (double From, double To) VerticalRange(Panel panel)
    {
        IEnumerable<double> values = panel.Traces.SelectMany(Vertical);
        bool fromZero = !panel.Y.Log && panel.Traces.Any(trace => trace is BarTrace or HistogramTrace);
        (double from, double to) = Scale.Range(panel.Y, fromZero ? values.Append(0) : values, tight: false);
        // bars and counts stand on 0, without air below it
        return fromZero && panel.Y.From is null && values.All(value => !(value < 0)) ? (0, to) : (from, to);
    }

    private static double[] Horizontal(Trace trace) => trace switch
    {
        PlaneTrace plane => plane.X,
        HistogramTrace histogram => [histogram.Edges[0], histogram.Edges[^1]],
        FieldTrace field => [field.XFrom, field.XTo],
        _ => [],
    };

    private static IEnumerable<double> Vertical(Trace trace) => trace switch
    {
        PlaneTrace plane => plane.Y,
        HistogramTrace histogram => histogram.Counts.Select(count => (double)count),
        BarTrace bars => bars.Values,
        FieldTrace field => [field.YFrom, field.YTo],
        _ => [],
    };
}
