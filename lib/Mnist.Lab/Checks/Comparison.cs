using System.Globalization;

namespace Mnist.Lab.Checks;

/// <summary>How near one tensor is to another.</summary>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed record Comparison : IShownAsHtml
{
    /// <summary>The name of the tensor.</summary>
    public required string Name { get; init; }

    /// <summary>The shape of yours, e.g. [2, 3].</summary>
    public required string Shape { get; init; }

    /// <summary>True when every element is equal to the bit (0 and −0 count as equal).</summary>
    public required bool Exact { get; init; }

    /// <summary>True when every element is within the tolerance; the shapes are equal and nothing is NaN then.</summary>
    public required bool Close { get; init; }

    /// <summary>The largest difference; NaN when the shapes differ or an element is not a number.</summary>
    public required double MaxDifference { get; init; }

    /// <summary>The largest difference in units of the last place of a float of the reference's size; NaN where one is not finite.</summary>
    public double Ulps => MaxDifference / Ulp.Of(Reference);

    /// <summary>The largest difference relative to the reference there; infinite where that is 0.</summary>
    public double Relative => MaxDifference / Math.Abs(Reference);

    /// <summary>The largest difference that counts as close, for elements of size 1 and below; it grows with larger elements.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Where they differ most, e.g. [1, 2]; empty when they are exactly equal.</summary>
    public required string At { get; init; }

    /// <summary>Your value there.</summary>
    public required double Mine { get; init; }

    /// <summary>The reference there.</summary>
    public required double Reference { get; init; }

    /// <summary>Elements outside the tolerance.</summary>
    public required int Wrong { get; init; }

    /// <summary>What is wrong with the shape; empty: nothing.</summary>
    public string ShapeProblem { get; init; } = "";

    /// <summary>exact, close or WRONG.</summary>
    public string Verdict => Exact ? "exact" : Close ? "close" : "WRONG";

    /// <summary>The comparison for a notebook.</summary>
    public string ToHtml() => Message.Html(Close ? Palette.Green : Palette.Vermilion, Message.Escape($"{(Close ? "✓" : "✗")} {Name} {Shape}: {Verdict}"), Exact ? [] : [Message.Escape(Detail)]);

    /// <summary>One line: name, verdict, largest difference and where.</summary>
    public override string ToString() => $"{Name} {Shape}  {Verdict}{(Exact ? "" : $"  {Detail}")}";

    internal string Detail => ShapeProblem.Length > 0 ? ShapeProblem : string.Create(CultureInfo.InvariantCulture,
        $"{(Close ? "" : $"{Wrong} {(Wrong == 1 ? "element differs" : "elements differ")}; ")}largest difference {Ticks.Scientific(MaxDifference, 2)}{Sizes} at {At}: yours {Mine:G6}, expected {Reference:G6}");

    /// <summary>In ULP and relative, where both say something: of numbers of like size.</summary>
    private string Sizes => Relative < 0.1 ? string.Create(CultureInfo.InvariantCulture, $" ({Ulps:#,0.#} ULP, {Ticks.Scientific(Relative, 2)} relative)") : "";
}
