namespace Mnist.Lessons.Tests;

/// <summary>The exercises of 06: stubs are asked for, typical wrong answers are told why they are wrong.</summary>
public class BackpropLessonTests
{
    internal const string Name = "06-backprop.ipynb";
    private const string ThreeStubs = """
        float[] Leaky(float[] x, float[] dY) => null;
        float[] Scale(float[] x, float g, float[] dY) => null;      // one number: [dg]
        float[] Tempered(float[] p, int label, float T) => null;
        """;

    private const string WholeStub = "Matrix last = whole.Outputs[2];             // [32, 10]: begin here";

    internal static readonly WrongAnswer[] Exercises =
    [
        new(ThreeStubs,
            ["""
             float[] Leaky(float[] x, float[] dY) => x.Zip(dY, (a, d) => a > 0 ? d : 0).ToArray();
             float[] Scale(float[] x, float g, float[] dY) => null;
             float[] Tempered(float[] p, int label, float T) => null;
             """,
             """
             float[] Leaky(float[] x, float[] dY) => x.Zip(dY, (a, d) => a > 0 ? d : 0.1f * d).ToArray();
             float[] Scale(float[] x, float g, float[] dY) => dY.Select(d => g * d).ToArray();
             float[] Tempered(float[] p, int label, float T) => p.Select((share, i) => share - (i == label ? 1 : 0)).ToArray();
             """],
            ["the slope is 0.1, not 0", "that is dx"]),
        new(WholeStub,
            [WholeStub + """

             for (int i = 0; i < 32; i++)
                 for (int digit = 0; digit < 10; digit++)
                     last[i, digit] = pass.Probabilities[i, digit] - (digit == labels[i] ? 1 : 0);
             for (int l = 2; l >= 0; l--)
                 DenseWeightGradient.Compute(pass.InputsOf(l), whole.Outputs[l], whole.Layers[l].Weights, whole.Layers[l].Bias);
             """,
             WholeStub + """

             for (int i = 0; i < 32; i++)
                 for (int digit = 0; digit < 10; digit++)
                     last[i, digit] = (pass.Probabilities[i, digit] - (digit == labels[i] ? 1 : 0)) / 32;
             """],
            ["the whole tensor is 32 ×", "dW3 [64, 10]: all zero"]),
    ];

    [Fact]
    public Task Its_stubs_are_not_solved_yet() => AnsweredLesson.AsksForAnswersAsync(Name);

    [Fact]
    public Task Typical_wrong_answers_are_told_why() => AnsweredLesson.TellsWhyAsync(Name);
}
