using System.Globalization;

namespace Mnist.Lab.Measuring;

/// <summary>Draws a ladder: of each step its name, its idea and its numbers, and below them a bar as long as its share of the peak.</summary>
internal static class LadderDrawing
{
    private const double Width = 500;
    private const double PeakRight = Width, BeforeRight = Width - 84;
    private const double WordsWidth = BeforeRight - 104;
    private const double Large = 14, Small = 13, Line = 18, BarHeight = 9;

    public static Diagram Draw(Ladder ladder)
    {
        var svg = new SvgWriter();
        double y = Header(svg);
        foreach (Rung rung in ladder.Rungs) y = Row(svg, rung, y);
        string note = $"Measured in turn, round after round; small: where half of the rounds lie. {(ladder.Rungs.Any(rung => rung.IsPeer) ? "A peer is compared with the last step. " : "")}The peak is this core's own: multiply-adds in registers, measured in the same rounds.";
        y = Words(svg, note, y + Line, Small, Width);
        return new Diagram(ladder.Title, string.Join("; ", ladder.Rungs.Select(Description)), Width, y - 8, svg);
    }

    private static double Header(SvgWriter svg)
    {
        Numbers(svg, 14, "× before", "of peak", bold: true);
        svg.Text(0, 14, "step", Large, bold: true);
        Numbers(svg, 14 + Line, "middle half", "GFLOP/s", bold: false);
        return 14 + Line + 8;
    }

    /// <summary>Draws below y and gives back where the step ends.</summary>
    private static double Row(SvgWriter svg, Rung rung, double y)
    {
        svg.Line(0, y, Width, y, "currentColor", 1, 0.25);
        y += Line;
        Numbers(svg, y, OverBefore(rung), Percent(rung.OfPeak.Median), bold: true);
        Numbers(svg, y + Line, rung.OverBefore is { } spread ? $"{spread}" : "", string.Create(CultureInfo.InvariantCulture, $"{rung.OperationsPerSecond / 1e9:G3}"), bold: false);
        double below = Words(svg, rung.Name + (rung.IsPeer ? " (peer)" : ""), y, Large, WordsWidth, bold: true);
        below = Math.Max(Words(svg, rung.Idea, below, Small, WordsWidth), y + (2 * Line));
        double share = Math.Clamp(rung.OfPeak.Median, 0, 1);
        svg.Box(0, below - 10, Width, BarHeight, "currentColor", 0.12);
        svg.Box(0, below - 10, Math.Max(1, share * Width), BarHeight, rung.IsPeer ? Palette.Grey : rung.IsSlower ? Palette.Vermilion : Palette.Blue);
        return below + 7;
    }

    private static void Numbers(SvgWriter svg, double y, string before, string peak, bool bold)
    {
        double size = bold ? Large : Small;
        if (before.Length > 0) svg.Text(BeforeRight, y, before, size, Anchor.End, bold);
        svg.Text(PeakRight, y, peak, size, Anchor.End, bold);
    }

    /// <summary>Lines of text from y on; gives back where the next one would stand.</summary>
    private static double Words(SvgWriter svg, string text, double y, double size, double width, bool bold = false)
    {
        foreach (string line in TextSize.Wrap(text, size, width))
        {
            svg.Text(0, y, line, size, bold: bold);
            y += Line;
        }
        return y;
    }

    private static string Description(Rung rung) => $"{rung.Name}: {Percent(rung.OfPeak.Median)} of the peak{(rung.OverBefore is null ? "" : $", {OverBefore(rung)} {(rung.IsPeer ? "the last step" : "the step before")}")}";

    private static string OverBefore(Rung rung) => rung.OverBefore is not { } over ? "–" : $"{(rung.IsSlower && !rung.IsPeer ? "▼ " : "")}{Spread.Text(over.Median)} ×";

    private static string Percent(double share) => (100 * share).ToString(share < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";
}
