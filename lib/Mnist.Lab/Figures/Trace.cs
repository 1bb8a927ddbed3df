using System.Globalization;

namespace Mnist.Lab.Figures;

/// <summary>One series of data in a panel.</summary>
public abstract record Trace
{
    /// <summary>The name in the legend.</summary>
    public required string Name { get; init; }

    /// <summary>The colour, as #rrggbb; pictures have a <see cref="ColorMap"/> instead.</summary>
    public string Color { get; init; } = Palette.Grey;

    /// <summary>One line: kind, name and the range of the data.</summary>
    public abstract override string ToString();

    private protected static string Range(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite.Length == 0 ? "no finite values" : string.Create(CultureInfo.InvariantCulture, $"{finite.Min():G4} … {finite.Max():G4}");
    }
}

/// <summary>Points in a plane, joined or not.</summary>
public abstract record PlaneTrace : Trace
{
    /// <summary>Horizontal positions: [n].</summary>
    public required double[] X { get; init; }

    /// <summary>Vertical positions: [n].</summary>
    public required double[] Y { get; init; }
}

/// <summary>Points joined by a line; a value that is not finite leaves a gap.</summary>
public sealed record LineTrace : PlaneTrace
{
    /// <summary>True for what is compared with: a thin, dashed line.</summary>
    public bool Reference { get; init; }

    /// <summary>True for noise behind the line that matters: a thin, pale line.</summary>
    public bool Faint { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"line “{Name}”: {Y.Length} points, {Range(Y)}";
}

/// <summary>Single points.</summary>
public sealed record PointTrace : PlaneTrace
{
    /// <summary>What is written beside each point: [n]; null: nothing.</summary>
    public string[]? Texts { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"points “{Name}”: {Y.Length}, {Range(Y)}";
}

/// <summary>One bar a label.</summary>
public sealed record BarTrace : Trace
{
    /// <summary>The names under the bars: [n].</summary>
    public required string[] Labels { get; init; }

    /// <summary>The heights: [n].</summary>
    public required double[] Values { get; init; }

    /// <summary>What is written above each bar: [n]; null: nothing.</summary>
    public string[]? Texts { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"bars “{Name}”: {Values.Length}, {Range(Values)}";
}

/// <summary>How often values fall into equal intervals.</summary>
public sealed record HistogramTrace : Trace
{
    /// <summary>The values that were counted, all of them.</summary>
    public required double[] Values { get; init; }

    /// <summary>The borders of the intervals: [bins + 1].</summary>
    public required double[] Edges { get; init; }

    /// <summary>How many values each interval holds (its lower border included): [bins].</summary>
    public required int[] Counts { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"histogram “{Name}”: {Values.Length} values in {Counts.Length} bins, {Range(Values)}";
}
