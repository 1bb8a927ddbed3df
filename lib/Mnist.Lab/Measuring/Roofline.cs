namespace Mnist.Lab.Measuring;

/// <summary>A kernel under a roof.</summary>
/// <param name="Name">What it is.</param>
/// <param name="OperationsPerByte">Its arithmetic intensity.</param>
/// <param name="OperationsPerSecond">What it reaches.</param>
internal sealed record RooflinePoint(string Name, double OperationsPerByte, double OperationsPerSecond);

/// <summary>
/// Draws the roofline of a machine: no kernel is above the flat roof, the rate of its arithmetic, nor above the slope of
/// the memory that its bytes come from. Williams, Waterman, Patterson: Roofline, CACM 52 (2009).
/// </summary>
internal static class Roofline
{
    private const int Points = 40; // so many that no point is marked: marks are for kernels

    public static Figure Draw(Peak peak, IReadOnlyList<RooflinePoint> kernels)
    {
        // the two nearest caches and memory: more slopes than these are hard to tell apart
        var levels = peak.Levels.Where((level, i) => i < 2 || level.Name == "memory").ToArray();
        double top = peak.OperationsPerSecond;
        double[] intensities = [.. kernels.Select(kernel => kernel.OperationsPerByte)];
        double left = Math.Min(0.1, intensities.DefaultIfEmpty(1).Min() / 2);
        double right = Math.Max(levels.Select(level => top / level.BytesPerSecond).DefaultIfEmpty(1).Max(), intensities.DefaultIfEmpty(1).Max()) * 3;
        var figure = new Figure("The roof over one core of this machine");
        foreach (var (name, rate) in levels)
        {
            double[] x = [.. Enumerable.Range(0, Points).Select(i => left * Math.Pow(right / left, i / (Points - 1.0))).Append(top / rate).Order()];
            figure = figure.Line($"bytes from {name}", x, [.. x.Select(intensity => Math.Min(intensity * rate, top) / 1e9)]);
        }
        if (kernels.Count > 0) figure = figure.Points("kernels", intensities, [.. kernels.Select(kernel => kernel.OperationsPerSecond / 1e9)], color: Palette.Ochre);
        foreach (RooflinePoint kernel in kernels)
            figure = figure.Note(kernel.OperationsPerByte, kernel.OperationsPerSecond / 1e9, kernel.Name);
        return figure.XAxis("operations per byte", log: true, from: left, to: right).YAxis("GFLOP/s", log: true).Aspect(0.8);
    }
}
