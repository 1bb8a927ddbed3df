using System.Globalization;

namespace Mnist.Lab.Checks;

/// <summary>Checks the reader's solutions: says which element differs, or what the goal was and what was reached.</summary>
public static class Exercise
{
    /// <summary>Checks a matrix; null means that the exercise is not solved yet.</summary>
    /// <param name="name">The exercise.</param>
    /// <param name="yours">What the reader's code computed.</param>
    /// <param name="expected">What is right.</param>
    /// <param name="tolerance">Largest difference that counts as right.</param>
    public static CheckResult Check(string name, Matrix? yours, Matrix expected, double tolerance = Compare.DefaultTolerance) =>
        yours is null ? Missing(name) : Of(Compare.Values(name, yours, expected, tolerance));

    /// <summary>Checks numbers; null means that the exercise is not solved yet.</summary>
    public static CheckResult Check(string name, IReadOnlyList<float>? yours, IReadOnlyList<float> expected, double tolerance = Compare.DefaultTolerance) =>
        yours is null ? Missing(name) : Of(Compare.Values(name, yours, expected, tolerance));

    /// <summary>Checks numbers, and says why when they are one of the typical wrong answers; null means that the exercise is not solved yet.</summary>
    /// <param name="name">The exercise.</param>
    /// <param name="yours">What the reader's code computed.</param>
    /// <param name="expected">What is right.</param>
    /// <param name="tolerance">Largest difference that counts as right.</param>
    /// <param name="mistakes">What a typical mistake gives, and what that mistake is.</param>
    public static CheckResult Check(string name, IReadOnlyList<float>? yours, IReadOnlyList<float> expected, double tolerance, params (IReadOnlyList<float> Gives, string Why)[] mistakes)
    {
        CheckResult result = Check(name, yours, expected, tolerance);
        if (result.Passed || !result.Started) return result;
        string? why = mistakes.Where(mistake => Compare.Values(name, yours!, mistake.Gives, tolerance).Close).Select(mistake => mistake.Why).FirstOrDefault();
        return why is null ? result : result with { Detail = $"{why} ({result.Detail})" };
    }

    /// <summary>Checks a number; null or NaN means that the exercise is not solved yet.</summary>
    public static CheckResult Check(string name, double? yours, double expected, double tolerance = Compare.DefaultTolerance) =>
        yours is not { } value || double.IsNaN(value) ? Missing(name) : Of(Compare.Values(name, value, expected, tolerance));

    /// <summary>Checks that a goal is reached.</summary>
    /// <param name="name">The exercise.</param>
    /// <param name="reached">What was reached; null or NaN: nothing yet.</param>
    /// <param name="goal">What is to be reached.</param>
    /// <param name="unit">Unit of both, e.g. "%".</param>
    /// <param name="atMost">True when less is better.</param>
    public static CheckResult Goal(string name, double? reached, double goal, string unit = "", bool atMost = false)
    {
        if (reached is not { } value || double.IsNaN(value)) return Missing(name);
        bool passed = atMost ? value <= goal : value >= goal;
        string N(double number) => number.ToString("#,0.####", CultureInfo.InvariantCulture) + (unit.Length == 0 ? "" : $" {unit}");
        return new CheckResult(name, passed, $"the goal is {(atMost ? "at most" : "at least")} {N(goal)}, you reached {N(value)}{(passed ? "" : $": {N(Math.Abs(goal - value))} to go")}");
    }

    /// <summary>Checks anything else.</summary>
    /// <param name="name">The exercise.</param>
    /// <param name="passed">Whether it is right; null: the exercise is not solved yet.</param>
    /// <param name="hint">What to look at when it is not.</param>
    public static CheckResult Check(string name, bool? passed, string hint) =>
        passed is not { } right ? Missing(name) : new(name, right, right ? "" : hint);

    private static CheckResult Missing(string name) => new(name, false, "not solved yet: write your code into the cell above, then run both cells again") { Started = false };

    private static CheckResult Of(Comparison comparison) => new(comparison.Name, comparison.Close, comparison.Exact ? "" : comparison.Detail);
}

/// <summary>What a check of an exercise found.</summary>
/// <param name="Name">The exercise.</param>
/// <param name="Passed">True when it is solved.</param>
/// <param name="Detail">Which element differs, or what is missing.</param>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed record CheckResult(string Name, bool Passed, string Detail) : IShownAsHtml
{
    /// <summary>False while the reader has not written anything.</summary>
    public bool Started { get; init; } = true;

    /// <summary>The check for a notebook.</summary>
    public string ToHtml() => Message.Html(Passed ? Palette.Green : Started ? Palette.Vermilion : Palette.Grey, Message.Escape(Headline), Detail.Length == 0 ? [] : [Message.Escape(Detail)]);

    /// <summary>One line: mark, name, detail.</summary>
    public override string ToString() => Detail.Length == 0 ? Headline : $"{Headline} – {Detail}";

    private string Headline => $"{(Passed ? "✓" : Started ? "✗" : "…")} {Name}{(Passed ? ": solved" : Started ? ": not yet" : "")}";
}
