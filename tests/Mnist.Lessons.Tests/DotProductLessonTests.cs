namespace Mnist.Lessons.Tests;

/// <summary>The exercises of 02: stubs are asked for, typical wrong answers are told why they are wrong.</summary>
public class DotProductLessonTests
{
    internal const string Name = "02-dot-product.ipynb";

    internal static readonly WrongAnswer[] Exercises =
    [
        new("""
            Vector512<float>? KeepFirst(Vector512<float> loaded, int count)
            {
                return null;
            }
            """,
            [Keep("LessThan", "Vector512.ConditionalSelect(isThere.AsSingle(), Vector512<float>.One, default) * loaded"),
             Keep("LessThanOrEqual", "Vector512.ConditionalSelect(isThere.AsSingle(), loaded, default)"),
             Keep("GreaterThanOrEqual", "Vector512.ConditionalSelect(isThere.AsSingle(), loaded, default)")],
            ["choose lanes, do not multiply", "one lane too many", "those are the other lanes"]),
        new("return null;                            // running sums",
            ["return (int)(latency * perCycle);", "return (int)((latency * perCycle) + 0.5);", "return (int)(latency * perCycle) + 1;", "return (int)Math.Ceiling(latency / perCycle);"],
            ["the unit idles", "round up", "one more", "the more sums"]),
    ];

    [Fact]
    public Task Its_stubs_are_not_solved_yet() => AnsweredLesson.AsksForAnswersAsync(Name);

    [Fact]
    public Task Typical_wrong_answers_are_told_why() => AnsweredLesson.TellsWhyAsync(Name);

    private static string Keep(string comparison, string lanes) => $$"""
        Vector512<float>? KeepFirst(Vector512<float> loaded, int count)
        {
            var isThere = Vector512.{{comparison}}(Vector512<int>.Indices, Vector512.Create(count));
            return {{lanes}};
        }
        """;
}
