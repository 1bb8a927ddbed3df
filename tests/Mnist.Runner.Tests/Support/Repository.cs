namespace Mnist.Runner.Tests.Support;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>The notebooks of the repository by name; none before the folder exists.</summary>
    public static IReadOnlyList<string> NotebookNames => Directory.Exists(Notebooks)
        ? [.. Directory.GetFiles(Notebooks, "*.ipynb").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Mnist.Notebooks.sln"))) return folder.FullName;
        throw new InvalidOperationException("the tests run outside of the repository");
    }
}
