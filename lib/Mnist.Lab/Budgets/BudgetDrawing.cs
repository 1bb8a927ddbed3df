using System.Globalization;

namespace Mnist.Lab.Budgets;

/// <summary>
/// Draws a budget as stairs: of each way its name and its numbers, and below them a bar on one scale of ratios. What a
/// way saves is the piece that the bar above has more; the pieces laid end to end are the whole.
/// </summary>
internal static class BudgetDrawing
{
    private const double Width = 500, TimeRight = Width, GainRight = Width - 84;
    private const double Large = 14, Small = 13, Line = 18, BarHeight = 11;

    public static Diagram Draw(Budget budget) => Draw(budget, MeasuredPeers.NumPyOverSample());

    /// <summary>As the other, with how many times as long as 02's way NumPy took; null leaves its bar out.</summary>
    internal static Diagram Draw(Budget budget, double? numPy)
    {
        var svg = new SvgWriter();
        var scale = new Ratios(budget.ArithmeticSeconds, budget.Steps.Max(step => step.Seconds));
        double y = Header(svg);
        for (int i = 0; i < budget.Steps.Count; i++) y = Row(svg, budget, i, scale, y);
        y = Reference(svg, "the arithmetic alone", $"each pixel that is not 0, at the peak of {(budget.Threads > 1 ? $"{budget.Threads} cores" : "this core")}; the rest is loading, softmax, waiting: chapter 08", budget.ArithmeticSeconds, scale, y, Palette.Blue);
        if (numPy is { } times)
            y = Reference(svg, "NumPy, image by image", $"not measured here: it took {Spread.Text(times)} × the time of 02's way on the machine of the README's table", times * budget[2].Seconds, scale, y, Palette.Grey);
        svg.Line(0, y, Width, y, "currentColor", 1, 0.25);
        y = Words(svg, $"{budget.Closing} Bars: a scale of ratios, on which equal factors are equally long. Measured in turn, in rounds; small: where half of the rounds lie.", y + Line, Small, Width, bold: false);
        return new Diagram("One training step: where the speed comes from", string.Join("; ", budget.Steps.Select(step => $"{step.Name}: {Time(step.Seconds)}")) + ". " + budget.Closing, Width, y - 8, svg);
    }

    private static double Header(SvgWriter svg)
    {
        svg.Text(0, 14, "chapter, step", Large, bold: true);
        svg.Text(GainRight, 14, "× before", Large, Anchor.End, bold: true);
        svg.Text(TimeRight, 14, "per batch", Large, Anchor.End, bold: true);
        return 24;
    }

    /// <summary>Draws below y and gives back where the way ends.</summary>
    private static double Row(SvgWriter svg, Budget budget, int i, Ratios scale, double y)
    {
        BudgetStep step = budget.Steps[i];
        bool lit = i > 0 && (budget.Chapter is not { } chapter || chapter == step.Chapter), slower = i > 0 && step.Gain.High < 1;
        if (lit && budget.Chapter is not null) svg.Box(-6, y, Width + 12, 62, Palette.Blue, 0.1, round: 4);
        else svg.Line(0, y, Width, y, "currentColor", 1, 0.25);
        y += Line;
        svg.Text(0, y, i == 0 ? step.Name : $"{step.Chapter:00}  {step.Name}", Large, bold: true);
        svg.Text(0, y + Line, step.Idea, Small);
        svg.Text(TimeRight, y, Time(step.Seconds), Large, Anchor.End, bold: true);
        if (i > 0)
        {
            svg.Text(GainRight, y, $"{(slower ? "▼ " : "")}{Spread.Text(step.Gain.Median)} ×", Large, Anchor.End, bold: true);
            svg.Text(GainRight, y + Line, $"{step.Gain}", Small, Anchor.End);
        }
        double top = y + Line + 8, end = scale.At(step.Seconds), before = i == 0 ? end : scale.At(budget.Steps[i - 1].Seconds);
        svg.Box(0, top, Math.Max(1, Math.Min(end, before)), BarHeight, Palette.Grey, 0.35);
        if (i > 0) svg.Box(Math.Min(end, before), top, Math.Max(1, Math.Abs(before - end)), BarHeight, slower ? Palette.Vermilion : lit ? Palette.Blue : Palette.Grey);
        return top + BarHeight + 7;
    }

    private static double Reference(SvgWriter svg, string name, string idea, double seconds, Ratios scale, double y, string color)
    {
        svg.Line(0, y, Width, y, "currentColor", 1, 0.25);
        svg.Text(0, y + Line, name, Large);
        svg.Text(TimeRight, y + Line, Time(seconds), Large, Anchor.End);
        double below = Words(svg, idea, y + (2 * Line), Small, Width, bold: false);
        svg.Box(0.5, below - 10, Math.Max(1, scale.At(seconds) - 1), BarHeight, color, 0.08, color, 1.2, dash: "4 3");
        return below - 10 + BarHeight + 7;
    }

    /// <summary>Lines of text from y on; gives back where the next one would stand.</summary>
    private static double Words(SvgWriter svg, string text, double y, double size, double width, bool bold)
    {
        foreach (string line in TextSize.Wrap(text, size, width))
        {
            svg.Text(0, y, line, size, bold: bold);
            y += Line;
        }
        return y;
    }

    internal static string Time(double seconds) => seconds < 1e-3
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:F0} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:G3} ms");

    /// <summary>A scale on which equal factors are equally long; the least time still has a bar.</summary>
    private readonly struct Ratios(double least, double most)
    {
        private readonly double from = Math.Log(least) - 0.7, to = Math.Log(most);

        public double At(double seconds) => Width * Math.Clamp((Math.Log(seconds) - from) / (to - from), 0, 1);
    }
}
