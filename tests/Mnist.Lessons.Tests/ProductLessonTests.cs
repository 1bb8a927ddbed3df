namespace Mnist.Lessons.Tests;

/// <summary>The exercises of 03: stubs are asked for, typical wrong answers are told why they are wrong.</summary>
public class ProductLessonTests
{
    internal const string Name = "03-matrix-multiply.ipynb";

    internal static readonly WrongAnswer[] Exercises =
    [
        new("return null;                            // new Tile(rows, registers)",
            ["return new Tile(8, 2);", "return new Tile(1, 1);", "return available == 4 ? new Tile(2, 1) : null;"],
            ["8 × 2 does not fit into 4: it needs 19", "for 4 registers some tile has fewer loads than 1 × 1", "no tile for 8 registers"]),
    ];

    [Fact]
    public Task Its_stubs_are_not_solved_yet() => AnsweredLesson.AsksForAnswersAsync(Name);

    [Fact]
    public Task Typical_wrong_answers_are_told_why() => AnsweredLesson.TellsWhyAsync(Name);
}
