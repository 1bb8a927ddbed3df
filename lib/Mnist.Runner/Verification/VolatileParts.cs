using System.Text;
using System.Text.RegularExpressions;

namespace Mnist.Runner.Verification;

/// <summary>
/// What differs from run to run stands in an element with the attribute <c>data-volatile</c>: its content is "…" in
/// saved outputs and in comparisons. The page of a run shows it as it was.
/// </summary>
internal static partial class VolatileParts
{
    public const char Mask = '…';

    /// <summary>The HTML with the content of every volatile element masked.</summary>
    public static string Masked(string html)
    {
        var text = new StringBuilder();
        int done = 0;
        while (OpeningTag().Match(html, done) is { Success: true } tag)
        {
            int start = tag.Index + tag.Length;
            text.Append(html, done, start - done);
            done = start;
            if (tag.Value.EndsWith("/>", StringComparison.Ordinal)) continue;
            done = EndOfContent(html, start, tag.Groups["name"].Value);
            text.Append(Mask);
        }
        return text.Append(html, done, html.Length - done).ToString();
    }

    /// <summary>Where the content of an element ends; elements of the same name inside it are skipped.</summary>
    private static int EndOfContent(string html, int start, string name)
    {
        int depth = 1;
        foreach (Match tag in Regex.Matches(html[start..], $@"<(?<close>/)?{Regex.Escape(name)}(?=[\s/>])[^>]*?(?<empty>/)?>", RegexOptions.IgnoreCase))
        {
            if (tag.Groups["close"].Success) depth--;
            else if (!tag.Groups["empty"].Success) depth++;
            if (depth == 0) return start + tag.Index;
        }
        return html.Length;
    }

    [GeneratedRegex("""<(?<name>[a-zA-Z][\w:-]*)(?:\s+(?:"[^"]*"|'[^']*'|[^>"'])*?)?\sdata-volatile(?=[\s=/>])(?:"[^"]*"|'[^']*'|[^>"'])*>""")]
    private static partial Regex OpeningTag();
}
