using System.Text;

namespace Mnist.Lab.Figures.Drawing;

/// <summary>Draws the data of a plot.</summary>
internal static class Marks
{
    private const int FewPoints = 25;
    private static readonly string?[] Dashes = [null, "7 3", "2 3", "9 3 2 3", "12 4", "4 2"];

    public static void Draw(SvgWriter svg, Panel panel, PlotArea area, bool dashed)
    {
        int barTraces = panel.Traces.Count(trace => trace is BarTrace), bar = 0;
        for (int i = 0; i < panel.Traces.Count; i++)
        {
            switch (panel.Traces[i])
            {
                case FieldTrace field: Field(svg, field, area); break;
                case LineTrace line: Line(svg, line, area, Dash(line, i, dashed)); break;
                case PointTrace points: Points(svg, points, area, i); break;
                case BarTrace bars: Bars(svg, bars, area, bar++, barTraces); break;
                case HistogramTrace histogram: Histogram(svg, histogram, area); break;
            }
        }
    }

    /// <summary>The line's pattern: with many lines in a legend colour alone must not tell them apart.</summary>
    public static string? Dash(LineTrace line, int index, bool dashed) =>
        line.Reference ? "4 3" : dashed ? Dashes[index % Dashes.Length] : null;

    /// <summary>A point's shape: circle, square, triangle, diamond.</summary>
    public static string Shape(int index, double x, double y, double r)
    {
        string N(double value) => SvgWriter.Number(value);
        return (index % 4) switch
        {
            0 => $"M{N(x - r)} {N(y)}a{N(r)} {N(r)} 0 1 0 {N(2 * r)} 0a{N(r)} {N(r)} 0 1 0 {N(-2 * r)} 0",
            1 => $"M{N(x - r)} {N(y - r)}h{N(2 * r)}v{N(2 * r)}h{N(-2 * r)}z",
            2 => $"M{N(x)} {N(y - r - 1)}l{N(r + 1)} {N(2 * r)}h{N(-2 * r - 2)}z",
            _ => $"M{N(x)} {N(y - r - 1)}l{N(r + 1)} {N(r + 1)}l{N(-r - 1)} {N(r + 1)}l{N(-r - 1)} {N(-r - 1)}z",
        };
    }

    private static void Field(SvgWriter svg, FieldTrace field, PlotArea area)
    {
        int rows = field.Values.Length, columns = field.Values[0].Length;
        (double left, double right) = (area.X.At(field.XFrom), area.X.At(field.XTo));
        (double top, double bottom) = (area.Y.At(field.YTo), area.Y.At(field.YFrom));
        byte[] indices = PaletteIndices.Indices(field, field.Values.SelectMany(row => row), rows * columns, out Rgba[] palette);
        svg.Image(left, top, right - left, bottom - top, Png.Encode(columns, rows, indices, palette));
    }

    private static void Line(SvgWriter svg, LineTrace line, PlotArea area, string? dash)
    {
        var path = new StringBuilder();
        var dots = new StringBuilder();
        bool drawing = false;
        foreach (int i in Decimation.Line(line.Y))
        {
            (double x, double y) = (area.X.At(line.X[i]), area.Y.At(line.Y[i]));
            if (double.IsNaN(x) || double.IsNaN(y))
            {
                drawing = false;
                continue;
            }
            path.Append(drawing ? 'L' : 'M').Append(SvgWriter.Number(x)).Append(' ').Append(SvgWriter.Number(y));
            drawing = true;
            if (line.Y.Length <= FewPoints && !line.Reference) dots.Append(Shape(0, x, y, 2.6));
        }
        double width = line.Faint ? 1 : line.Reference ? 1.5 : 2;
        if (path.Length > 0) svg.Path(path.ToString(), line.Color, width, opacity: line.Faint ? 0.4 : 1, dash: dash);
        if (dots.Length > 0) svg.Path(dots.ToString(), line.Color, 0, fill: line.Color);
    }

    private static void Points(SvgWriter svg, PointTrace points, PlotArea area, int index)
    {
        var shapes = new StringBuilder();
        double r = points.Y.Length > 200 ? 2 : 4;
        foreach (int i in Decimation.Cloud(points.Y.Length))
        {
            (double x, double y) = (area.X.At(points.X[i]), area.Y.At(points.Y[i]));
            if (double.IsNaN(x) || double.IsNaN(y)) continue;
            shapes.Append(Shape(index, x, y, r));
        }
        if (shapes.Length > 0) svg.Path(shapes.ToString(), points.Color, 0, fill: points.Color);
    }

    /// <summary>What is written at points: above them, but below where it would meet the top or a level reference line.</summary>
    public static void Texts(SvgWriter svg, Panel panel, PlotArea area)
    {
        double[] levels = [.. panel.Traces.OfType<LineTrace>().Where(line => line.Y.Length > 0 && line.Y.All(value => value == line.Y[0])).Select(line => area.Y.At(line.Y[0]))];
        foreach (PointTrace points in panel.Traces.OfType<PointTrace>())
        {
            for (int i = 0; i < Math.Min(points.Texts?.Length ?? 0, points.Y.Length); i++)
            {
                (double x, double y) = (area.X.At(points.X[i]), area.Y.At(points.Y[i]));
                if (!(x >= area.Left && x <= area.Right + 1 && y >= area.Top - 1 && y <= area.Bottom + 1)) continue;
                bool below = y - 22 < area.Top || levels.Any(level => level < y && level > y - 24);
                svg.Text(x, below ? y + 18 : y - 9, points.Texts![i], 12, Anchor.Middle);
            }
        }
    }

    private static void Bars(SvgWriter svg, BarTrace bars, PlotArea area, int index, int count)
    {
        double slot = area.X.At(1) - area.X.At(0);
        double width = slot * 0.72 / count;
        var path = new StringBuilder();
        for (int i = 0; i < bars.Values.Length; i++)
        {
            double y = area.Y.At(bars.Values[i]);
            if (double.IsNaN(y)) continue;
            double left = area.X.At(i) + ((index - (count / 2.0)) * width);
            path.Append($"M{SvgWriter.Number(left)} {SvgWriter.Number(area.Y.Base)}V{SvgWriter.Number(y)}h{SvgWriter.Number(width - (count > 1 ? 1 : 0))}V{SvgWriter.Number(area.Y.Base)}z");
            if (bars.Texts is { } texts && TextSize.Width(texts[i], 12) <= slot / count + 4)
                svg.Text(left + (width / 2), bars.Values[i] < 0 ? y + 13 : y - 4, texts[i], 12, Anchor.Middle);
        }
        if (path.Length > 0) svg.Path(path.ToString(), bars.Color, 0, fill: bars.Color);
    }

    private static void Histogram(SvgWriter svg, HistogramTrace histogram, PlotArea area)
    {
        var path = new StringBuilder($"M{SvgWriter.Number(area.X.At(histogram.Edges[0]))} {SvgWriter.Number(area.Y.Base)}");
        for (int i = 0; i < histogram.Counts.Length; i++)
        {
            double y = area.Y.At(histogram.Counts[i]);
            path.Append($"V{SvgWriter.Number(double.IsNaN(y) ? area.Y.Base : y)}H{SvgWriter.Number(area.X.At(histogram.Edges[i + 1]))}");
        }
        path.Append($"V{SvgWriter.Number(area.Y.Base)}z");
        svg.Path(path.ToString(), histogram.Color, 1.5, fill: histogram.Color, fillOpacity: 0.35);
    }
}
