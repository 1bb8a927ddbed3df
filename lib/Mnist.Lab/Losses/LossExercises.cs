using Mnist.Kernels;

namespace Mnist.Lab.Losses;

/// <summary>Checks losses that a reader wrote, and says why a wrong one is wrong.</summary>
public static class LossExercises
{
    private const double Tolerance = 1e-5;

    /// <summary>A plain case, and others in which powers overflow or vanish: in a float from the second on, in a double in the last two; in the last of them that harms p alone.</summary>
    private static readonly (float[] Logits, int Label)[] Cases =
        [([2, 1, -1], 0), ([100, 0, -5], 1), ([-200, -300, -200], 2), ([0, 200, 3], 2), ([1000, 0, -5], 1), ([0, -800, 3], 1)];

    /// <summary>The cross-entropy of one sample that is finite and right for all finite logits: ln Σ e^z − z[label].</summary>
    /// <param name="mine">From logits and label to the loss; null: not solved yet.</param>
    public static CheckResult SafeLoss(Func<float[], int, float?> mine)
    {
        ArgumentNullException.ThrowIfNull(mine);
        float?[] found = [.. Cases.Select(one => mine([.. one.Logits], one.Label))];
        float[]? answers = found.Any(answer => answer is null) ? null : [.. found.Select(answer => answer!.Value)];
        float[] right = Each((z, label) => SampleLosses.LogSumExp(z) - z[label]);
        CheckResult result = Exercise.Check("The safe log", answers, right, Tolerance,
            (Each((z, label) => MathF.Log(z.Sum(MathF.Exp)) - z[label]), "e^100 overflows: subtract the largest logit first"),
            (Each((z, label) => -MathF.Log(MathF.Exp(z[label]) / z.Sum(MathF.Exp))), "e^100 overflows: subtract the largest logit first"),
            (Each((z, label) => Math.Log(z.Sum(one => Math.Exp(one))) - z[label]), "a double overflows too, at 710: subtract the largest logit first"),
            (Each(OfProbability), "p has become 0, or nearly: use z, not p"),
            (Each((z, label) => -Math.Log(Math.Exp(z[label] - z.Max()) / z.Sum(one => Math.Exp(one - z.Max())))), "p has become 0, in double too: use z, not p"),
            (Each((z, label) => SampleLosses.LogSumExp(z) - z.Max() - z[label]), "what you subtracted must be added again"),
            (Each((z, _) => SampleLosses.LogSumExp(z) - z[0]), "that is the loss of class 0, whatever the label"),
            (Each((z, label) => z[label] - SampleLosses.LogSumExp(z)), "the sign: a surprise is never negative"));
        // the hardest two are 1000 and 803: whoever finds the same for both, and less, has cut p off at the smallest that he allows
        bool clipped = answers is not null && !result.Passed && Math.Abs(answers[^2] - answers[^1]) < 1e-3 && answers[^1] < 800 && Math.Abs(answers[0] - right[0]) < 1e-3;
        return clipped ? result with { Detail = $"a clipped p is finite but wrong: use z, not p ({result.Detail})" } : result;
    }

    private static double OfProbability(float[] logits, int label)
    {
        var probabilities = new float[logits.Length];
        Softmax.Compute(logits, probabilities);
        return -MathF.Log(probabilities[label]);
    }

    private static float[] Each(Func<float[], int, double> loss) => [.. Cases.Select(one => (float)loss(one.Logits, one.Label))];
}
