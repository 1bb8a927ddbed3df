using System.Globalization;
using System.Text;

namespace Mnist.Lab.Svg;

/// <summary>Where a text stands about its point.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>
/// Writes SVG elements with rounded numbers. No style sheet and no id is ever written: a page holds the outputs of all
/// cells, where a style would restyle the others and an id could be there twice.
/// </summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder text = new();

    /// <summary>A number with at most one decimal, as all coordinates are written.</summary>
    public static string Number(double value)
    {
        double rounded = Math.Round(value, 1);
        return (rounded == 0 ? 0 : rounded).ToString("0.#", CultureInfo.InvariantCulture);
    }

    /// <summary>Text for an element's content or attribute; what XML cannot hold is left out.</summary>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            char letter = value[i];
            bool pair = char.IsHighSurrogate(letter) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
            if (pair) escaped.Append(letter).Append(value[++i]);
            else if (!char.IsSurrogate(letter) && letter is not ('\ufffe' or '\uffff') && (letter >= ' ' || letter is '\t' or '\n' or '\r'))
                escaped.Append(letter switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", _ => letter.ToString() });
        }
        return escaped.ToString();
    }

    public void Open(string element, params (string Name, string Value)[] attributes) => Element(element, attributes, ">");

    public void Close(string element) => text.Append("</").Append(element).Append('>');

    public void Empty(string element, params (string Name, string Value)[] attributes) => Element(element, attributes, "/>");

    public void Content(string element, string content)
    {
        Open(element);
        text.Append(Escape(content));
        Close(element);
    }

    /// <summary>Finished SVG, written as it is.</summary>
    public void Raw(string svg) => text.Append(svg);

    /// <summary>A line of text; in the page's own text colour unless a fill is given.</summary>
    public void Text(double x, double y, string content, double size, Anchor anchor = Anchor.Start, bool bold = false, string fill = "currentColor", bool mono = false)
    {
        text.Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" font-size=\"{Number(size)}\" fill=\"{fill}\"");
        if (anchor != Anchor.Start) text.Append(anchor == Anchor.Middle ? " text-anchor=\"middle\"" : " text-anchor=\"end\"");
        if (bold) text.Append(" font-weight=\"600\"");
        if (mono) text.Append(" font-family=\"ui-monospace, Consolas, Menlo, monospace\"").Append(" xml:space=\"preserve\"");
        text.Append('>').Append(Escape(content)).Append("</text>");
    }

    /// <summary>A rectangle; without a stroke when its width is 0.</summary>
    public void Box(double x, double y, double width, double height, string fill = "none", double fillOpacity = 1, string stroke = "currentColor", double strokeWidth = 0, double round = 0, string? dash = null)
    {
        text.Append($"<rect x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\" fill=\"{fill}\"");
        if (round > 0) text.Append($" rx=\"{Number(round)}\"");
        if (fillOpacity < 1) text.Append(CultureInfo.InvariantCulture, $" fill-opacity=\"{fillOpacity:0.##}\"");
        if (strokeWidth > 0) text.Append($" stroke=\"{stroke}\" stroke-width=\"{Number(strokeWidth)}\"");
        if (dash is not null) text.Append($" stroke-dasharray=\"{dash}\"");
        text.Append("/>");
    }

    public void Line(double x1, double y1, double x2, double y2, string stroke, double width, double opacity = 1, string? dash = null) =>
        Path($"M{Number(x1)} {Number(y1)}L{Number(x2)} {Number(y2)}", stroke, width, opacity: opacity, dash: dash);

    public void Path(string data, string stroke, double width, string fill = "none", double opacity = 1, double fillOpacity = 1, string? dash = null)
    {
        text.Append($"<path d=\"{data}\" fill=\"{fill}\"");
        if (width > 0) text.Append($" stroke=\"{stroke}\" stroke-width=\"{Number(width)}\" stroke-linejoin=\"round\"");
        if (dash is not null) text.Append($" stroke-dasharray=\"{dash}\"");
        if (opacity < 1) text.Append(CultureInfo.InvariantCulture, $" stroke-opacity=\"{opacity:0.##}\"");
        if (fillOpacity < 1) text.Append(CultureInfo.InvariantCulture, $" fill-opacity=\"{fillOpacity:0.##}\"");
        text.Append("/>");
    }

    /// <summary>A picture whose pixels stay sharp squares.</summary>
    public void Image(double x, double y, double width, double height, byte[] png) =>
        Empty("image", ("x", Number(x)), ("y", Number(y)), ("width", Number(width)), ("height", Number(height)),
            ("preserveAspectRatio", "none"), ("image-rendering", "pixelated"),
            ("href", "data:image/png;base64," + Convert.ToBase64String(png)));

    public override string ToString() => text.ToString();

    private void Element(string element, (string Name, string Value)[] attributes, string end)
    {
        text.Append('<').Append(element);
        foreach (var (name, value) in attributes)
            text.Append(' ').Append(name).Append("=\"").Append(Escape(value)).Append('"');
        text.Append(end);
    }
}
