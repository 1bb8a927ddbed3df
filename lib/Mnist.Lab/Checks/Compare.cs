namespace Mnist.Lab.Checks;

/// <summary>
/// Holds what you computed against a reference: exact, close, or wrong, and which element. Every gradient derived by
/// hand goes through it.
/// </summary>
/// <example><code>Compare.Values("dW1", mine, reference)</code></example>
public static class Compare
{
    /// <summary>A difference of float sums in another order; of elements of size 1.</summary>
    public const double DefaultTolerance = 1e-5;

    /// <summary>Compares two matrices.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="mine">What you computed.</param>
    /// <param name="reference">What it should be.</param>
    /// <param name="tolerance">Largest difference that counts as close, times the reference's size where that is over 1.</param>
    public static Comparison Values(string name, Matrix mine, Matrix reference, double tolerance = DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(mine);
        ArgumentNullException.ThrowIfNull(reference);
        string shape = $"[{mine.Rows}, {mine.Columns}]";
        string expected = $"[{reference.Rows}, {reference.Columns}]";
        return shape != expected ? Misshapen(name, shape, expected, tolerance)
            : Elements(name, shape, Doubles(mine.ToArray()), Doubles(reference.ToArray()), tolerance, i => $"[{i / mine.Columns}, {i % mine.Columns}]");
    }

    /// <summary>Compares two sequences of numbers.</summary>
    public static Comparison Values(string name, IReadOnlyList<float> mine, IReadOnlyList<float> reference, double tolerance = DefaultTolerance) =>
        Values(name, Doubles(mine), Doubles(reference), tolerance);

    /// <summary>Compares two sequences of numbers.</summary>
    public static Comparison Values(string name, IReadOnlyList<double> mine, IReadOnlyList<double> reference, double tolerance = DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(mine);
        ArgumentNullException.ThrowIfNull(reference);
        return mine.Count != reference.Count ? Misshapen(name, $"[{mine.Count}]", $"[{reference.Count}]", tolerance)
            : Elements(name, $"[{mine.Count}]", mine, reference, tolerance, i => $"[{i}]");
    }

    /// <summary>Compares two numbers.</summary>
    public static Comparison Values(string name, double mine, double reference, double tolerance = DefaultTolerance) =>
        Elements(name, "", [mine], [reference], tolerance, _ => "the number itself");

    /// <summary>Several comparisons as one table.</summary>
    public static Table All(params IReadOnlyList<Comparison> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        var table = new Table(comparisons.All(one => one.Close) ? "Everything agrees" : "Not everything agrees")
            .Text("tensor", comparisons.Select(one => $"{one.Name} {one.Shape}"))
            .Text("", comparisons.Select(one => $"{(one.Close ? "✓" : "✗")} {one.Verdict}"))
            .Text("largest difference", comparisons.Select(one => Ticks.Scientific(one.MaxDifference, 2)))
            .Number("ULP", comparisons.Select(one => one.Exact ? 0 : one.Ulps), "#,0.#")
            .Text("at", comparisons.Select(one => one.ShapeProblem.Length > 0 ? one.ShapeProblem : one.At))
            .Number("yours", comparisons.Select(one => one.Mine), "G6")
            .Number("expected", comparisons.Select(one => one.Reference), "G6");
        for (int i = 0; i < comparisons.Count; i++)
            if (!comparisons[i].Close) table = table.Emphasise(i);
        return table;
    }

    private static Comparison Elements(string name, string shape, IReadOnlyList<double> mine, IReadOnlyList<double> reference, double tolerance, Func<int, string> place)
    {
        ArgumentNullException.ThrowIfNull(name);
        int worst = 0, wrong = 0;
        double most = -1;
        for (int i = 0; i < mine.Count; i++)
        {
            double difference = Difference(mine[i], reference[i]);
            // an infinite reference has no neighbourhood: only the same infinity agrees with it
            if (difference != 0 && !(double.IsFinite(reference[i]) && difference <= tolerance * Math.Max(1, Math.Abs(reference[i])))) wrong++;
            if (double.IsNaN(most) || difference <= most) continue;
            (most, worst) = (difference, i);
        }
        bool exact = most <= 0;
        bool any = mine.Count > 0;
        return new Comparison
        {
            Name = name,
            Shape = shape,
            Exact = exact,
            Close = wrong == 0,
            MaxDifference = any ? most : 0,
            Tolerance = tolerance,
            At = exact ? "" : place(worst),
            Mine = any ? mine[worst] : double.NaN,
            Reference = any ? reference[worst] : double.NaN,
            Wrong = wrong,
        };
    }

    private static Comparison Misshapen(string name, string shape, string expected, double tolerance) => new()
    {
        Name = name,
        Shape = shape,
        Exact = false,
        Close = false,
        MaxDifference = double.NaN,
        Tolerance = tolerance,
        At = "",
        Mine = double.NaN,
        Reference = double.NaN,
        Wrong = 0,
        ShapeProblem = $"the shape is {shape}, expected {expected}",
    };

    /// <summary>0 for equals, among them equal infinities and two NaN; NaN when only one is a number.</summary>
    private static double Difference(double a, double b) => a.Equals(b) ? 0 : Math.Abs(a - b);

    private static double[] Doubles(IReadOnlyList<float> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return [.. values.Select(value => (double)value)];
    }
}
