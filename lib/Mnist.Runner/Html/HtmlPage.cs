using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Html;

/// <summary>
/// A notebook that has been run, as one HTML file that needs nothing else: no font, no network, and no script but what its
/// outputs bring (of which <see cref="ScriptBeside"/> takes plotly.js out).
/// </summary>
internal static class HtmlPage
{
    private static readonly string Style = ReadStyle();

    /// <summary>The page of a run.</summary>
    /// <param name="result">The run, whole or up to the cell that failed.</param>
    /// <param name="pages">The pages to link to; without them it links to none.</param>
    public static string Render(NotebookResult result, PageSet? pages = null)
    {
        Notebook notebook = result.Notebook;
        pages ??= PageSet.None;
        var markdown = new MarkdownToHtml(new PageLinks(notebook.Folder, pages));
        var body = new StringBuilder();
        foreach (NotebookCell cell in notebook.Cells)
        {
            body.Append(cell.Kind switch
            {
                CellKind.Markdown => $"<section class=\"prose\">\n{markdown.Convert(cell.Source, cell.Json["attachments"] as JsonObject)}</section>\n",
                CellKind.Code => CodeCell.Render(cell, result.Of(cell), markdown),
                _ => "",
            });
        }
        string way = Way(notebook, pages);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Encode(notebook.Title)}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <a class="skip" href="#content">Skip to the lesson</a>
            {Contents(markdown.Headings)}
            <main id="content">
            {way}
            {body}
            {way}
            </main>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The table of contents: open beside the text on a wide screen, folded above it on a narrow one.</summary>
    private static string Contents(IReadOnlyList<PageHeading> headings)
    {
        string items = string.Concat(headings
            .Where(heading => heading.Level <= 3)
            .Select(heading => $"<li class=\"level{heading.Level}\"><a href=\"#{Encode(heading.Id)}\">{Encode(heading.Text)}</a></li>\n"));
        return $"""
            <nav class="contents" aria-label="On this page">
            <details><summary>On this page</summary><ol>
            {items}</ol></details>
            <div class="wide"><p>On this page</p><ol>
            {items}</ol></div>
            </nav>
            """;
    }

    /// <summary>Links to the pages of the notebooks before and after this one in its folder.</summary>
    private static string Way(Notebook notebook, PageSet pages)
    {
        List<string> all = [.. NotebookFolder.Notebooks(notebook.Folder)];
        int here = all.IndexOf(notebook.Path);
        if (here < 0) return "";
        string before = Link(here - 1, "prev", "← ", ""), after = Link(here + 1, "next", "", " →");
        return before.Length + after.Length == 0 ? "" : $"""
            <nav class="way" aria-label="Other notebooks">{Or(before)}{Or(after)}</nav>
            """;

        string Link(int index, string relation, string arrowBefore, string arrowAfter) =>
            index >= 0 && index < all.Count && pages.LinkTo(all[index]) is { } page
                ? $"<a rel=\"{relation}\" href=\"{page}\">{arrowBefore}{Encode(Path.GetFileNameWithoutExtension(all[index]))}{arrowAfter}</a>"
                : "";

        static string Or(string link) => link.Length > 0 ? link : "<span></span>";
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string ReadStyle()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
