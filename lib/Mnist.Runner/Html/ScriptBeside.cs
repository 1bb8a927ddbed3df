using System.Text.RegularExpressions;

namespace Mnist.Runner.Html;

/// <summary>
/// The one script that a page does not carry itself: plotly.js is 3.6 MB, so it stands in a file beside the pages, once for
/// all of them. An output that brings it says so: <c>&lt;script data-beside="plotly.min.js"&gt;</c>.
/// </summary>
internal static partial class ScriptBeside
{
    public const string FileName = "plotly.min.js";

    /// <summary>The page with a link in place of the script.</summary>
    /// <param name="page">A page's HTML.</param>
    /// <param name="script">The script's text; null: the page has none.</param>
    public static string TakeOut(string page, out string? script)
    {
        string? found = null;
        string rest = Script().Replace(page, match =>
        {
            found = match.Groups["text"].Value;
            return $"<script src=\"{FileName}\"></script>";
        });
        script = found;
        return rest;
    }

    [GeneratedRegex("<script data-beside=\"plotly\\.min\\.js\">(?<text>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();
}
