
namespace Mnist.Lab.Tracing;

/// <summary>
/// A model of when the multiply-adds of a dot product can start: each waits for the running sum that it adds to, and
/// only so many can start in a cycle. It shows what several running sums hide: the latency.
/// </summary>
/// <remarks>
/// The numbers are those of Intel's and AMD's cores with 512-bit units (uops.info): 4 cycles a multiply-add, two loads
/// a cycle. A dot product loads both operands of every multiply-add, so one can start in a cycle.
/// </remarks>
public static class FmaTimeline
{
    /// <summary>Cycles from a multiply-add's start until its sum can be used.</summary>
    public const int Latency = 4;

    private const double Label = 66;
    private const double Line = 20;

    /// <summary>The cycle in which each multiply-add starts, from 0.</summary>
    /// <param name="registers">Number of multiply-adds.</param>
    /// <param name="accumulators">Running sums; multiply-add r goes into sum r mod this.</param>
    public static IReadOnlyList<int> Starts(int registers, int accumulators)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(registers);
        ArgumentOutOfRangeException.ThrowIfLessThan(accumulators, 1);
        var starts = new int[registers];
        for (int r = 1; r < registers; r++)
            starts[r] = Math.Max(starts[r - 1] + 1, r < accumulators ? 0 : starts[r - accumulators] + Latency);
        return starts;
    }

    /// <summary>Cycles until the last sum can be used, without adding up the running sums.</summary>
    public static int Cycles(int registers, int accumulators) => registers == 0 ? 0 : Starts(registers, accumulators)[^1] + Latency;

    /// <summary>Time runs to the right; a line is a running sum, a box a multiply-add.</summary>
    /// <param name="registers">Number of multiply-adds.</param>
    /// <param name="accumulators">Numbers of running sums to compare, on one scale.</param>
    public static Diagram Draw(int registers, params int[] accumulators)
    {
        ArgumentNullException.ThrowIfNull(accumulators);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(registers);
        if (accumulators.Length == 0) throw new ArgumentException("how many running sums?", nameof(accumulators));
        int longest = accumulators.Max(count => Cycles(registers, count));
        double cycle = (RegisterDrawing.Width - Label) / longest;
        var svg = new SvgWriter();
        svg.Text(0, 13, "Time runs to the right. At most one starts in a cycle:", 13);
        svg.Text(0, 30, "it loads twice, and two loads per cycle is all there is.", 13);
        double y = 48;
        foreach (int count in accumulators) y = Sums(svg, registers, count, cycle, y) + 12;
        string cycles = string.Join(", ", accumulators.Select(count => $"{Sum(count)}: {Cycles(registers, count)} cycles"));
        return new Diagram($"{registers} multiply-adds, each {Latency} cycles long",
            $"A line is a running sum, a numbered box a multiply-add, time runs to the right. {cycles}.", RegisterDrawing.Width, y - 8, svg);
    }

    private static double Sums(SvgWriter svg, int registers, int accumulators, double cycle, double y)
    {
        svg.Text(0, y + 13, $"{Sum(accumulators)}: {Cycles(registers, accumulators)} cycles", 14, bold: true);
        y += 20;
        IReadOnlyList<int> starts = Starts(registers, accumulators);
        for (int sum = 0; sum < Math.Min(accumulators, registers); sum++)
            svg.Text(Label - 6, y + (sum * Line) + 14, accumulators == 1 ? "sum" : $"sum{sum}", 13, Anchor.End, mono: true);
        for (int r = 0; r < registers; r++)
        {
            double x = Label + (starts[r] * cycle), top = y + (r % accumulators * Line);
            svg.Box(x, top, (Latency * cycle) - 1, Line - 3, TensorColors.Of("Z1"), fillOpacity: 0.25, stroke: TensorColors.Of("Z1"), strokeWidth: 1, round: 2);
            svg.Text(x + (Latency * cycle / 2), top + 13, $"{r}", 13, Anchor.Middle);
        }
        return y + (Math.Min(accumulators, registers) * Line);
    }

    private static string Sum(int count) => count == 1 ? "1 running sum" : $"{count} running sums";
}
