using System.Net;
using System.Reflection;
using System.Text;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Html;

/// <summary>A notebook that has been run, as one HTML file that needs nothing else: no script, no font, no network.</summary>
internal static class HtmlPage
{
    private static readonly string Style = ReadStyle();

    public static string Render(NotebookResult result)
    {
        Notebook notebook = result.Notebook;
        var markdown = new MarkdownToHtml(notebook.Folder);
        var body = new StringBuilder();
        foreach (NotebookCell cell in notebook.Cells)
        {
            body.Append(cell.Kind switch
            {
                CellKind.Markdown => $"<section class=\"prose\">\n{markdown.Convert(cell.Source)}</section>\n",
                CellKind.Code => CodeCell.Render(cell, result.Of(cell), markdown),
                _ => "",
            });
        }
        string way = Way(notebook);
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

    /// <summary>Links to the notebooks before and after this one in its folder.</summary>
    private static string Way(Notebook notebook)
    {
        IReadOnlyList<string> all = NotebookFolder.Notebooks(notebook.Folder);
        int here = all.ToList().IndexOf(notebook.Path);
        if (here < 0 || all.Count < 2) return "";
        return $"""
            <nav class="way" aria-label="Other notebooks">{Link(here - 1, "prev", "← ", "")}{Link(here + 1, "next", "", " →")}</nav>
            """;

        string Link(int index, string relation, string before, string after)
        {
            if (index < 0 || index >= all.Count) return "<span></span>";
            string name = Path.GetFileNameWithoutExtension(all[index]);
            return $"<a rel=\"{relation}\" href=\"{Uri.EscapeDataString(name)}.html\">{before}{Encode(name)}{after}</a>";
        }
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string ReadStyle()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
