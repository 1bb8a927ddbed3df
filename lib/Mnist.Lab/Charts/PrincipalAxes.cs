namespace Mnist.Lab.Charts;

/// <summary>
/// Principal component analysis: the directions in which points of many numbers differ most, each at right angles to
/// those before it. On the first two, such points become a picture.
/// </summary>
/// <remarks>
/// Source: K. Pearson, "On lines and planes of closest fit to systems of points in space", 1901. Each axis is found by
/// power iteration: a vector that is multiplied by the covariance matrix again and again turns towards it.
/// </remarks>
public sealed class PrincipalAxes
{
    private const int MostTurns = 10_000;
    private const double StandsStill = 1e-13; // no component changes by more: next to the rounding of the sums

    private PrincipalAxes(double[] mean, double[][] axes, double[] shares) => (Mean, Axes, Shares) = (mean, axes, shares);

    /// <summary>The points' mean: [dimensions].</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>The axes, each of length 1, its largest component above 0: [axes][dimensions].</summary>
    public IReadOnlyList<double[]> Axes { get; }

    /// <summary>Which part of the variance lies along each axis, 0 … 1; 0 where the points do not differ.</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>The axes of points.</summary>
    /// <param name="points">[points, dimensions].</param>
    /// <param name="count">Number of axes, 1 … dimensions.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many axes, or no points.</exception>
    public static PrincipalAxes Of(Matrix points, int count = 2)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, points.Columns);
        ArgumentOutOfRangeException.ThrowIfZero(points.Rows, nameof(points));
        double[] mean = MeanOf(points);
        double[][] covariance = Covariance(points, mean);
        double total = Enumerable.Range(0, covariance.Length).Sum(i => covariance[i][i]);
        var axes = new double[count][];
        var shares = new double[count];
        for (int axis = 0; axis < count; axis++)
        {
            (axes[axis], double variance) = Strongest(covariance, axes.AsSpan(0, axis));
            shares[axis] = total > 0 ? variance / total : 0;
            for (int i = 0; i < covariance.Length; i++) // what this axis explains is taken away, so the next one is found
                for (int j = 0; j < covariance.Length; j++) covariance[i][j] -= variance * axes[axis][i] * axes[axis][j];
        }
        return new PrincipalAxes(mean, axes, shares);
    }

    /// <summary>Where points lie along the axes, measured from the mean: [axes][points].</summary>
    /// <param name="points">[points, dimensions].</param>
    /// <exception cref="ArgumentException">The points have another number of dimensions.</exception>
    public double[][] Places(Matrix points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Columns != Mean.Count) throw new ArgumentException($"points of {points.Columns} dimensions do not fit axes of {Mean.Count}", nameof(points));
        return [.. Axes.Select(axis => Enumerable.Range(0, points.Rows)
            .Select(row => Enumerable.Range(0, axis.Length).Sum(i => axis[i] * (points[row, i] - Mean[i]))).ToArray())];
    }

    private static double[] MeanOf(Matrix points) => [.. Enumerable.Range(0, points.Columns)
        .Select(column => Enumerable.Range(0, points.Rows).Sum(row => (double)points[row, column]) / points.Rows)];

    private static double[][] Covariance(Matrix points, double[] mean)
    {
        double[][] covariance = [.. mean.Select(_ => new double[mean.Length])];
        var from = new double[mean.Length];
        for (int row = 0; row < points.Rows; row++)
        {
            for (int i = 0; i < from.Length; i++) from[i] = points[row, i] - mean[i];
            for (int i = 0; i < from.Length; i++)
                for (int j = 0; j < from.Length; j++) covariance[i][j] += from[i] * from[j] / points.Rows;
        }
        return covariance;
    }

    /// <summary>The direction in which a covariance matrix stretches most, and by how much.</summary>
    /// <param name="covariance">[dimensions][dimensions].</param>
    /// <param name="earlier">The axes that it must be at right angles to.</param>
    private static (double[] Axis, double Variance) Strongest(double[][] covariance, ReadOnlySpan<double[]> earlier)
    {
        double[]? axis = Turned(covariance.MaxBy(row => row.Sum(value => value * value))!, earlier);
        // Where the points do not differ any more, any direction at right angles will do.
        for (int i = 0; axis is null; i++) axis = Turned([.. Enumerable.Range(0, covariance.Length).Select(j => i == j ? 1.0 : 0)], earlier);
        for (int turn = 0; turn < MostTurns; turn++)
        {
            if (Turned(Times(covariance, axis), earlier) is not { } turned) break;
            bool stands = turned.Zip(axis).All(pair => Math.Abs(pair.First - pair.Second) <= StandsStill);
            axis = turned;
            if (stands) break;
        }
        double variance = axis.Zip(Times(covariance, axis), (a, b) => a * b).Sum();
        return (axis, Math.Max(0, variance));
    }

    /// <summary>
    /// What of a vector is at right angles to the axes, with length 1 and its largest component above 0; null where nothing
    /// but rounding is left.
    /// </summary>
    private static double[]? Turned(double[] vector, ReadOnlySpan<double[]> axes)
    {
        const double Rounding = 1e-9;
        double[] rest = [.. vector];
        double whole = Length(rest);
        foreach (double[] axis in axes)
        {
            double along = rest.Zip(axis, (a, b) => a * b).Sum();
            for (int i = 0; i < rest.Length; i++) rest[i] -= along * axis[i];
        }
        double length = Length(rest);
        if (length <= Rounding * whole) return null;
        double sign = rest.MaxBy(Math.Abs) < 0 ? -1 : 1;
        return [.. rest.Select(value => value / length * sign)];
    }

    private static double Length(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));

    private static double[] Times(double[][] matrix, double[] vector) => [.. matrix.Select(row => row.Zip(vector, (a, b) => a * b).Sum())];
}
