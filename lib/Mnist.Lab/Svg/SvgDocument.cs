namespace Mnist.Lab.Svg;

/// <summary>Makes of drawn elements a whole SVG element, in one of two forms.</summary>
internal static class SvgDocument
{
    private const double CardMargin = 12;
    private const string Paper = "#ffffff";
    private const string Ink = "#1f2328";

    /// <summary>For a page's HTML: no background, lines and text in the page's own colour.</summary>
    public static string Inline(double width, double height, string title, string description, string content) =>
        Whole(0, width, height, title, description, content);

    /// <summary>
    /// Standing alone, as an image of which nobody knows on what page: a white card, dark text, and nothing that needs a
    /// style sheet or the page around it. (Where a page strips the only style, the picture still has its size.)
    /// </summary>
    public static string OnCard(double width, double height, string title, string description, string content)
    {
        var card = new SvgWriter();
        card.Box(-CardMargin, -CardMargin, width + (2 * CardMargin), height + (2 * CardMargin), Paper, round: 6);
        card.Raw(content.Replace("\"currentColor\"", $"\"{Ink}\"", StringComparison.Ordinal));
        return Whole(CardMargin, width, height, title, description, card.ToString());
    }

    private static string Whole(double margin, double width, double height, string title, string description, string content)
    {
        (string x, string wide, string high) = (SvgWriter.Number(-margin), SvgWriter.Number(width + (2 * margin)), SvgWriter.Number(height + (2 * margin)));
        var svg = new SvgWriter();
        svg.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("role", "img"), ("viewBox", $"{x} {x} {wide} {high}"), ("width", wide), ("height", high),
            ("style", "max-width:100%;height:auto"), ("font-family", "system-ui, -apple-system, 'Segoe UI', sans-serif"));
        svg.Content("title", title);
        svg.Content("desc", description);
        svg.Raw(content);
        svg.Close("svg");
        return svg.ToString();
    }
}
