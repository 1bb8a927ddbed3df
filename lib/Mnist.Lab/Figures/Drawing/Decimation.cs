namespace Mnist.Lab.Figures.Drawing;

/// <summary>Fewer points for the same picture: of each run of points the least and the largest stay.</summary>
internal static class Decimation
{
    /// <summary>Most points of a trace that are drawn; a plot is not that many pixels wide.</summary>
    public const int Most = 1000;

    /// <summary>The indices of the points to draw, in order; the first and the last point are always among them.</summary>
    public static int[] Keep(double[] y)
    {
        if (y.Length <= Most) return [.. Enumerable.Range(0, y.Length)];
        int runs = (Most - 2) / 2;
        var kept = new List<int>(Most) { 0 };
        for (int run = 0; run < runs; run++)
        {
            int from = (int)((long)run * y.Length / runs), to = (int)((long)(run + 1) * y.Length / runs);
            int least = from, most = from;
            for (int i = from; i < to; i++)
            {
                if (y[i] < y[least] || double.IsNaN(y[least])) least = i;
                if (y[i] > y[most] || double.IsNaN(y[most])) most = i;
            }
            foreach (int i in (int[])[Math.Min(least, most), Math.Max(least, most)])
                if (i > kept[^1]) kept.Add(i);
        }
        if (kept[^1] < y.Length - 1) kept.Add(y.Length - 1);
        return [.. kept];
    }
}
