using Mnist.Runner.Commands;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Tests.Lessons;

/// <summary>Typical wrong answers to the exercises of 05 are told why they are wrong.</summary>
public class SoftmaxLessonTests
{
    private const string Name = "05-softmax-and-loss.ipynb";

    // For each exercise: the stub's answer, what is written in its place, and what the check must say.
    private static readonly (string Stub, string[] Wrong, string[] Why)[] Exercises =
    [
        ("return null;                            // ln Σ e^z − z[label]",
            ["return MathF.Log(z.Sum(MathF.Exp)) - z[label];", "return MathF.Log(z.Sum(one => MathF.Exp(one - z.Max()))) - z[label];"],
            ["subtract the largest logit first", "must be added again"]),
        ("return null;                            // [10]",
            ["return p.Select((one, i) => i == label ? one - 1 : one).ToArray();", "return p.Select((one, i) => (i == label ? 0.91 : 0.01) - one).ToArray();"],
            ["aim at y′", "the sign"]),
        ("return null;                            // as long as p, the first is 0",
            ["return p.Select(one => Math.Log(one)).ToArray();", "return p.Select(one => one - p[0]).ToArray();"],
            ["the first is not 0", "its way back is ln"]),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_typical_wrong_answer_is_told_why(int which)
    {
        Notebook notebook = Lesson.Read(Name);
        foreach ((string stub, _, _) in Exercises)
            Assert.Single(notebook.CodeCells, cell => cell.Source.Contains(stub, StringComparison.Ordinal));
        Notebook wrong = notebook with { Cells = [.. notebook.Cells.Select(cell => cell with { Source = Answered(cell.Source, which) })] };
        NotebookResult result = await NotebookRunner.RunAsync(wrong, RunSettings.Default, stop: TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.Failure is { } failure ? FailureText.Of(wrong, failure) : "");
        string[] said = [.. result.Cells.Where(run => run.Cell.Tags.Contains(CellTags.Check)).Select(run => $"{run.Value}")];
        Assert.Equal(Exercises.Length, said.Length);
        for (int i = 0; i < said.Length; i++) Assert.Contains(Exercises[i].Why[which], said[i], StringComparison.Ordinal);
    }

    private static string Answered(string source, int which) =>
        Exercises.Aggregate(source, (code, exercise) => code.Replace(exercise.Stub, exercise.Wrong[which], StringComparison.Ordinal));
}
