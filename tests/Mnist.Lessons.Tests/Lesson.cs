using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Lessons.Tests;

/// <summary>The notebooks of the repository for tests; each is run once, in order and then backwards, and its result shared.</summary>
internal static partial class Lesson
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<NotebookResult>>> Runs = new();

    /// <summary>As <c>verify</c> runs them: what is saved must not depend on packages.</summary>
    public static RunSettings Settings { get; } = RunSettings.Default with { SkipsInteractive = true };

    /// <summary>A row for each notebook; one empty row as long as there is no folder, for tests to skip.</summary>
    public static TheoryData<string> Names => [.. Repository.NotebookNames.DefaultIfEmpty("")];

    public static Notebook Read(string name)
    {
        Assert.SkipWhen(!Directory.Exists(Repository.Notebooks), "there is no folder notebooks yet");
        return NotebookReader.Read(Path.Combine(Repository.Notebooks, name));
    }

    public static Task<NotebookResult> RunAsync(string name)
    {
        Notebook notebook = Read(name);
        return Runs.GetOrAdd(name, _ => new Lazy<Task<NotebookResult>>(() => NotebookRunner.RunAsync(notebook, Settings with { Again = Again.Backwards }))).Value;
    }

    public static IEnumerable<NotebookCell> Prose(Notebook notebook) => notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown);

    /// <summary>The exercises: each stub with its check, and the solution folded in the prose after it.</summary>
    public static IReadOnlyList<ExerciseCells> Exercises(Notebook notebook)
    {
        var exercises = new List<ExerciseCells>();
        NotebookCell[] stubs = [.. notebook.Cells.Where(cell => cell.Tags.Contains(CellTags.Exercise))];
        for (int index = 0; index < stubs.Length; index++)
        {
            int end = index + 1 < stubs.Length ? stubs[index + 1].Position : int.MaxValue;
            NotebookCell[] after = [.. notebook.Cells.Where(cell => cell.Position > stubs[index].Position && cell.Position < end)];
            string? solution = after.Where(cell => cell.Kind == CellKind.Markdown)
                .Select(cell => FoldedSolution().Match(cell.Source)).FirstOrDefault(match => match.Success)?.Groups["code"].Value;
            exercises.Add(new ExerciseCells(stubs[index], after.FirstOrDefault(cell => cell.Tags.Contains(CellTags.Check)), solution));
        }
        return exercises;
    }

    [GeneratedRegex(@"<details>.*?```csharp\n(?<code>.*?)```.*?</details>", RegexOptions.Singleline)]
    private static partial Regex FoldedSolution();
}

internal sealed record ExerciseCells(NotebookCell Stub, NotebookCell? Check, string? Solution);
