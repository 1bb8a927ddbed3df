namespace Mnist.Lab.Figures.Drawing;

/// <summary>Draws ticks, their labels and quiet grid lines.</summary>
internal static class Axes
{
    /// <summary>The vertical axis' ticks: as many as its height holds, and three where round numbers allow.</summary>
    public static IReadOnlyList<Tick> Vertical(Scale scale, double height)
    {
        int wanted = Math.Max(2, (int)(height / 42));
        IReadOnlyList<Tick> ticks = scale.Ticks(wanted);
        for (int more = wanted + 1; more <= wanted + 4 && ticks.Count < 3; more++)
            ticks = scale.Ticks(more);
        return ticks;
    }

    public static void Draw(SvgWriter svg, Panel panel, PlotArea area)
    {
        foreach (Tick tick in Vertical(area.Y, area.Bottom - area.Top))
        {
            double y = area.Y.At(tick.Value);
            svg.Line(area.Left, y, area.Right, y, "currentColor", 1, 0.15);
            svg.Text(area.Left - 6, y + 4.5, tick.Text, PanelDrawing.SmallSize, Anchor.End);
        }
        if (!panel.Y.Log && area.Y is { From: <= 0, To: >= 0 })
            svg.Line(area.Left, area.Y.At(0), area.Right, area.Y.At(0), "currentColor", 1, 0.5);
        Horizontal(svg, panel, area);
    }

    private static void Horizontal(SvgWriter svg, Panel panel, PlotArea area)
    {
        IReadOnlyList<Tick> ticks = Fitting(panel, area);
        bool named = panel.X.Labels is not null;
        double last = double.NegativeInfinity;
        foreach (Tick tick in ticks)
        {
            double x = area.X.At(tick.Value);
            double half = TextSize.Width(tick.Text, PanelDrawing.SmallSize) / 2;
            double middle = Math.Clamp(x, half, Math.Max(half, area.Right + 10 - half));
            if (!named) svg.Line(x, area.Bottom, x, area.Bottom + 4, "currentColor", 1, 0.5);
            if (middle - half < last + 4) continue; // never one label over the other
            svg.Text(middle, area.Bottom + 18, tick.Text, PanelDrawing.SmallSize, Anchor.Middle);
            last = middle + half;
        }
    }

    /// <summary>As many ticks as stand side by side without touching; of names every second, third, … when they are many.</summary>
    private static IReadOnlyList<Tick> Fitting(Panel panel, PlotArea area)
    {
        double width = area.Right - area.Left;
        bool whole = AreWhole(panel);
        IReadOnlyList<Tick> ticks = area.X.Ticks(10, whole);
        for (int wanted = 9; wanted > 1 && panel.X.Labels is null && Needed(ticks, 18) > width; wanted--)
            ticks = area.X.Ticks(wanted, whole);
        int every = Math.Max(1, (int)Math.Ceiling(Needed(ticks, 4) / width));
        return panel.X.Labels is null ? ticks : [.. ticks.Where((_, i) => i % every == 0)];
    }

    /// <summary>Steps that were counted (x = 1, 2, 3) have no half steps.</summary>
    private static bool AreWhole(Panel panel) =>
        !panel.X.Log && !panel.X.Percent && panel.Traces.All(trace => trace is PlaneTrace plane && plane.X.All(x => Math.Abs(x - Math.Round(x)) < 1e-9));

    private static double Needed(IReadOnlyList<Tick> ticks, double gap) =>
        ticks.Count == 0 ? 0 : ticks.Count * (ticks.Max(tick => TextSize.Width(tick.Text, PanelDrawing.SmallSize)) + gap);
}
