using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Export;

/// <summary>
/// A copy of a notebook for Verso, the engine that is maintained. It finds no relative <c>#r</c> and no <c>#load</c>:
/// the copy names the library by its full path, and what needs a loaded file or packages is left out.
/// </summary>
internal static partial class VersoNotebook
{
    private static readonly MarkdownPipeline Positions = new MarkdownPipelineBuilder().UsePreciseSourceLocation().Build();

    /// <summary>The text of the copy.</summary>
    /// <param name="notebook">The notebook; its saved outputs stay.</param>
    /// <param name="folder">Full path of the folder that the copy will lie in.</param>
    /// <param name="exported">Full paths of the notebooks whose copies lie there too: links between them stay.</param>
    /// <exception cref="FileNotFoundException">A file that a <c>#r</c> names is not there.</exception>
    public static string Write(Notebook notebook, string folder, IReadOnlySet<string> exported)
    {
        JsonObject json = notebook.Json.DeepClone().AsObject();
        JsonArray cells = json["cells"]!.AsArray();
        foreach (NotebookCell cell in notebook.Cells.Reverse())
        {
            if (cell.IsInteractive) cells.RemoveAt(cell.Position - 1);
            else if (cell.Kind != CellKind.Raw) cells[cell.Position - 1]!["source"] = Text(notebook, cell, folder, exported);
        }
        return NotebookWriter.Write(NotebookReader.Parse(notebook.Path, json.ToJsonString()), _ => null);
    }

    private static string Text(Notebook notebook, NotebookCell cell, string folder, IReadOnlySet<string> exported) =>
        cell.Kind == CellKind.Code
            ? Reference().Replace(cell.Source, line => $"#r \"{Existing(notebook, line.Groups[1].Value)}\"")
            : WithLinks(cell.Source, url => LinkFrom(folder, Path.GetFullPath(Uri.UnescapeDataString(url), notebook.Folder), exported));

    private static string Existing(Notebook notebook, string file)
    {
        string path = Path.GetFullPath(file, notebook.Folder);
        return File.Exists(path) ? path.Replace('\\', '/') : throw new FileNotFoundException($"{notebook.FileName} needs {file}, which is not built: type dotnet build -c Release first", path);
    }

    /// <summary>A link to a file, as the copy has to write it.</summary>
    private static string LinkFrom(string folder, string target, IReadOnlySet<string> exported) =>
        exported.Contains(target) ? Uri.EscapeDataString(Path.GetFileName(target))
        : Path.GetRelativePath(folder, target).Replace('\\', '/').Replace(" ", "%20", StringComparison.Ordinal);

    /// <summary>Changes the targets of links and pictures that lead to files; all else stays as it is written.</summary>
    private static string WithLinks(string markdown, Func<string, string> change)
    {
        foreach (LinkInline link in Markdown.Parse(markdown, Positions).Descendants<LinkInline>().OrderByDescending(link => link.UrlSpan.Start))
        {
            if (link.UrlSpan.IsEmpty || link.Url is not { Length: > 0 } url || url.StartsWith('#') || url.Contains(':')) continue;
            string[] parts = url.Split('#', 2);
            string target = string.Join('#', [change(parts[0]), .. parts[1..]]);
            markdown = string.Concat(markdown.AsSpan(0, link.UrlSpan.Start), target, markdown.AsSpan(link.UrlSpan.End + 1));
        }
        return markdown;
    }

    [GeneratedRegex("""^#r[ \t]+"(?!nuget:)([^"]+)["]""", RegexOptions.Multiline)]
    private static partial Regex Reference();
}
