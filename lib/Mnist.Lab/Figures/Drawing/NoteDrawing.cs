namespace Mnist.Lab.Figures.Drawing;

/// <summary>Writes remarks beside their points, where the fewest data lie under the words.</summary>
internal static class NoteDrawing
{
    private const double Size = 12.5;
    private const double Height = 16;

    private readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public bool Holds(double x, double y) => x >= Left && x <= Right && y >= Top && y <= Bottom;

        public bool Meets(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }

    public static void Draw(SvgWriter svg, Panel panel, PlotArea area)
    {
        var taken = new List<Box>();
        (double X, double Y)[] data = [.. panel.Traces.SelectMany(trace => Points(trace, area))];
        foreach (Note note in panel.Notes)
        {
            (double x, double y) = (area.X.At(note.X), area.Y.At(note.Y));
            if (double.IsNaN(x) || double.IsNaN(y)) continue;
            IReadOnlyList<string> lines = TextSize.Wrap(note.Text, Size, (area.Right - area.Left) * 0.4);
            Box box = Candidates(x, y, lines.Max(line => TextSize.Width(line, Size)), lines.Count * Height)
                .MinBy(place => Cost(place, area, taken, data));
            taken.Add(box);
            svg.Path(Marks.Shape(0, x, y, 3.5), "currentColor", 1.5);
            double nearest = Math.Clamp(x, box.Left + 4, box.Right - 4);
            svg.Line(x, y + (box.Bottom <= y ? -4 : 4), nearest, box.Bottom <= y ? box.Bottom - 1 : box.Top + 2, "currentColor", 1, 0.6);
            for (int i = 0; i < lines.Count; i++)
                svg.Text(box.Left, box.Top + 12.5 + (i * Height), lines[i], Size);
        }
    }

    private static IEnumerable<Box> Candidates(double x, double y, double width, double height)
    {
        foreach (double away in (double[])[12, 26, 44, 70, 100])
            foreach (double left in (double[])[x - 6, x - width + 6, x - (width / 2), x + 14, x - width - 14])
            {
                yield return new Box(left, y - away - height, left + width, y - away);
                yield return new Box(left, y + away, left + width, y + away + height);
            }
    }

    private static double Cost(Box box, PlotArea area, List<Box> taken, (double X, double Y)[] data)
    {
        double outside = Math.Max(0, area.Left - box.Left) + Math.Max(0, box.Right - area.Right) + Math.Max(0, area.Top - box.Top) + Math.Max(0, box.Bottom - area.Bottom);
        return (outside * 20) + (taken.Count(other => other.Meets(box)) * 500) + (data.Count(point => box.Holds(point.X, point.Y)) * 30);
    }

    /// <summary>Points of a trace in pixels, with some between neighbours, so that a line under a note counts as well.</summary>
    private static IEnumerable<(double X, double Y)> Points(Trace trace, PlotArea area)
    {
        if (trace is HistogramTrace histogram)
            return histogram.Counts.Select((count, i) => (area.X.At((histogram.Edges[i] + histogram.Edges[i + 1]) / 2), area.Y.At(count)));
        if (trace is BarTrace bars) return bars.Values.Select((value, i) => (area.X.At(i), area.Y.At(value)));
        if (trace is not PlaneTrace plane) return [];
        (double X, double Y)[] kept = [.. Decimation.Line(plane.Y).Select(i => (area.X.At(plane.X[i]), area.Y.At(plane.Y[i])))];
        return kept.Length is < 2 or > 200 ? kept : kept.Zip(kept.Skip(1)).SelectMany(pair => Enumerable.Range(0, 8)
            .Select(k => (pair.First.X + ((pair.Second.X - pair.First.X) * k / 8), pair.First.Y + ((pair.Second.Y - pair.First.Y) * k / 8))));
    }
}
