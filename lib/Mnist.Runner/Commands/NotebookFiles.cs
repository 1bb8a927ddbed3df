using Microsoft.Extensions.FileSystemGlobbing;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Commands;

/// <summary>The notebooks that arguments name: files, folders, or patterns such as <c>notebooks/0*.ipynb</c>.</summary>
internal static class NotebookFiles
{
    /// <summary>Full paths, each once; those of a folder or pattern in order of their names.</summary>
    /// <exception cref="UserErrorException">An argument names no notebook.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> arguments) =>
        [.. arguments.SelectMany(One).Distinct(StringComparer.Ordinal)];

    private static IReadOnlyList<string> One(string argument)
    {
        if (string.IsNullOrWhiteSpace(argument) || argument.Contains('\0', StringComparison.Ordinal)) throw new UserErrorException("the name of a notebook is empty");
        if (argument.StartsWith('-')) throw new UserErrorException($"there is no option {argument}; --help shows them");
        string path = Path.GetFullPath(argument);
        if (File.Exists(path))
            return NotebookFolder.IsNotebook(path) ? [path] : throw new UserErrorException($"{argument} is not a notebook: its name does not end with {NotebookFolder.Extension}");
        IReadOnlyList<string> found = Directory.Exists(path) ? NotebookFolder.Notebooks(path) : Matching(argument);
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
        return [.. matcher.GetResultsInFullPath(root).Where(NotebookFolder.IsNotebook).Order(StringComparer.Ordinal)];
    }
}
