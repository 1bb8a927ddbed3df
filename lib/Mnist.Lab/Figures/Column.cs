using System.Globalization;

namespace Mnist.Lab.Figures;

/// <summary>One column of a table.</summary>
public abstract record Column
{
    /// <summary>What stands above it.</summary>
    public required string Title { get; init; }

    /// <summary>True for what differs from run to run, like a time: it is marked, so that comparing two runs leaves it out.</summary>
    public bool Volatile { get; init; }

    /// <summary>Number of cells.</summary>
    public abstract int Count { get; }

    /// <summary>The text of a cell.</summary>
    public abstract string Text(int row);
}

/// <summary>A column of words.</summary>
public sealed record TextColumn : Column
{
    /// <summary>The cells.</summary>
    public required string[] Values { get; init; }

    /// <inheritdoc/>
    public override int Count => Values.Length;

    /// <inheritdoc/>
    public override string Text(int row) => Values[row];
}

/// <summary>A column of numbers, with bars beside them or without.</summary>
public sealed record NumberColumn : Column
{
    /// <summary>The cells.</summary>
    public required double[] Values { get; init; }

    /// <summary>A .NET number format.</summary>
    public required string Format { get; init; }

    /// <summary>True: each number has a bar.</summary>
    public bool Bars { get; init; }

    /// <summary>The value of a full bar; null: the largest of the column.</summary>
    public double? FullBar { get; init; }

    /// <summary>The bars' colour.</summary>
    public string Color { get; init; } = Palette.Blue;

    /// <inheritdoc/>
    public override int Count => Values.Length;

    /// <inheritdoc/>
    public override string Text(int row) => double.IsNaN(Values[row]) ? "–" : Values[row].ToString(Format, CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);

    /// <summary>How much of a full bar a cell has, 0 … 1.</summary>
    public double Share(int row)
    {
        double full = FullBar ?? Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        double share = Math.Abs(Values[row]) / full;
        return double.IsNaN(share) ? 0 : Math.Min(1, share);
    }
}
