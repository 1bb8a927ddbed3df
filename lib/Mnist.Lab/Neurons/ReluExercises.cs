using System.Runtime.Intrinsics;

namespace Mnist.Lab.Neurons;

/// <summary>Checks what a reader wrote about the ReLU, and says why a wrong answer is wrong.</summary>
public static class ReluExercises
{
    private const float Slope = 0.01f;

    // all four pairs of signs, and no two lanes alike
    private static readonly float[] Sums = [.. Enumerable.Range(0, Vector512<float>.Count).Select(i => (i * 5 % 16) - 7.5f)];
    private static readonly float[] Blame = [.. Enumerable.Range(0, Vector512<float>.Count).Select(i => (i * 3 % 16) - 7.5f)];

    /// <summary>The leaky ReLU in sixteen lanes: z where z is positive and else 0.01 z, and what of the blame flows back to z.</summary>
    /// <param name="forward">From z to h; null: not solved yet.</param>
    /// <param name="back">From z and the blame that arrives at h to that of z; null: not solved yet.</param>
    public static CheckResult Leaky(Func<Vector512<float>, Vector512<float>?> forward, Func<Vector512<float>, Vector512<float>, Vector512<float>?> back)
    {
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(back);
        const string Name = "Leaky ReLU";
        CheckResult ahead = Exercise.Check(Name, Lanes(forward(Vector512.Create(Sums))), Each((z, _) => z > 0 ? z : Slope * z), 1e-6,
            (Each((z, _) => Math.Max(z, 0)), "forward: 0.01 of the sum where it is below zero"),
            (Each((z, _) => Math.Min(z, Slope * z)), "forward: the larger of z and 0.01 z, not the smaller"));
        CheckResult behind = Exercise.Check(Name, Lanes(back(Vector512.Create(Sums), Vector512.Create(Blame))), Each((z, d) => z > 0 ? d : Slope * d), 1e-6,
            (Each((z, d) => z > 0 ? d : 0), "back: 0 is the plain ReLU's slope"),
            (Each((z, _) => z > 0 ? 1 : Slope), "back: that is the slope; times what arrives"),
            (Each((_, d) => Math.Max(d, Slope * d)), "back: choose by the sign of the sum, not of what arrives"),
            (Each((z, d) => Math.Max(z > 0 ? d : 0, Slope * d)), "back: what arrives may be negative; choose by the sign of the sum"));
        if (ahead.Started && !ahead.Passed) return ahead;
        if (behind.Started && !behind.Passed) return behind;
        if (ahead.Passed == behind.Passed) return ahead;
        return Exercise.Check(Name, false, ahead.Passed ? "forward is right; now LeakyBack" : "back is right; now Leaky");
    }

    private static float[]? Lanes(Vector512<float>? vector)
    {
        if (vector is not { } lanes) return null;
        var values = new float[Vector512<float>.Count];
        lanes.CopyTo(values);
        return values;
    }

    private static float[] Each(Func<float, float, float> lane) => [.. Sums.Zip(Blame, lane)];
}
