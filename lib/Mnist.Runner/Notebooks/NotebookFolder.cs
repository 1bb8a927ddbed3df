namespace Mnist.Runner.Notebooks;

/// <summary>Notebooks are known by their extension, and are read in the order of their names.</summary>
internal static class NotebookFolder
{
    public const string Extension = ".ipynb";

    /// <summary>True if a path or an argument is the name of a notebook.</summary>
    public static bool IsNotebook(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Full paths of all notebooks of a folder, in the order of their names; none without the folder.</summary>
    public static IReadOnlyList<string> Notebooks(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, $"*{Extension}").Order(StringComparer.Ordinal)] : [];
}
