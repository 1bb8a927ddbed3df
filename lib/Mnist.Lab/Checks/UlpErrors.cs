namespace Mnist.Lab.Checks;

/// <summary>A function of many numbers: results[i] = f(values[i]).</summary>
/// <param name="values">[n].</param>
/// <param name="results">[n].</param>
public delegate void VectorFunction(ReadOnlySpan<float> values, Span<float> results);

/// <summary>How wrong a function is over a range, in units of the last place (<see cref="Ulp"/>).</summary>
public static class UlpErrors
{
    private const int Intervals = 160;
    private const int Samples = 1000;

    /// <summary>The largest error seen in each of equal intervals; NaN where no result is finite.</summary>
    /// <param name="function">The function.</param>
    /// <param name="exact">The same in double precision.</param>
    /// <param name="from">Where the range begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="intervals">Number of intervals, at least 1; 1,000 numbers are tried in each.</param>
    /// <exception cref="ArgumentException">The range has no length.</exception>
    public static double[] Largest(VectorFunction function, Func<double, double> exact, float from, float to, int intervals = Intervals)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(exact);
        ArgumentOutOfRangeException.ThrowIfLessThan(intervals, 1);
        if (!(to > from)) throw new ArgumentException("a range ends after its beginning", nameof(to));
        int count = intervals * Samples;
        float[] values = [.. Enumerable.Range(0, count).Select(i => (float)(from + ((i + 0.5) * ((double)to - from) / count)))];
        var results = new float[count];
        function(values, results);
        var errors = new double[intervals];
        Array.Fill(errors, double.NaN);
        for (int i = 0; i < count; i++)
        {
            double error = Ulp.Error(results[i], exact(values[i]));
            if (!(error <= errors[i / Samples]) && double.IsFinite(error)) errors[i / Samples] = error;
        }
        return errors;
    }

    /// <summary>The largest errors of several functions over one range. A correctly rounded result is at most 0.5 ULP away.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="exact">The same function in double precision.</param>
    /// <param name="from">Where the range begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="functions">A name and a function each.</param>
    public static Figure Draw(string title, Func<double, double> exact, float from, float to, params (string Name, VectorFunction Function)[] functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        double[] middles = [.. Enumerable.Range(0, Intervals).Select(i => from + ((i + 0.5) * ((double)to - from) / Intervals))];
        var figure = new Figure(title);
        foreach ((string name, VectorFunction function) in functions)
            figure = figure.Line(name, middles, Largest(function, exact, from, to));
        return figure.Line("correctly rounded", [from, to], [0.5, 0.5], reference: true)
            .XAxis("x").YAxis("largest error, ULP", from: 0).Aspect(0.4);
    }
}
