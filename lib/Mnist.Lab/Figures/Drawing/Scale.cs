namespace Mnist.Lab.Figures.Drawing;

/// <summary>From values of an axis to pixels.</summary>
internal sealed class Scale
{
    private readonly Axis axis;
    private readonly double pixelFrom, pixelTo;

    public Scale(Axis axis, double from, double to, double pixelFrom, double pixelTo)
    {
        this.axis = axis;
        (From, To) = (from, to);
        (this.pixelFrom, this.pixelTo) = (pixelFrom, pixelTo);
    }

    /// <summary>The value where the axis begins.</summary>
    public double From { get; }

    /// <summary>The value where the axis ends.</summary>
    public double To { get; }

    /// <summary>The pixel of a value; NaN when it cannot be drawn.</summary>
    public double At(double value)
    {
        double share = axis.Log ? Math.Log(value / From) / Math.Log(To / From) : (value - From) / (To - From);
        // far outside is still outside, but a coordinate of 1e300 would break the browser
        return double.IsFinite(share) ? pixelFrom + (Math.Clamp(share, -5, 6) * (pixelTo - pixelFrom)) : double.NaN;
    }

    /// <summary>True for a value that is on the axis, or is not drawn at all.</summary>
    public bool Holds(double value) => !double.IsFinite(value) || (axis.Log && value <= 0) || (value >= From && value <= To);

    /// <summary>The pixel from which bars grow: that of 0, or the axis' beginning when 0 is not on it.</summary>
    public double Base => axis.Log || From > 0 ? pixelFrom : At(Math.Min(0, To));

    /// <summary>About as many ticks as wanted.</summary>
    public IReadOnlyList<Tick> Ticks(int wanted, bool whole = false)
    {
        if (axis.Labels is { } labels)
            return [.. labels.Select((label, i) => new Tick(i, label)).Where(tick => tick.Value >= From && tick.Value <= To)];
        if (axis is { Log: true, Bytes: true }) return ByteTicks.Log(From, To, wanted);
        return axis.Log ? Svg.Ticks.Log(From, To, wanted, axis.Percent) : Svg.Ticks.Linear(From, To, wanted, axis.Percent, whole);
    }

    /// <summary>The range that an axis spans for data from low to high.</summary>
    /// <param name="axis">Its own beginning and end come first.</param>
    /// <param name="values">The data.</param>
    /// <param name="tight">True: exactly the data; false: some air about it, and from 0 when the data come near it.</param>
    public static (double From, double To) Range(Axis axis, IEnumerable<double> values, bool tight)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
            if (double.IsFinite(value) && (!axis.Log || value > 0)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) (low, high) = axis.Log ? (1, 10) : (0, 1);
        (double from, double to) = axis.Log ? Airy(Math.Log10(low), Math.Log10(high), tight) : Airy(low, high, tight);
        if (axis.Log) (from, to) = (Math.Pow(10, from), Math.Pow(10, to));
        else if (!tight && low >= 0 && low < 0.3 * high) from = 0;
        if (axis.Percent && high <= 1) to = Math.Min(to, 1);
        (from, to) = (axis.From ?? from, axis.To ?? to);
        if (to > from) return (from, to);
        return axis.From is null ? (axis.Log ? to / 10 : to - 1, to) : (from, axis.Log ? from * 10 : from + 1);
    }

    private static (double From, double To) Airy(double low, double high, bool tight)
    {
        if (high <= low) return (low - Math.Max(0.5, Math.Abs(low) * 0.05), high + Math.Max(0.5, Math.Abs(high) * 0.05));
        double air = tight ? 0 : 0.06 * (high - low);
        return (low - air, high + air);
    }
}
