using System.Globalization;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Cores;

/// <summary>Draws instruction × cycle: grey while it waits for inputs, red while it waits for a port, a box while it works.</summary>
internal static class TimelineDrawing
{
    private const double Width = 500;
    private const double Left = 112;
    private const double Right = 26;
    private const double Row = 16;
    private const double TextSize = 13;

    public static Diagram Draw(CoreRun run)
    {
        var svg = new SvgWriter();
        IReadOnlyList<int> rows = TimelineRows.Of(run.Slots);
        double cycle = (Width - Left - Right) / Math.Max(1, run.Cycles);
        double top = Legend(svg) + Axis(svg, run, cycle, Legend(new SvgWriter()));
        for (int i = 0; i < rows.Count; i++)
        {
            double y = top + (i * Row);
            if (rows[i] < 0) svg.Text(Left - 6, y + 10, "…", TextSize, Anchor.End);
            else DrawRow(svg, run.Slots[rows[i]], cycle, y);
        }
        CriticalChain(svg, run, rows, cycle, top);
        double bottom = PortsDrawing.Draw(svg, run, Left, cycle, top + (rows.Count * Row) + 10);
        string title = string.Create(CultureInfo.InvariantCulture, $"{run.Cycles} cycles on {run.Core.Name}");
        return new Diagram(title, Description(run), Width, bottom, svg);
    }

    /// <summary>The colour of what an instruction does.</summary>
    public static string Color(Operation operation) => operation switch
    {
        Operation.Load or Operation.Broadcast or Operation.MaskedLoad or Operation.Constant or Operation.LoadPosition or Operation.Reload => Palette.Blue,
        Operation.Store or Operation.MaskedStore or Operation.Spill => Palette.Ochre,
        Operation.Add or Operation.Subtract or Operation.Multiply or Operation.Fma or Operation.Max or Operation.Min => Palette.Green,
        _ => Palette.Purple,
    };

    private static double Legend(SvgWriter svg)
    {
        double x = 0;
        foreach ((string name, string color) in new[] { ("load", Palette.Blue), ("arithmetic", Palette.Green), ("lanes, masks", Palette.Purple), ("store", Palette.Ochre) })
        {
            svg.Box(x, 2, 12, 11, color, 0.45, color, 1, 2);
            svg.Text(x + 17, 12, name, TextSize);
            x += 30 + Svg.TextSize.Width(name, TextSize);
        }
        svg.Line(0, 25, 14, 25, Palette.Grey, 2);
        svg.Text(19, 30, "waits for an input", TextSize);
        svg.Line(150, 25, 164, 25, Palette.Vermilion, 4);
        svg.Text(169, 30, "for a port", TextSize);
        svg.Line(250, 25, 264, 25, "currentColor", 1, dash: "2 2");
        svg.Text(269, 30, "longest wait", TextSize);
        svg.Text(Width, 30, "registers", TextSize, Anchor.End);
        return 36;
    }

    private static double Axis(SvgWriter svg, CoreRun run, double cycle, double y)
    {
        IReadOnlyList<int> steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
        int step = steps.First(one => one * cycle >= 28 || one == steps[^1]);
        svg.Text(Left - 6, y + 10, "cycle", TextSize, Anchor.End);
        for (int at = 0; at <= run.Cycles; at += step)
            svg.Text(Left + (at * cycle), y + 10, at.ToString(CultureInfo.InvariantCulture), TextSize, Anchor.Middle);
        return 18;
    }

    private static void DrawRow(SvgWriter svg, Slot slot, double cycle, double y)
    {
        string color = Color(slot.Instruction.Operation);
        double X(int at) => Left + (at * cycle);
        svg.Text(Left - 6, y + 11, slot.Instruction.ToString(), TextSize, Anchor.End, mono: slot.Instruction.Address is null);
        if (slot.Ready > slot.Issued + 1) svg.Line(X(slot.Issued + 1), y + 7, X(Math.Min(slot.Ready, slot.Started)), y + 7, Palette.Grey, 2);
        if (slot.Started > slot.Ready) svg.Line(X(slot.Ready), y + 7, X(slot.Started), y + 7, Palette.Vermilion, 4);
        svg.Box(X(slot.Started), y + 1, Math.Max(2, (slot.Done - slot.Started) * cycle), Row - 3, color, 0.45, color, 1, 2);
        svg.Text(Width, y + 11, slot.Alive.ToString(CultureInfo.InvariantCulture), TextSize, Anchor.End);
    }

    /// <summary>From the last result back, each time to the input that came last.</summary>
    private static void CriticalChain(SvgWriter svg, CoreRun run, IReadOnlyList<int> rows, double cycle, double top)
    {
        Dictionary<Slot, double> places = new(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < rows.Count; i++)
            if (rows[i] >= 0) places.Add(run.Slots[rows[i]], top + (i * Row) + 7);
        for (Slot? slot = run.Slots.MaxBy(one => one.Done); slot is not null;)
        {
            Slot? before = slot.WaitsFor.Where(input => input.Done > slot.Issued + 1).MaxBy(input => input.Done);
            if (before is not null && places.TryGetValue(slot, out double to) && places.TryGetValue(before, out double from))
                svg.Path(FormattableString.Invariant($"M{Left + (before.Done * cycle):F1} {from:F1}V{to:F1}H{Left + (slot.Started * cycle):F1}"), "currentColor", 1, dash: "2 2");
            slot = before;
        }
    }

    private static string Description(CoreRun run) => string.Create(CultureInfo.InvariantCulture,
        $"A line is an instruction, time runs to the right. {run.Instructions} instructions in {run.Cycles} cycles; the tightest limit is {run.Limits[0].Name}: {run.Limits[0].Cycles} cycles.");
}
