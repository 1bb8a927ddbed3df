using System.Text.RegularExpressions;
using Ganss.Xss;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Mnist.Runner.Html;

/// <summary>
/// HTML that Markdown carries: lessons use a few plain tags, which pass as they are. Whatever else there is, the whole
/// text goes through a sanitizer, so that no script, no event handler and no foreign address gets onto a page.
/// </summary>
internal static partial class RawHtml
{
    private static readonly string[] MathTags =
    [
        "math", "semantics", "annotation", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup",
        "munder", "mover", "munderover", "mtable", "mtr", "mtd",
    ];

    private static readonly string[] OurAttributes =
    [
        "class", "id", "open", "tabindex", "display", "displaystyle", "encoding", "mathvariant", "accent", "linethickness", "fence", "stretchy",
    ];

    private static readonly Lazy<HtmlSanitizer> Sanitizer = new(Create);

    /// <summary>True if all HTML in a document is made of plain tags without attributes.</summary>
    public static bool IsPlain(MarkdownDocument document) => document.Descendants().All(item => item switch
    {
        HtmlBlock block => PlainText().IsMatch(block.Lines.ToString()),
        HtmlInline inline => PlainText().IsMatch(inline.Tag),
        _ => true,
    });

    /// <summary>Rendered HTML without anything that acts or loads.</summary>
    public static string Sanitized(string html) => Sanitizer.Value.Sanitize(html);

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.UnionWith(MathTags);
        sanitizer.AllowedTags.ExceptWith(["form", "button", "textarea", "select"]);
        sanitizer.AllowedAttributes.UnionWith(OurAttributes);
        sanitizer.AllowedSchemes.UnionWith(["mailto", "data"]);
        sanitizer.FilterUrl += (_, url) =>
        {
            bool isData = url.OriginalUrl.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase);
            bool isPicture = url.Tag.LocalName == "img" && url.OriginalUrl.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase);
            if (isData && !isPicture) url.SanitizedUrl = null;
        };
        return sanitizer;
    }

    [GeneratedRegex(@"\A(?:[^<]|</?(?:details|summary|b|i|em|strong|code|kbd|sub|sup|br|hr|p|ul|ol|li|table|thead|tbody|tr|th|td)\s*/?>)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PlainText();
}
