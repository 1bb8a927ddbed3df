namespace Mnist.Lessons.Tests;

/// <summary>The exercises of 01: stubs are asked for, typical wrong answers are told why they are wrong.</summary>
public class MemoryLessonTests
{
    internal const string Name = "01-memory-layout.ipynb";

    internal static readonly WrongAnswer[] Exercises =
    [
        new("return null;                            // your formula",
            ["return (row * columns) + column;", "return (row * ((columns / 16) + 1) * 16) + column;", "return -1;"],
            ["10 columns: at 10 does not lie [1, 0]", "16 columns: at 32 does not lie [1, 0]", "10 columns: at -1 does not lie [0, 0]"]),
        new("float[] myFetches = null; ", ["float[] myFetches = [16, 16]; ", "float[] myFetches = [1, 3.8f]; ", "float[] myFetches = [1]; "],
            ["X: of 768 lines a column needs 32", "S: a column needs 1,008 lines", "two numbers"]),
    ];

    [Fact]
    public Task Its_stubs_are_not_solved_yet() => AnsweredLesson.AsksForAnswersAsync(Name);

    [Fact]
    public Task Typical_wrong_answers_are_told_why() => AnsweredLesson.TellsWhyAsync(Name);
}
