using System.CommandLine;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Commands;

/// <summary>What <c>run</c> and <c>verify</c> have in common.</summary>
internal static class NotebookOptions
{
    private const double MostSeconds = 1_000_000;

    public static Argument<string[]> Notebooks { get; } = new("NOTEBOOK")
    {
        Description = "Notebooks to run: files, folders, or patterns such as 'notebooks/0*.ipynb'.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<double> Timeout { get; } = Values.Seconds("--timeout", "Seconds that one cell may take.", RunSettings.Default.TimeLimit.TotalSeconds, MostSeconds);

    public static Option<string?> Only { get; } = new("--only")
    {
        Description = "Run these code cells only, e.g. 3, 1-5, -4, 7- or 1,4-6.",
    };

    /// <summary>Reads all notebooks before the first one is run, so that a bad one is known at once.</summary>
    public static IReadOnlyList<Notebook> Read(ParseResult parsed) =>
        [.. NotebookFiles.Find(parsed.GetRequiredValue(Notebooks)).Select(path => UserInput.Read(() => NotebookReader.Read(path)))];

    /// <summary>How to run the notebooks.</summary>
    /// <exception cref="UserErrorException"><c>--only</c> leaves nothing to run of one of them: that would look like a success.</exception>
    public static RunSettings Settings(ParseResult parsed, IReadOnlyList<Notebook> notebooks)
    {
        var settings = new RunSettings(TimeSpan.FromSeconds(parsed.GetValue(Timeout)));
        if (parsed.GetValue(Only) is not { } range) return settings;
        settings = settings with { Only = CellRange.Parse(range) };
        if (notebooks.FirstOrDefault(notebook => !settings.Chosen(notebook).Any()) is not { } left) return settings;
        throw new UserErrorException($"--only {range} chooses none of the {left.CodeCells.Count()} code cells of {left.FileName}");
    }
}
