
namespace Mnist.Lab.Display;

/// <summary>Builds a short message for a notebook: a mark, a headline and lines below it.</summary>
internal static class Message
{
    /// <summary>Several things, one below the other.</summary>
    public static string Html(IEnumerable<IShownAsHtml> parts) => string.Concat(parts.Select(part => part.ToHtml()));

    /// <summary>A message; the line on its left is in the colour, its mark says the same without colour.</summary>
    public static string Html(string color, string headline, params IEnumerable<string> lines) =>
        $"<div style=\"border-left:4px solid {color};padding:2px 12px;margin:4px 0;font:14px system-ui,sans-serif;line-height:1.5\"><div><b style=\"font-weight:600\">{headline}</b></div>"
        + string.Concat(lines.Select(line => $"<div>{line}</div>")) + "</div>";

    /// <summary>Text for HTML.</summary>
    public static string Escape(string text) => SvgWriter.Escape(text);

    /// <summary>Text that differs from run to run, like a time: it is marked, so that comparing two runs leaves it out.</summary>
    public static string Volatile(string text) => $"<span data-volatile=\"\">{Escape(text)}</span>";
}
