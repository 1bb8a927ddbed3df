using System.Text;

namespace Mnist.Lab.Figures.Drawing;

/// <summary>Puts a figure's panels together.</summary>
internal static class FigureDrawing
{
    private const double Gap = 16;
    private const double TitleHeight = 26;

    public static string Svg(Figure figure) => figure.Panels.Count == 1 ? Single(figure) : Sheet(figure);

    /// <summary>One panel: its SVG. Several: an SVG each in a row that wraps, so that a phone shows them at full width.</summary>
    public static string Html(Figure figure)
    {
        if (figure.Panels.Count == 1) return Single(figure);
        double width = Width(figure.Columns);
        var html = new StringBuilder("<div role=\"group\" aria-label=\"").Append(SvgWriter.Escape(figure.Title)).Append("\">");
        if (figure.Title.Length > 0) html.Append("<div style=\"font:600 16px system-ui,sans-serif;margin:4px 0 8px\">").Append(SvgWriter.Escape(figure.Title)).Append("</div>");
        html.Append($"<div style=\"display:flex;flex-wrap:wrap;gap:{Gap}px;max-width:{(figure.Columns * (width + Gap)) - Gap}px\">");
        foreach (Panel panel in figure.Panels)
        {
            DrawnPanel drawn = PanelDrawing.Draw(panel, width);
            html.Append($"<div style=\"flex:0 1 {width}px;min-width:0\">");
            html.Append(Whole(drawn.Width, drawn.Height, panel.Title, FigureDescription.Of(panel, named: false), drawn.Svg)).Append("</div>");
        }
        return html.Append("</div></div>").ToString();
    }

    private static string Single(Figure figure)
    {
        DrawnPanel drawn = PanelDrawing.Draw(figure.Panels[0], Width(1));
        return Whole(drawn.Width, drawn.Height, figure.Title, figure.Description, drawn.Svg);
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
        return Whole((figure.Columns * (width + Gap)) - Gap, y - Gap, figure.Title, figure.Description, svg.ToString());
    }

    // narrow enough that letters of 14 units are still read when a phone of 360 pixels shrinks the figure
    private static double Width(int columns) => columns switch { 1 => 500, 2 => 420, _ => 320 };

    internal static string Whole(double width, double height, string title, string description, string content)
    {
        var svg = new SvgWriter();
        svg.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("role", "img"), ("viewBox", $"0 0 {SvgWriter.Number(width)} {SvgWriter.Number(height)}"),
            ("width", SvgWriter.Number(width)), ("height", SvgWriter.Number(height)),
            ("style", "max-width:100%;height:auto"), ("font-family", "system-ui, -apple-system, 'Segoe UI', sans-serif"));
        svg.Content("title", title);
        svg.Content("desc", description);
        svg.Raw(content);
        svg.Close("svg");
        return svg.ToString();
    }
}
