namespace Mnist.Lessons.Tests;

/// <summary>The exercises of 05: stubs are asked for, typical wrong answers are told why they are wrong.</summary>
public class SoftmaxLessonTests
{
    internal const string Name = "05-softmax-and-loss.ipynb";

    internal static readonly WrongAnswer[] Exercises =
    [
        new("return null;                            // finite, and right",
            ["return MathF.Log(z.Sum(MathF.Exp)) - z[label];", "return MathF.Log(z.Sum(one => MathF.Exp(one - z.Max()))) - z[label];", "return (float)(Math.Log(z.Sum(one => Math.Exp(one))) - z[label]);"],
            ["subtract the largest logit first", "must be added again", "a double overflows too"]),
        new("return null;                            // [10]",
            ["return p.Select((one, i) => i == label ? one - 1 : one).ToArray();", "return p.Select((one, i) => one - (i == label ? 0.9 : 0.01)).ToArray();"],
            ["aim at y′", "the true digit: 0.9 + 0.01"]),
        new("return null;                            // as long as p, the first is 0",
            ["return p.Select(one => Math.Log(one)).ToArray();", "return p.Select(one => Math.Log(one / (1 - one))).ToArray();"],
            ["the first is not 0", "against its own rest"]),
    ];

    [Fact]
    public Task Its_stubs_are_not_solved_yet() => AnsweredLesson.AsksForAnswersAsync(Name);

    [Fact]
    public Task Typical_wrong_answers_are_told_why() => AnsweredLesson.TellsWhyAsync(Name);
}
