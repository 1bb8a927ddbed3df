using System.Collections.Concurrent;
using Mnist.Runner.Commands;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Lessons.Tests;

/// <summary>What a reader writes in place of a stub's answer, and what the check must say to it.</summary>
/// <param name="Stub">A part of the stub's cell that stands nowhere else in the notebook's code.</param>
/// <param name="Wrong">Typical wrong answers.</param>
/// <param name="Why">For each of them, words of the check.</param>
internal sealed record WrongAnswer(string Stub, string[] Wrong, string[] Why);

/// <summary>One run of a lesson by a reader who answers each exercise wrongly first, then with its folded solution.</summary>
internal static class AnsweredLesson
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Answers>>> Runs = new();

    /// <summary>The typical wrong answers of a notebook's exercises; none are known of most puzzles.</summary>
    private static WrongAnswer[] WrongAnswersOf(string name) => name switch
    {
        StartLessonTests.Name => StartLessonTests.Exercises,
        MemoryLessonTests.Name => MemoryLessonTests.Exercises,
        DotProductLessonTests.Name => DotProductLessonTests.Exercises,
        ProductLessonTests.Name => ProductLessonTests.Exercises,
        ReluLessonTests.Name => ReluLessonTests.Exercises,
        SoftmaxLessonTests.Name => SoftmaxLessonTests.Exercises,
        BackpropLessonTests.Name => BackpropLessonTests.Exercises,
        TrainingLessonTests.Name => TrainingLessonTests.Exercises,
        SpeedLessonTests.Name => SpeedLessonTests.Exercises,
        DigitLessonTests.Name => DigitLessonTests.Exercises,
        ChartsLessonTests.Name => ChartsLessonTests.Exercises,
        _ => [],
    };

    /// <summary>Every check says why a wrong answer is wrong.</summary>
    public static async Task TellsWhyAsync(string name)
    {
        WrongAnswer[] expected = WrongAnswersOf(name);
        Answers answers = await RunAsync(name);
        Assert.Equal(expected.Select(exercise => exercise.Stub), answers.Wrong.Keys);
        foreach (WrongAnswer exercise in expected)
        {
            Assert.Equal(exercise.Wrong.Length, exercise.Why.Length);
            Assert.All(exercise.Why.Zip(answers.Wrong[exercise.Stub]), said => Assert.Contains(said.First, $"{said.Second.Value}", StringComparison.Ordinal));
        }
    }

    /// <summary>Every check of the notebook as it is says that nothing is solved yet.</summary>
    public static async Task AsksForAnswersAsync(string name)
    {
        NotebookResult result = await Lesson.RunAsync(name);
        CellResult[] checks = [.. result.Cells.Where(run => run.Cell.Tags.Contains(CellTags.Check))];
        Assert.NotEmpty(checks);
        Assert.All(checks, check => Assert.Contains("not solved yet", $"{check.Value}", StringComparison.Ordinal));
    }

    /// <summary>The run, shared by all tests.</summary>
    public static Task<Answers> RunAsync(string name) => Runs.GetOrAdd(name, _ => new Lazy<Task<Answers>>(() => AnswerAsync(name))).Value;

    private static async Task<Answers> AnswerAsync(string name)
    {
        Notebook notebook = Lesson.Read(name);
        IReadOnlyList<ExerciseCells> exercises = Lesson.Exercises(notebook);
        var cells = new List<NotebookCell>();
        var wrongChecks = new Dictionary<string, int[]>();
        var solvedChecks = new Dictionary<ExerciseCells, int>();
        foreach (NotebookCell cell in notebook.CodeCells)
        {
            if (exercises.FirstOrDefault(one => one.Check == cell) is not { } exercise)
            {
                if (!cell.Tags.Contains(CellTags.Exercise)) cells.Add(cell);
                continue;
            }
            int Answer(string source)
            {
                cells.AddRange(exercise.Stub with { Source = source }, cell);
                return cells.Count - 1;
            }
            if (WrongAnswersOf(name).SingleOrDefault(one => exercise.Stub.Source.Contains(one.Stub, StringComparison.Ordinal)) is { } known)
                wrongChecks[known.Stub] = [.. known.Wrong.Select(wrong => Answer(exercise.Stub.Source.Replace(known.Stub, wrong, StringComparison.Ordinal)))];
            solvedChecks[exercise] = Answer(exercise.Solution!);
        }
        NotebookResult result = await NotebookRunner.RunAsync(notebook with { Cells = cells }, Lesson.Settings, stop: TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.Failure is { } failure ? FailureText.Of(notebook, failure) : "");
        return new Answers(result,
            wrongChecks.ToDictionary(pair => pair.Key, pair => pair.Value.Select(at => result.Cells[at]).ToArray()),
            solvedChecks.ToDictionary(pair => pair.Key, pair => result.Cells[pair.Value]));
    }
}

/// <summary>What the checks of a lesson said.</summary>
/// <param name="Result">The whole run.</param>
/// <param name="Wrong">For each stub the runs of its check after its wrong answers.</param>
/// <param name="Solved">For each exercise the run of its check after its solution.</param>
internal sealed record Answers(NotebookResult Result, IReadOnlyDictionary<string, CellResult[]> Wrong, IReadOnlyDictionary<ExerciseCells, CellResult> Solved);
