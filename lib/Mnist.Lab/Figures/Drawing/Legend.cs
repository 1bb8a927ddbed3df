namespace Mnist.Lab.Figures.Drawing;

/// <summary>Rows above the plot that name the traces; each swatch has the trace's pattern or shape, not its colour alone.</summary>
internal static class Legend
{
    private const double Swatch = 22;
    private const double Gap = 16;

    /// <summary>Draws below y and gives back where the plot begins. A single trace needs no legend.</summary>
    public static double Draw(SvgWriter svg, Panel panel, double y, double width)
    {
        if (panel.Traces.Count < 2) return y;
        double x = 0;
        y += 14;
        for (int i = 0; i < panel.Traces.Count; i++)
        {
            Trace trace = panel.Traces[i];
            if (trace is FieldTrace) continue; // its colours are those of the points on it
            double wide = Swatch + 6 + TextSize.Width(trace.Name, PanelDrawing.SmallSize);
            if (x > 0 && x + wide > width)
            {
                x = 0;
                y += 19;
            }
            Draw(svg, trace, i, x, y - 4.5);
            svg.Text(x + Swatch + 6, y, trace.Name, PanelDrawing.SmallSize);
            x += wide + Gap;
        }
        return y + 8;
    }

    private static void Draw(SvgWriter svg, Trace trace, int index, double x, double y)
    {
        switch (trace)
        {
            case LineTrace line: svg.Line(x, y, x + Swatch, y, trace.Color, 2, dash: Marks.Dash(line, index, dashed: true)); break;
            case PointTrace: svg.Path(Marks.Shape(index, x + (Swatch / 2), y, 4), trace.Color, 0, fill: trace.Color); break;
            case HistogramTrace: svg.Path($"M{SvgWriter.Number(x)} {SvgWriter.Number(y - 5)}h{Swatch}v10h-{Swatch}z", trace.Color, 1.5, fill: trace.Color, fillOpacity: 0.35); break;
            default: svg.Path($"M{SvgWriter.Number(x)} {SvgWriter.Number(y - 5)}h{Swatch}v10h-{Swatch}z", trace.Color, 0, fill: trace.Color); break;
        }
    }
}
