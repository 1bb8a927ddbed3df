
namespace Mnist.Lab.Measuring;

/// <summary>How fast a core reads, by the size of what it reads again and again.</summary>
/// <param name="Sizes">Working sets in bytes, ascending: [n].</param>
/// <param name="Rates">Bytes per second, the best of some rounds: [n].</param>
/// <param name="Caches">The caches that the system names; may be empty.</param>
internal sealed record Bandwidth(double[] Sizes, double[] Rates, IReadOnlyList<Cache> Caches)
{
    private const double Fall = 1.5;
    private const int NamedLevels = 3; // with fewer the system has kept some to itself

    /// <summary>
    /// The places where the curve falls for good: each is the last size before the steepest step, and the sizes after it
    /// are read at two thirds of the rate before or less. One disturbed size is no fall.
    /// </summary>
    public IReadOnlyList<double> Falls()
    {
        double Step(int i) => i < 0 || i + 1 >= Rates.Length ? 0 : Rates[i] / Rates[i + 1];
        double Middle(int from, int to) => Spread.Of(Rates[Math.Max(0, from)..Math.Min(Rates.Length, to)]).Median;
        var falls = new List<double>();
        for (int i = 1; i < Rates.Length - 2; i++)
        {
            bool steepest = Enumerable.Range(i - 2, 5).All(near => near == i || Step(near) < Step(i));
            if (steepest && Middle(i - 2, i + 1) >= Fall * Middle(i + 1, i + 4)) falls.Add(Sizes[i]);
        }
        return falls;
    }

    /// <summary>
    /// The rate of each level: the middle one of the sizes that lie well within it. Levels end at the system's caches, or
    /// where the curve falls beyond those that are named; the last one is called memory, and has no end.
    /// </summary>
    public IReadOnlyList<(string Name, double Bytes, double Rate)> Levels()
    {
        double[] ends = Caches.Count >= NamedLevels ? [.. Caches.Select(Size)] : [.. Caches.Select(Size), .. Falls().Where(fall => fall > 2 * Caches.Select(Size).LastOrDefault())];
        var levels = new List<(string, double, double)>();
        for (int i = 0; i <= ends.Length; i++)
        {
            double from = i == 0 ? 0 : ends[i - 1] * 1.4, to = i == ends.Length ? double.PositiveInfinity : ends[i] * 0.75;
            double[] inside = [.. Rates.Where((_, k) => Sizes[k] >= from && Sizes[k] <= to).Order()];
            (string name, double end) = i == ends.Length ? ("memory", double.PositiveInfinity) : ($"L{i + 1}", ends[i]);
            if (inside.Length > 0) levels.Add((name, end, inside[inside.Length / 2]));
        }
        return levels;
    }

    private static double Size(Cache cache) => cache.Bytes;

    /// <summary>The curve, with the caches' sizes where they are known and a remark at each fall.</summary>
    public Figure Figure()
    {
        Figure figure = new Figure("How fast one core reads, by the size of what it reads")
            .Line("read again and again", Sizes, [.. Rates.Select(rate => rate / 1e9)])
            .XAxis("working set", log: true, bytes: true).YAxis("GB/s", log: true);
        if (Caches.Count > 0)
        {
            string name = "size of " + string.Join(", ", Caches.Select(cache => $"L{cache.Level}"));
            double[] ends = [.. Caches.Select(cache => (double)cache.Bytes)];
            double low = Rates.Min() / 1e9, high = Rates.Max() / 1e9;
            figure = figure.Line(name, [.. ends.SelectMany(end => (double[])[end, end, end])], [.. ends.SelectMany(_ => (double[])[low, high, double.NaN])], reference: true);
        }
        foreach (double size in Falls())
            figure = figure.Note(size, Rates[Array.IndexOf(Sizes, size)] / 1e9, $"falls after {ByteTicks.Text(size)}");
        return figure;
    }
}
