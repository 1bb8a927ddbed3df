using System.Globalization;
using Mnist.Kernels;

namespace Mnist.Lab.Measuring;

/// <summary>Draws the core above and each farther place below it, wider and slower.</summary>
internal static class MachineDrawing
{
    private const double Width = 500, RowHeight = 46, Gap = 16;
    private const double Narrowest = 160, Widest = 284;
    private const double CyclesRight = 396;

    public static Diagram Draw(Machine machine)
    {
        var svg = new SvgWriter();
        svg.Text(CyclesRight, 14, "a value takes", 13, Anchor.End);
        svg.Text(Width, 14, "1 cycle = 1 s", 13, Anchor.End);
        double y = 24;
        int count = machine.Levels.Count + 1;
        Place(svg, y, 0, count, "core", Registers(), Palette.Blue);
        Times(svg, y, 1, 1 / machine.CyclesPerSecond);
        foreach ((MachineLevel level, int i) in machine.Levels.Select((level, i) => (level, i)))
        {
            y += RowHeight;
            svg.Path($"M{SvgWriter.Number(Widest / 2)} {SvgWriter.Number(y + 1)}v{SvgWriter.Number(Gap - 2)}m-4 -5l4 5l4 -5M{SvgWriter.Number(Widest / 2)} {SvgWriter.Number(y + 1)}m-4 5l4 -5l4 5", "currentColor", 1.5);
            if (i == 0) svg.Text((Widest / 2) + 12, y + 12, "64 bytes at a time: a cache line", 12);
            y += Gap;
            Place(svg, y, i + 1, count, level.Name, level.Size, level.Name == "memory" ? Palette.Grey : Palette.Green);
            Times(svg, y, level.Seconds * machine.CyclesPerSecond, level.Seconds);
        }
        string description = string.Join("; ", machine.Levels.Select(level => $"{level.Name} ({level.Size}): {CyclesText(level.Seconds * machine.CyclesPerSecond)}, {Nanoseconds(level.Seconds)}"));
        return new Diagram("This machine, from the core to memory", $"Until the core has a value. {description}.", Width, y + RowHeight + 4, svg);
    }

    private static string Registers() => Simd.Best switch
    {
        VectorWidth.Bits512 => "32 registers of 64 B",
        VectorWidth.Bits256 => "16 registers of 32 B",
        _ => "registers of 16 B",
    };

    private static void Place(SvgWriter svg, double y, int index, int count, string name, string size, string color)
    {
        double width = Narrowest + ((Widest - Narrowest) * index / Math.Max(1, count - 1)), left = (Widest - width) / 2;
        svg.Box(left, y, width, RowHeight, color, 0.15, color, 1.5, round: 4);
        svg.Text(Widest / 2, y + 20, name, 14, Anchor.Middle, bold: true);
        svg.Text(Widest / 2, y + 37, size, 13, Anchor.Middle);
    }

    private static void Times(SvgWriter svg, double y, double cycles, double seconds)
    {
        svg.Text(CyclesRight, y + 20, CyclesText(cycles), 14, Anchor.End, bold: true);
        svg.Text(CyclesRight, y + 37, Nanoseconds(seconds), 13, Anchor.End);
        svg.Text(Width, y + 20, Human(cycles), 14, Anchor.End);
    }

    private static string CyclesText(double cycles) => string.Create(CultureInfo.InvariantCulture, $"{cycles:N0} {(Math.Round(cycles) == 1 ? "cycle" : "cycles")}");

    private static string Nanoseconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e9:0.0} ns");

    /// <summary>The same times if a cycle were a second.</summary>
    private static string Human(double seconds) => seconds < 99.5
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:N0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min");
}
