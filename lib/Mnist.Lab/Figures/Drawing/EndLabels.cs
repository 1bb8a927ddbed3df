namespace Mnist.Lab.Figures.Drawing;

/// <summary>Names at the ends of the lines themselves, in place of a legend: the eye need not look anything up.</summary>
internal static class EndLabels
{
    private const double Size = 13;
    private const double Leader = 14;
    private const double LineHeight = 16;

    /// <summary>True for two to five lines that all reach the right border and have short names.</summary>
    public static bool Fit(Panel panel, double width)
    {
        if (panel.Traces.Count is < 2 or > 5 || panel.X.Log || !panel.Traces.All(trace => trace is LineTrace { X.Length: > 0 })) return false;
        LineTrace[] lines = [.. panel.Traces.Cast<LineTrace>()];
        double low = lines.Min(line => line.X.Min()), high = lines.Max(line => line.X.Max());
        return Width(panel) <= 0.3 * width && (panel.X.To ?? high) <= high
            && lines.All(line => line.X[^1] >= high - (0.02 * (high - low)) && double.IsFinite(line.Y[^1]));
    }

    public static double Width(Panel panel) => panel.Traces.Max(trace => TextSize.Width(trace.Name, Size)) + Leader + 8;

    public static void Draw(SvgWriter svg, Panel panel, PlotArea area)
    {
        var ends = panel.Traces.Cast<LineTrace>()
            .Select(line => (line.Name, line.Color, Y: Math.Clamp(area.Y.At(line.Y[^1]), area.Top, area.Bottom)))
            .OrderBy(end => end.Y).ToArray();
        double[] places = Spread([.. ends.Select(end => end.Y)], area.Bottom);
        for (int i = 0; i < ends.Length; i++)
        {
            svg.Line(area.Right + 3, ends[i].Y, area.Right + Leader, places[i], ends[i].Color, 2);
            svg.Text(area.Right + Leader + 4, places[i] + 4.5, ends[i].Name, Size);
        }
    }

    /// <summary>Moves places apart until each has a line's height, first downwards, then back up from the bottom.</summary>
    internal static double[] Spread(double[] sorted, double bottom)
    {
        double[] places = [.. sorted];
        for (int i = 1; i < places.Length; i++)
            places[i] = Math.Max(places[i], places[i - 1] + LineHeight);
        double limit = bottom;
        for (int i = places.Length - 1; i >= 0; i--)
        {
            places[i] = Math.Min(places[i], limit);
            limit = places[i] - LineHeight;
        }
        return places;
    }
}
