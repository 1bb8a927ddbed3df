using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Lessons.Tests;

public class ExerciseRuleTests
{
    private const string Solution = "<details>\n<summary>Solution</summary>\n\n```csharp\nint Twice(int n) => 2 * n;\n```\n\n</details>";

    [Fact]
    public void An_exercise_is_a_stub_with_the_check_and_the_solution_after_it()
    {
        using var notebook = new TestNotebook().Code("int Twice(int n) => 0;", CellTags.Exercise).Code("Twice(2) == 4", CellTags.Check).Markdown(Solution)
            .Code("int Other() => 0;", CellTags.Exercise).Markdown("no solution");
        IReadOnlyList<ExerciseCells> exercises = Lesson.Exercises(notebook.Save());
        Assert.Equal("int Twice(int n) => 2 * n;\n", exercises[0].Solution);
        Assert.Equal("Twice(2) == 4", exercises[0].Check?.Source);
        Assert.Equal((null, null), (exercises[1].Check, exercises[1].Solution));
    }
}
