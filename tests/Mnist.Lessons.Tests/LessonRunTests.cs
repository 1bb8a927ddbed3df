using System.Text;
using System.Text.RegularExpressions;
using Mnist.Runner.Commands;
using Mnist.Runner.Execution;
using Mnist.Runner.Html;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;
using Mnist.Runner.Verification;

namespace Mnist.Lessons.Tests;

public partial class LessonRunTests
{
    public static TheoryData<string> Names => Lesson.Names;

    [Fact]
    public void The_folder_of_notebooks_has_the_first_and_the_full_run()
    {
        Assert.SkipWhen(!Directory.Exists(Repository.Notebooks), "there is no folder notebooks yet");
        Assert.Contains("00-start-here.ipynb", Repository.NotebookNames);
        Assert.Contains("07-full-training.ipynb", Repository.NotebookNames);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_notebook_runs_from_top_to_bottom_and_shows_what_is_saved_in_it(string name)
    {
        NotebookResult result = await Lesson.RunAsync(name);
        Assert.True(result.Succeeded, result.Failure is { } failure ? FailureText.Of(result.Notebook, failure) : "");
        Assert.Empty(OutputComparison.Compare(result).Select(difference => $"code cell {difference.Cell.Number}:\n{string.Join('\n', difference.Lines)}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_compiler_warns_of_nothing(string name) => Assert.Empty(Warnings(await Lesson.RunAsync(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_page_is_at_most_1_MB(string name) =>
        Assert.InRange(Encoding.UTF8.GetByteCount(HtmlPage.Render(await Lesson.RunAsync(name))), 1, 1_000_000);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_checks_of_unsolved_exercises_say_not_yet(string name)
    {
        NotebookResult result = await Lesson.RunAsync(name);
        foreach (ExerciseCells exercise in Lesson.Exercises(result.Notebook))
            Assert.False(Passed(result.Cells.First(run => run.Cell.Number == exercise.Check!.Number)), $"the check in code cell {exercise.Check!.Number} passes already with the stub");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_folded_solution_passes_its_check(string name)
    {
        Assert.SkipWhen(Lesson.Exercises(Lesson.Read(name)).Count == 0, "the notebook has no exercise in code");
        Answers answers = await AnsweredLesson.RunAsync(name);
        Assert.Empty(Warnings(answers.Result));
        foreach ((ExerciseCells exercise, CellResult check) in answers.Solved)
            Assert.True(Passed(check) || IsOnlyLate(check), $"the solution of the exercise in code cell {exercise.Stub.Number} does not pass its check");
    }

    /// <summary>The engine shows the compiler's warnings above what a cell shows: in a lesson they would only be in the way.</summary>
    private static IEnumerable<string> Warnings(NotebookResult result) =>
        from run in result.Cells
        from text in run.Outputs.OfType<StreamOutput>()
        where text.Text.Contains("warning CS", StringComparison.Ordinal)
        select $"code cell {run.Cell.Number}: {text.Text}";

    /// <summary>A second of training is a second of a quiet machine; the tests share theirs, so there only the par counts.</summary>
    private static bool IsOnlyLate(CellResult check) => Late().IsMatch($"{check.Value}");

    [GeneratedRegex(@"One second of training.*?% reach the par of [\d.]+ %, but it took [\d.]+ s", RegexOptions.Singleline)]
    private static partial Regex Late();

    /// <summary>A check's last expression is an object with a property Passed.</summary>
    private static bool Passed(CellResult check)
    {
        object? passed = check.Value?.GetType().GetProperty("Passed")?.GetValue(check.Value);
        return Assert.IsType<bool>(passed);
    }
}
