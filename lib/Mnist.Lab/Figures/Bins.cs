namespace Mnist.Lab.Figures;

/// <summary>Counts values into equal intervals.</summary>
internal static class Bins
{
    /// <summary>The borders [bins + 1] and the counts [bins]; the last interval includes its upper border.</summary>
    public static (double[] Edges, int[] Counts) Count(double[] values, int bins, double? from, double? to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
            if (double.IsFinite(value)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) (low, high) = (0, 1);
        (low, high) = (from ?? low, to ?? high);
        if (high <= low) (low, high) = (low - 0.5, low + 0.5);

        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(i => low + ((high - low) * i / bins))];
        var counts = new int[bins];
        foreach (double value in values)
            if (value >= low && value <= high) counts[Math.Min((int)((value - low) / (high - low) * bins), bins - 1)]++;
        return (edges, counts);
    }
}
