using Mnist.Runner.Commands;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Lessons.Tests;

/// <summary>07: the gradient check settles the mystery, and the exercises tell why an answer is wrong.</summary>
public class TrainingLessonTests
{
    internal const string Name = "07-full-training.ipynb";

    internal static readonly WrongAnswer[] Exercises =
    [
        new("TrainingOptions faster = null; ", ["TrainingOptions faster = new() { LearningRate = 0.02f }; ", "TrainingOptions faster = new() { Epochs = 1 }; "], ["to go", "only the training may change"]),
        new("float? rateForBoth = null; ", ["float? rateForBoth = 0.02f; ", "float? rateForBoth = 0.2f; "], ["who is ahead early", "its garbage grows with the rate"]),
        new("string at10 = null, at1000 = null; ", ["string at10 = \"exploded\", at1000 = \"exploded\"; ", "string at10 = \"died\", at1000 = \"died\"; "], ["at 10: are the losses numbers?", "at 1,000: what does the trainer say?"]),
    ];

    [Fact]
    public Task Its_stubs_are_not_solved_yet() => AnsweredLesson.AsksForAnswersAsync(Name);

    [Fact]
    public Task Typical_wrong_answers_are_told_why() => AnsweredLesson.TellsWhyAsync(Name);

    [Fact]
    public async Task The_bet_is_settled()
    {
        const string Open = "string myBet = null; ";
        Notebook notebook = Lesson.Read(Name);
        NotebookCell cell = Assert.Single(notebook.CodeCells, cell => cell.Source.Contains(Open, StringComparison.Ordinal));
        NotebookCell Bet(string bet) => cell with { Source = cell.Source.Replace(Open, $"string myBet = \"{bet}\"; ", StringComparison.Ordinal) };
        Notebook betting = notebook with { Cells = [.. notebook.Cells.TakeWhile(one => one != cell), Bet("a"), Bet("B")] };
        NotebookResult result = await NotebookRunner.RunAsync(betting, Lesson.Settings, stop: TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.Failure is { } failure ? FailureText.Of(betting, failure) : "");
        Assert.Contains("it is A – right", $"{result.Cells[^2].Value}", StringComparison.Ordinal);
        Assert.Contains("it is A – not this time", $"{result.Cells[^1].Value}", StringComparison.Ordinal);
    }

    [Fact]
    public void Before_the_check_nobody_tells_what_is_wrong()
    {
        NotebookCell[] before = [.. Lesson.Read(Name).Cells.TakeWhile(cell => !cell.Source.Contains("string myBet", StringComparison.Ordinal))];
        Assert.InRange(before.Length, 10, 30);
        Assert.All(before, cell => Assert.DoesNotContain("SwappedSizes", cell.Source, StringComparison.Ordinal));
        Assert.All(Lesson.Read("06-backprop.ipynb").Cells, cell => Assert.DoesNotContain("swapped", cell.Source, StringComparison.OrdinalIgnoreCase));
    }
}
