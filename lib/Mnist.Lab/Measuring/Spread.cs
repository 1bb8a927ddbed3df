using System.Globalization;

namespace Mnist.Lab.Measuring;

/// <summary>What was measured in many rounds: the middle value, and between which values half of the rounds lie.</summary>
/// <param name="Low">A quarter of the rounds are below it.</param>
/// <param name="Median">Half of the rounds are below it.</param>
/// <param name="High">A quarter of the rounds are above it.</param>
public sealed record Spread(double Low, double Median, double High)
{
    /// <summary>The quartiles of some values, one per round.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) throw new ArgumentException("no values have no middle", nameof(values));
        return new Spread(sorted[sorted.Length / 4], sorted[sorted.Length / 2], sorted[sorted.Length * 3 / 4]);
    }

    /// <summary>How many times as fast in each round: the other's seconds divided by one's own of the same round.</summary>
    internal static Spread OfSpeedup(IEnumerable<double> seconds, IEnumerable<double> others) => Of(others.Zip(seconds, (theirs, mine) => theirs / mine));

    /// <summary>Where half of the rounds lie, e.g. 7.2 … 7.9.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Text(Low)} … {Text(High)}");

    /// <summary>A ratio with as many digits as a measurement has.</summary>
    internal static string Text(double ratio) => ratio.ToString(Math.Abs(ratio) < 2 ? "F2" : Math.Abs(ratio) < 100 ? "F1" : "N0", CultureInfo.InvariantCulture);
}
