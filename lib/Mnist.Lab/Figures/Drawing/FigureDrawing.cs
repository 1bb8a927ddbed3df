using System.Text;

namespace Mnist.Lab.Figures.Drawing;

/// <summary>Puts a figure's panels together.</summary>
internal static class FigureDrawing
{
    private const double Gap = 16;
    private const double TitleHeight = 26;

    /// <summary>One picture that stands alone.</summary>
    public static string Svg(Figure figure)
    {
        if (figure.Panels.Count > 1) return Sheet(figure);
        DrawnPanel drawn = PanelDrawing.Draw(figure.Panels[0], Width(1));
        return SvgDocument.OnCard(drawn.Width, drawn.Height, figure.Title, figure.Description, drawn.Svg);
    }

    /// <summary>One panel: its SVG. Several: an SVG each in a row that wraps, so that a phone shows them at full width.</summary>
    public static string Html(Figure figure)
    {
        if (figure.Panels.Count == 1)
        {
            DrawnPanel only = PanelDrawing.Draw(figure.Panels[0], Width(1));
            return SvgDocument.Inline(only.Width, only.Height, figure.Title, figure.Description, only.Svg);
        }
        double width = Width(figure.Columns);
        var html = new StringBuilder("<div role=\"group\" aria-label=\"").Append(SvgWriter.Escape(figure.Title)).Append("\">");
        if (figure.Title.Length > 0) html.Append("<div style=\"font:600 16px system-ui,sans-serif;margin:4px 0 8px\">").Append(SvgWriter.Escape(figure.Title)).Append("</div>");
        html.Append($"<div style=\"display:flex;flex-wrap:wrap;gap:{Gap}px;max-width:{(figure.Columns * (width + Gap)) - Gap}px\">");
        foreach (Panel panel in figure.Panels)
        {
            DrawnPanel drawn = PanelDrawing.Draw(panel, width);
            html.Append($"<div style=\"flex:0 1 {width}px;min-width:0\">");
            html.Append(SvgDocument.Inline(drawn.Width, drawn.Height, panel.Title, FigureDescription.Of(panel, named: false), drawn.Svg)).Append("</div>");
        }
        return html.Append("</div></div>").ToString();
    }

    private static string Sheet(Figure figure)
    {
        double width = Width(figure.Columns);
        DrawnPanel[] panels = [.. figure.Panels.Select(panel => PanelDrawing.Draw(panel, width))];
        var svg = new SvgWriter();
        double y = figure.Title.Length > 0 ? TitleHeight : 0;
        if (y > 0) svg.Text(0, 17, figure.Title, PanelDrawing.TitleSize, bold: true);
        for (int row = 0; row < figure.Rows; row++)
        {
            DrawnPanel[] side = [.. panels.Skip(row * figure.Columns).Take(figure.Columns)];
            for (int column = 0; column < side.Length; column++)
            {
                svg.Open("g", ("transform", $"translate({SvgWriter.Number(column * (width + Gap))} {SvgWriter.Number(y)})"));
                svg.Raw(side[column].Svg);
                svg.Close("g");
            }
            y += side.Max(panel => panel.Height) + Gap;
        }
        return SvgDocument.OnCard((figure.Columns * (width + Gap)) - Gap, y - Gap, figure.Title, figure.Description, svg.ToString());
    }

    // narrow enough that letters of 14 units are still read when a phone of 360 pixels shrinks the figure
    private static double Width(int columns) => columns switch { 1 => 500, 2 => 420, _ => 320 };
}
