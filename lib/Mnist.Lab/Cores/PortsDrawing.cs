namespace Mnist.Lab.Cores;

/// <summary>Draws port × cycle: a bar wherever the port has started something and can start nothing else.</summary>
internal static class PortsDrawing
{
    private const double Row = 14;

    /// <summary>Draws below y and gives back where it ends.</summary>
    public static double Draw(SvgWriter svg, CoreRun run, double left, double cycle, double y)
    {
        IGrouping<char, Slot>[] ports = [.. run.Slots.Where(slot => slot.Port != ' ').GroupBy(slot => slot.Port).OrderBy(port => port.Key)];
        foreach (IGrouping<char, Slot> port in ports)
        {
            int busy = port.Sum(slot => run.Core.Units[slot.Instruction.Operation].Cycles);
            svg.Text(left - 6, y + 10, FormattableString.Invariant($"port {port.Key}, {Math.Min(1.0, (double)busy / Math.Max(1, run.Cycles)):P0}"), 13, Anchor.End);
            foreach (IGrouping<string, Slot> kind in port.GroupBy(slot => TimelineDrawing.Color(slot.Instruction.Operation)))
                svg.Path(Bars(run, kind, left, cycle, y + 6), kind.Key, 8, opacity: 0.7);
            y += Row;
        }
        return y;
    }

    /// <summary>Neighbouring cycles become one bar.</summary>
    private static string Bars(CoreRun run, IEnumerable<Slot> slots, double left, double cycle, double y)
    {
        var bars = new List<(int From, int To)>();
        foreach (Slot slot in slots.OrderBy(slot => slot.Started))
        {
            int end = slot.Started + run.Core.Units[slot.Instruction.Operation].Cycles;
            if (bars.Count > 0 && bars[^1].To == slot.Started) bars[^1] = (bars[^1].From, end);
            else bars.Add((slot.Started, end));
        }
        return string.Concat(bars.Select(bar => FormattableString.Invariant($"M{left + (bar.From * cycle):F1} {y:F1}H{left + (bar.To * cycle):F1}")));
    }
}
