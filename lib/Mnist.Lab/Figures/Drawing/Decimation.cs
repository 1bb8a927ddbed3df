namespace Mnist.Lab.Figures.Drawing;

/// <summary>Fewer points for the same picture.</summary>
internal static class Decimation
{
    /// <summary>Most points of a trace that are drawn whole; a plot is not that many pixels wide.</summary>
    public const int Most = 1000;

    /// <summary>
    /// The indices of a line's points to draw, in order: the first, the last, and of each run of points the least and
    /// the largest, so that no peak is lost. Where a run has a gap (NaN) the gap stays.
    /// </summary>
    public static int[] Line(double[] y)
    {
        if (y.Length <= Most) return [.. Enumerable.Range(0, y.Length)];
        int runs = (Most - 2) / 2;
        var kept = new SortedSet<int> { 0, y.Length - 1 };
        for (int run = 0; run < runs; run++)
        {
            int from = (int)((long)run * y.Length / runs), to = (int)((long)(run + 1) * y.Length / runs);
            int least = -1, most = -1, gap = -1;
            for (int i = from; i < to; i++)
            {
                if (double.IsNaN(y[i])) gap = i;
                else
                {
                    if (least < 0 || y[i] < y[least]) least = i;
                    if (most < 0 || y[i] > y[most]) most = i;
                }
            }
            kept.UnionWith(new[] { least, most, gap }.Where(i => i >= 0));
        }
        return [.. kept];
    }

    /// <summary>
    /// The indices of a cloud's points to draw, in order: a sample in which every point is as likely as any other, so
    /// that the cloud is as dense where it is dense. The same points give the same sample.
    /// </summary>
    public static int[] Cloud(int count)
    {
        int[] indices = [.. Enumerable.Range(0, count)];
        if (count <= Most) return indices;
        new System.Random(count).Shuffle(indices);
        return [.. indices.Take(Most).Order()];
    }
}
