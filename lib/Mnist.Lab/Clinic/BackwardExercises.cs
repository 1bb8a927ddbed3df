namespace Mnist.Lab.Clinic;

/// <summary>Checks backward passes that a reader wrote, against central differences in double, and says why a wrong one is wrong.</summary>
public static class BackwardExercises
{
    private static readonly float[] X = [1.5f, -2, 0.5f, -0.25f, 3];
    private static readonly float[] Blame = [0.5f, 1, -2, 4, 0.25f];
    private static readonly float[] Logits = [1, -0.5f, 2];
    private const float Scale = 1.5f, Temperature = 2;
    private const int Label = 2;

    /// <summary>Three small ones.</summary>
    /// <param name="leaky">From x and dY to dX, for y = x where x is positive and else 0.1 x; null: not solved yet.</param>
    /// <param name="scale">From x, g and dY to dg alone, for y = g x + s.</param>
    /// <param name="tempered">From p = softmax(z ÷ T), the label and T to dz.</param>
    public static CheckResult Three(Func<float[], float[], float[]?> leaky, Func<float[], float, float[], float[]?> scale, Func<float[], int, float, float[]?> tempered)
    {
        ArgumentNullException.ThrowIfNull(leaky);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(tempered);
        float[] p = [.. Softmax([.. Logits.Select(z => (double)z)]).Select(share => (float)share)];
        string?[] problems = [Leaky(leaky([.. X], [.. Blame])), Scaled(scale([.. X], Scale, [.. Blame])), Tempered(tempered([.. p], Label, Temperature), p)];
        if (problems.All(problem => problem == "")) return Exercise.Check("Three backward passes", true, "");
        string[] said = [.. problems.Where(problem => problem is { Length: > 0 })!];
        return Exercise.Check("Three backward passes", problems.All(problem => problem is null) ? null : false,
            said.Length > 0 ? string.Join(" ", said) : $"{problems.Count(problem => problem == "")} of 3 are right, the others are not written yet");
    }

    /// <summary>The whole backward pass of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">X: [batch, inputs].</param>
    /// <param name="labels">The true classes: [batch].</param>
    /// <param name="gradients">What the reader computed; all 0: not solved yet.</param>
    public static CheckResult Whole(Network network, Matrix inputs, ReadOnlySpan<byte> labels, Gradients gradients)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        const string Name = "The whole backward pass";
        if (gradients.Outputs.All(IsZero) && gradients.Layers.All(layer => IsZero(layer.Weights) && IsZero(layer.Bias))) return Exercise.Check(Name, (bool?)null, "");
        GradientReport report = GradientReport.Of(Name, network, inputs, labels, gradients);
        TensorReport? last = report.Tensors.Chunk(2).Reverse().SelectMany(layer => layer).FirstOrDefault(tensor => !tensor.Passed);
        return Exercise.Check(Name, report.Passed, last is null ? "" : $"from the last tensor back, the first wrong one is d{last.Name} [{last.Rows}, {last.Columns}]: {last.Pattern.Words}");
    }

    /// <summary>null: not written; empty: right; else what is wrong.</summary>
    private static string? Leaky(float[]? mine) => Judge("Leaky ReLU", mine, Numerical(X, x => x.Zip(Blame, (a, d) => (a > 0 ? a : 0.1 * a) * d).Sum()),
        ("where x is below 0 the slope is 0.1, not 0", [.. X.Zip(Blame, (a, d) => a > 0 ? d : 0)]),
        ("that is the slope alone; the blame is slope × dY", [.. X.Select(a => a > 0 ? 1 : 0.1f)]),
        ("that is y × dY; blame passes by the slope, 1 or 0.1", [.. X.Zip(Blame, (a, d) => (a > 0 ? a : 0.1f * a) * d)]),
        ("choose by the sign of x, not of the blame", [.. Blame.Select(d => d > 0 ? d : 0.1f * d)]));

    private static string? Scaled(float[]? mine) => Judge("Scale", mine, Numerical([Scale], g => X.Zip(Blame, (a, d) => g[0] * a * d).Sum()),
        ("g is one number that every sample used: add its blames up", [.. X.Zip(Blame, (a, d) => a * d)]),
        ("that is dx, the blame that is passed on; the question is dg", [.. Blame.Select(d => Scale * d)]),
        ("that is the gradient of s; what multiplies g is x", [Blame.Sum()]),
        ("a sum, not a mean: dY has the mean in it already", [X.Zip(Blame, (a, d) => a * d).Average()]));

    private static string? Tempered(float[]? mine, float[] p) => Judge("Temperature", mine, Numerical(Logits, z => -Math.Log(Softmax(z)[Label])),
        ("T is missing: it divides every logit, so it divides every gradient", [.. p.Select((share, i) => share - (i == Label ? 1 : 0))]),
        ("the 1 of the label is missing: P − Y", [.. p.Select(share => share / Temperature)]),
        ("the sign: the gradient points uphill", [.. p.Select((share, i) => ((i == Label ? 1 : 0) - share) / Temperature)]),
        ("divide by T, do not multiply", [.. p.Select((share, i) => (share - (i == Label ? 1 : 0)) * Temperature)]));

    private static string? Judge(string name, float[]? mine, float[] right, params (string Why, float[] Wrong)[] typical)
    {
        if (mine is null) return null;
        Comparison comparison = Compare.Values(name, mine, right, 1e-3);
        if (comparison.Close) return "";
        string? why = typical.FirstOrDefault(one => Compare.Values(name, mine, one.Wrong, 1e-3).Close).Why;
        return $"{name}: {why ?? comparison.Detail}.";
    }

    private static float[] Numerical(float[] at, Func<double[], double> loss) => [.. at.Select((_, i) =>
    {
        double Nudged(double by) => loss([.. at.Select((value, j) => value + (i == j ? by : 0))]);
        return (float)((Nudged(NumericalGradient.Epsilon) - Nudged(-NumericalGradient.Epsilon)) / (2 * NumericalGradient.Epsilon));
    })];

    private static double[] Softmax(double[] logits)
    {
        double[] powers = [.. logits.Select(z => Math.Exp(z / Temperature))];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    private static bool IsZero(Matrix matrix) => matrix.ToArray().All(value => value == 0);
}
