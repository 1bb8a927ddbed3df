using Microsoft.Extensions.FileSystemGlobbing;

namespace Mnist.Runner.Commands;

/// <summary>The notebooks that arguments name: files, folders, or patterns such as <c>notebooks/0*.ipynb</c>.</summary>
internal static class NotebookFiles
{
    private const string Extension = ".ipynb";

    /// <summary>Full paths, each once; those of a folder or pattern in order of their names.</summary>
    /// <exception cref="UserErrorException">An argument names no notebook.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> arguments) =>
        [.. arguments.SelectMany(One).Distinct(StringComparer.Ordinal)];

    /// <summary>All notebooks of a folder in the order of their names.</summary>
    public static IReadOnlyList<string> InFolder(string folder) =>
        [.. Directory.GetFiles(folder, $"*{Extension}").Order(StringComparer.Ordinal)];

    /// <summary>True if an argument is the name of a notebook rather than of a command.</summary>
    public static bool IsNotebook(string argument) => argument.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<string> One(string argument)
    {
        if (argument.StartsWith('-')) throw new UserErrorException($"there is no option {argument}; --help shows them");
        string path = Path.GetFullPath(argument);
        if (File.Exists(path))
            return IsNotebook(path) ? [path] : throw new UserErrorException($"{argument} is not a notebook: its name does not end with {Extension}");
        IReadOnlyList<string> found = Directory.Exists(path) ? InFolder(path) : Matching(argument);
        if (found.Count > 0) return found;
        throw new UserErrorException(
            Directory.Exists(path) ? $"there is no notebook in the folder {argument}"
            : argument.Contains('*') ? $"no notebook matches {argument}"
            : $"there is no notebook {argument}");
    }

    private static IReadOnlyList<string> Matching(string pattern)
    {
        if (!pattern.Contains('*')) return [];
        string full = Path.GetFullPath(pattern);
        string root = Path.GetDirectoryName(full[..(full.IndexOf('*') + 1)])!;
        if (!Directory.Exists(root)) return [];
        var matcher = new Matcher(StringComparison.Ordinal).AddInclude(Path.GetRelativePath(root, full).Replace('\\', '/'));
        return [.. matcher.GetResultsInFullPath(root).Where(IsNotebook).Order(StringComparer.Ordinal)];
    }
}
