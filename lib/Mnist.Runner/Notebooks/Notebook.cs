using System.Text.Json.Nodes;

namespace Mnist.Runner.Notebooks;

/// <summary>A notebook as it is on the disk: nbformat 4, C#.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Json">The whole document.</param>
/// <param name="Cells">Its cells in order.</param>
internal sealed record Notebook(string Path, JsonObject Json, IReadOnlyList<NotebookCell> Cells)
{
    public string FileName => System.IO.Path.GetFileName(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public IEnumerable<NotebookCell> CodeCells => Cells.Where(cell => cell.Kind == CellKind.Code);

    /// <summary>The first level-one heading, else the file's name.</summary>
    public string Title =>
        Cells.Where(cell => cell.Kind == CellKind.Markdown)
            .SelectMany(cell => cell.Source.Split('\n'))
            .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim()
        ?? System.IO.Path.GetFileNameWithoutExtension(Path);
}

internal enum CellKind
{
    Markdown,
    Code,
    Raw,
}

/// <summary>One cell of a notebook.</summary>
/// <param name="Kind">Markdown, code or raw.</param>
/// <param name="Position">1 for the first cell of the notebook, prose included.</param>
/// <param name="Number">1 for the first code cell: the number that engines show as <c>[1]</c>; 0 if it is no code.</param>
/// <param name="Source">The text, lines separated by <c>\n</c>.</param>
/// <param name="Tags">The tags in the cell's metadata.</param>
/// <param name="Json">The cell in the document.</param>
internal sealed record NotebookCell(
    CellKind Kind, int Position, int Number, string Source, IReadOnlyList<string> Tags, JsonObject Json)
{
    /// <summary>The kernel that its code is written for.</summary>
    public string Kernel { get; init; } = NotebookMetadata.CellKernelName;

    /// <summary>Needs packages from a feed; skipped where they are not to be had.</summary>
    public bool IsInteractive => Tags.Contains(CellTags.Interactive);

    /// <summary>Is there to fail: its error is what the reader shall see.</summary>
    public bool IsExpectedToThrow => Tags.Contains(CellTags.RaisesException) && !IsInteractive;

    /// <summary>The outputs in the file; empty for prose.</summary>
    public JsonArray SavedOutputs => Json["outputs"] as JsonArray ?? [];

    public string FirstLine => Source.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "(empty)";
}

/// <summary>The cell tags that mean something to us.</summary>
internal static class CellTags
{
    public const string Interactive = "interactive";
    public const string RaisesException = "raises-exception";

    /// <summary>Shows measurements and nothing else: only number and kind of its outputs are compared.</summary>
    public const string Volatile = "volatile";

    /// <summary>Shows numbers whose last bits need products that are not rounded before they are added.</summary>
    public const string Fma = "fma";

    /// <summary>Shows numbers or machine code that only a CPU with AVX-512 gives to the last digit.</summary>
    public const string Avx512 = "avx512";

    /// <summary>Its picture says what the notebook finds; it stands under the title.</summary>
    public const string Cover = "cover";

    public const string Exercise = "exercise";
    public const string Check = "check";
}
