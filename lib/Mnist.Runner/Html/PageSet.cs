using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Html;

/// <summary>The pages in one folder that a page may link to: those there already, and those that this run writes.</summary>
/// <param name="folder">The folder of the pages.</param>
/// <param name="notebooks">Full paths of the notebooks of this run.</param>
internal sealed class PageSet(string folder, IEnumerable<string> notebooks)
{
    public const string Extension = ".html";

    private readonly HashSet<string> written = [.. notebooks];

    /// <summary>A page on its own, which links to no other.</summary>
    public static PageSet None { get; } = new("", []);

    /// <summary>The path of a notebook's page.</summary>
    public string PathOf(string notebook) => Path.Combine(folder, Path.GetFileNameWithoutExtension(notebook) + Extension);

    /// <summary>What a link to a notebook's page says, or null when there is no such page.</summary>
    public string? LinkTo(string notebook) =>
        NotebookFolder.IsNotebook(notebook) && (written.Contains(notebook) || File.Exists(PathOf(notebook)))
            ? Uri.EscapeDataString(Path.GetFileName(PathOf(notebook)))
            : null;
}
