using System.Net;
using System.Text;
using Mnist.Runner.Execution;
using Mnist.Runner.Html.Formulas;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Html;

/// <summary>A code cell on a page: number, tags, source, and what it has shown.</summary>
internal static class CodeCell
{
    public static string Render(NotebookCell cell, CellResult? result, MarkdownToHtml markdown)
    {
        var html = new StringBuilder($"<section class=\"cell\" id=\"cell-{cell.Number}\">\n");
        html.Append($"<div class=\"number\"><a href=\"#cell-{cell.Number}\" aria-label=\"Cell {cell.Number}\">[{cell.Number}]</a>");
        foreach (string tag in cell.Tags.Where(tag => tag is CellTags.Exercise or CellTags.Check or CellTags.Interactive))
            html.Append($"<span class=\"tag\">{tag}</span>");
        html.Append("</div>\n<pre class=\"code\" tabindex=\"0\"><code>").Append(CSharpHighlighter.ToHtml(cell.Source)).Append("</code></pre>\n");
        foreach (CellOutput output in result?.Outputs ?? [])
            html.Append(Output(output, markdown)).Append('\n');
        if (result is null) html.Append("<p class=\"note\">This cell was not run.</p>\n");
        if (result?.Status == CellStatus.Skipped)
            html.Append($"<p class=\"note\">Skipped: {Encode(result.Reason ?? "")}</p>\n");
        return html.Append("</section>\n").ToString();
    }

    private static string Output(CellOutput output, MarkdownToHtml markdown) => output switch
    {
        StreamOutput stream => $"<pre class=\"output text {stream.Name}\" tabindex=\"0\">{Encode(stream.Text.TrimEnd('\n'))}</pre>",
        ErrorOutput error => $"<pre class=\"output text error\" tabindex=\"0\">{Encode(string.Join('\n', error.Lines))}</pre>",
        DisplayOutput { MimeType: "text/html" or "image/svg+xml" } html => $"<div class=\"output rich\">{html.Content}</div>",
        DisplayOutput { MimeType: "text/markdown" } text => $"<div class=\"output prose\">{markdown.Convert(text.Content)}</div>",
        DisplayOutput { MimeType: "text/latex" } formula => $"<div class=\"output formula\">{LatexToMathMl.Convert(formula.Content.Trim().Trim('$'), display: true)}</div>",
        DisplayOutput { MimeType: "image/png" or "image/jpeg" } image => $"<div class=\"output rich\"><img alt=\"\" src=\"data:{image.MimeType};base64,{image.Content}\"></div>",
        DisplayOutput text => $"<pre class=\"output text\" tabindex=\"0\">{Encode(text.Content)}</pre>",
        _ => "",
    };

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
