using System.Net;
using System.Text.RegularExpressions;

namespace Mnist.Runner.Display;

/// <summary>What a terminal shows of HTML: its text without tags; a picture's title.</summary>
internal static partial class HtmlSummary
{
    public static string Of(string html)
    {
        string text = Picture().Replace(Script().Replace(html, ""), match => Title().Match(match.Value) is { Success: true } title ? $"[picture: {title.Groups[1].Value}]" : "[picture]");
        text = WebUtility.HtmlDecode(Tag().Replace(text, " "));
        return Spaces().Replace(text, " ").Trim();
    }

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Script();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Picture();

    [GeneratedRegex("<title[^>]*>([^<]*)</title>", RegexOptions.IgnoreCase)]
    private static partial Regex Title();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
