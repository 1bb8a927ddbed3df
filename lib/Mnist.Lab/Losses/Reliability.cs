namespace Mnist.Lab.Losses;

/// <summary>The answers whose confidence (the largest of the probabilities) lies in one interval.</summary>
/// <param name="From">Where the interval begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Count">Number of answers.</param>
/// <param name="Confidence">Their mean confidence; NaN without answers.</param>
/// <param name="Accuracy">The share of them that is right; NaN without answers.</param>
public sealed record ReliabilityBin(double From, double To, int Count, double Confidence, double Accuracy)
{
    /// <summary>Where the share of right answers may well lie, with so few answers: Wilson's interval of 95 %, 0 … 1.</summary>
    /// <remarks>Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.</remarks>
    public (double Low, double High) Interval
    {
        get
        {
            const double Z = 1.96; // of a normal distribution, 95 % lie within ±1.96 standard deviations
            double more = Z * Z / Count, middle = (Accuracy + (more / 2)) / (1 + more);
            double half = Z / (1 + more) * Math.Sqrt((Accuracy * (1 - Accuracy) / Count) + (more / (4 * Count)));
            return (middle - half, middle + half);
        }
    }
}

/// <summary>
/// Does "90 % sure" mean right nine times out of ten? Answers are gathered by how sure they are, and each interval's share
/// of right answers is held against its mean confidence.
/// </summary>
public sealed class Reliability
{
    private Reliability(IReadOnlyList<ReliabilityBin> bins) => Bins = bins;

    /// <summary>Equal intervals from 0 to 1.</summary>
    public IReadOnlyList<ReliabilityBin> Bins { get; }

    /// <summary>Gathers a network's answers.</summary>
    /// <param name="evaluation">The answers.</param>
    /// <param name="intervals">Number of intervals, at least 1.</param>
    public static Reliability Of(Evaluation evaluation, int intervals = 10)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentOutOfRangeException.ThrowIfLessThan(intervals, 1);
        var counts = new int[intervals];
        var right = new int[intervals];
        var sums = new double[intervals];
        for (int i = 0; i < evaluation.Count; i++)
        {
            double confidence = evaluation.Probabilities[i, evaluation.Predictions[i]];
            int bin = Math.Clamp((int)(confidence * intervals), 0, intervals - 1);
            counts[bin]++;
            sums[bin] += confidence;
            if (evaluation.Predictions[i] == evaluation.Labels[i]) right[bin]++;
        }
        return new Reliability([.. Enumerable.Range(0, intervals).Select(bin => new ReliabilityBin(
            (double)bin / intervals, (bin + 1.0) / intervals, counts[bin], sums[bin] / counts[bin], (double)right[bin] / counts[bin]))]);
    }
}
