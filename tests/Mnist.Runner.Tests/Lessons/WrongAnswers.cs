using Mnist.Runner.Commands;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Tests.Lessons;

/// <summary>What a reader writes in place of a stub's answer, and what the check must say to it.</summary>
/// <param name="Stub">A part of the stub's cell that stands nowhere else in the notebook's code.</param>
/// <param name="Wrong">Typical wrong answers.</param>
/// <param name="Why">For each of them, words of the check.</param>
internal sealed record WrongAnswer(string Stub, string[] Wrong, string[] Why);

/// <summary>Runs a lesson with wrong answers in all its exercises at once.</summary>
internal static class WrongAnswers
{
    /// <summary>Every check says why the answer is wrong.</summary>
    /// <param name="name">The notebook.</param>
    /// <param name="exercises">Its exercises, in order.</param>
    /// <param name="which">Which of the wrong answers is written.</param>
    public static async Task AreToldWhyAsync(string name, IReadOnlyList<WrongAnswer> exercises, int which)
    {
        Notebook notebook = Lesson.Read(name);
        foreach (WrongAnswer exercise in exercises)
            Assert.Single(notebook.CodeCells, cell => cell.Source.Contains(exercise.Stub, StringComparison.Ordinal));
        string Answered(string source) => exercises.Aggregate(source, (code, exercise) => code.Replace(exercise.Stub, exercise.Wrong[which], StringComparison.Ordinal));
        Notebook wrong = notebook with { Cells = [.. notebook.Cells.Select(cell => cell with { Source = Answered(cell.Source) })] };
        NotebookResult result = await NotebookRunner.RunAsync(wrong, Lesson.Settings, stop: TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.Failure is { } failure ? FailureText.Of(wrong, failure) : "");
        string[] said = [.. result.Cells.Where(run => run.Cell.Tags.Contains(CellTags.Check)).Select(run => $"{run.Value}")];
        Assert.Equal(exercises.Count, said.Length);
        for (int i = 0; i < said.Length; i++) Assert.Contains(exercises[i].Why[which], said[i], StringComparison.Ordinal);
    }

    /// <summary>Every check of the notebook as it is says that nothing is solved yet.</summary>
    public static async Task AreAskedForAsync(string name)
    {
        NotebookResult result = await Lesson.RunAsync(name);
        Assert.All(result.Cells.Where(run => run.Cell.Tags.Contains(CellTags.Check)), check => Assert.Contains("not solved yet", $"{check.Value}", StringComparison.Ordinal));
    }
}
