namespace Mnist.Lab.Figures.Drawing;

/// <summary>A panel's SVG elements, its upper left corner at 0, 0.</summary>
internal readonly record struct DrawnPanel(double Width, double Height, string Svg);

/// <summary>Draws one panel: its title, then axes and marks, or a picture.</summary>
internal static class PanelDrawing
{
    public const double TitleSize = 16;
    public const double TextHeight = 14;
    public const double SmallSize = 13;

    public static DrawnPanel Draw(Panel panel, double width)
    {
        var svg = new SvgWriter();
        double y = 0;
        foreach (string line in TextSize.Wrap(panel.Title, TitleSize, width))
        {
            y += 20;
            svg.Text(0, y - 4, line, TitleSize, bold: true);
        }
        y += y > 0 ? 6 : 2;
        double height = panel.Traces.Count == 0 ? Nothing(svg, y)
            : panel.IsPicture ? PictureDrawing.Draw(svg, panel, y, width)
            : PlotDrawing.Draw(svg, panel, y, width);
        return new DrawnPanel(width, height, svg.ToString());
    }

    private static double Nothing(SvgWriter svg, double y)
    {
        svg.Text(0, y + 16, "no data yet", TextHeight);
        return y + 26;
    }
}
