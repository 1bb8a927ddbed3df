namespace Mnist.Lessons.Tests;

/// <summary>The exercises of 04: stubs are asked for, typical wrong answers are told why they are wrong.</summary>
public class ReluLessonTests
{
    internal const string Name = "04-relu.ipynb";

    internal static readonly WrongAnswer[] Exercises =
    [
        new("""
            Vector512<float>? Leaky(Vector512<float> sum)
            {
                return null;                            // sum, or 0.01 of it
            }

            Vector512<float>? LeakyBack(Vector512<float> sum, Vector512<float> arriving)
            {
                return null;                            // arriving, or …
            }
            """,
            ["""
             Vector512<float>? Leaky(Vector512<float> sum) => Vector512.Max(sum, 0.01f * sum);
             Vector512<float>? LeakyBack(Vector512<float> sum, Vector512<float> arriving) => Vector512.Max(arriving, 0.01f * arriving);
             """,
             """
             Vector512<float>? Leaky(Vector512<float> sum) => Vector512.Max(sum, Vector512<float>.Zero);
             Vector512<float>? LeakyBack(Vector512<float> sum, Vector512<float> arriving) => null;
             """],
            ["choose by the sign of the sum", "0.01 of the sum where it is below zero"]),
        new("return null;                            // bit i: was lane i let through?",
            ["return (uint)Enumerable.Range(0, 16).Sum(lane => answers[lane] > 0 ? 1 << (15 - lane) : 0);",
             "return (uint)Enumerable.Range(0, 16).Sum(lane => answers[lane] > 0 ? 0 : 1 << lane);"],
            ["mirrored", "the lanes cut off"]),
        new("double? zerosAtStart = null; ", ["double? zerosAtStart = 31; ", "double? zerosAtStart = 0.5; "], ["that is after training", "as a percentage"]),
    ];

    [Fact]
    public Task Its_stubs_are_not_solved_yet() => AnsweredLesson.AsksForAnswersAsync(Name);

    [Fact]
    public Task Typical_wrong_answers_are_told_why() => AnsweredLesson.TellsWhyAsync(Name);
}
