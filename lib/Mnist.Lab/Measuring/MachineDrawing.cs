using Mnist.Kernels;
using static System.FormattableString;

namespace Mnist.Lab.Measuring;

/// <summary>Draws the core above and each farther place below it, wider and slower.</summary>
internal static class MachineDrawing
{
    public const double Width = 500;
    private const double RowHeight = 46, LineHeight = 17, Gap = 16;
    private const double Narrowest = 160, Widest = 284;
    private const double MiddleRight = 396;

    public static Diagram Draw(Machine machine)
    {
        var svg = new SvgWriter();
        double y = Header(svg, "a value takes", "1 cycle = 1 s");
        int count = machine.Levels.Count + 1;
        Times(svg, y, 1, 1 / machine.CyclesPerSecond);
        y = Place(svg, y, 0, count, "core", [Registers()]);
        foreach ((MachineLevel level, int i) in machine.Levels.Select((level, i) => (level, i)))
        {
            if (i == 0) svg.Text((Widest / 2) + 12, y + 12, "64 bytes at a time: a cache line", 12);
            y = Way(svg, y);
            Times(svg, y, level.Seconds * machine.CyclesPerSecond, level.Seconds);
            y = Place(svg, y, i + 1, count, level.Name, [level.Size]);
        }
        string description = string.Join("; ", machine.Levels.Select(level => $"{level.Name} ({level.Size}): {CyclesText(level.Seconds * machine.CyclesPerSecond)}, {Nanoseconds(level.Seconds)}"));
        return new Diagram("This machine, from the core to memory", $"Until the core has a value. {description}.", Width, y + 4, svg);
    }

    /// <summary>Vector registers of this CPU, which are the core's own memory.</summary>
    public static int RegisterCount => Simd.Best == VectorWidth.Bits512 ? 32 : 16;

    /// <summary>The vector registers in words.</summary>
    public static string Registers() => Simd.Best switch
    {
        VectorWidth.Bits512 or VectorWidth.Bits256 => $"{RegisterCount} registers of {sizeof(float) * (int)Simd.Best} B",
        _ => "registers of 16 B",
    };

    /// <summary>The titles of the two columns at the right; gives back where the first place begins.</summary>
    public static double Header(SvgWriter svg, string middle, string right)
    {
        svg.Text(MiddleRight, 14, middle, 13, Anchor.End);
        svg.Text(Width, 14, right, 13, Anchor.End);
        return 24;
    }

    /// <summary>A place with its name and lines of text; gives back where it ends.</summary>
    /// <param name="svg">Where it is drawn.</param>
    /// <param name="y">Its upper edge.</param>
    /// <param name="index">0: the core, the narrowest.</param>
    /// <param name="count">How many places there are.</param>
    /// <param name="name">Its name.</param>
    /// <param name="lines">What stands below the name, one line or more.</param>
    public static double Place(SvgWriter svg, double y, int index, int count, string name, IReadOnlyList<string> lines)
    {
        double width = Narrowest + ((Widest - Narrowest) * index / Math.Max(1, count - 1)), height = RowHeight + (LineHeight * (lines.Count - 1));
        string color = index == 0 ? Palette.Blue : name == "memory" ? Palette.Grey : Palette.Green;
        svg.Box((Widest - width) / 2, y, width, height, color, 0.15, color, 1.5, round: 4);
        svg.Text(Widest / 2, y + 20, name, 14, Anchor.Middle, bold: true);
        for (int i = 0; i < lines.Count; i++) svg.Text(Widest / 2, y + 37 + (LineHeight * i), lines[i], 13, Anchor.Middle);
        return y + height;
    }

    /// <summary>The arrows, there and back, below a place that ends at y; gives back where the next one begins.</summary>
    public static double Way(SvgWriter svg, double y)
    {
        svg.Path($"M{SvgWriter.Number(Widest / 2)} {SvgWriter.Number(y + 1)}v{SvgWriter.Number(Gap - 2)}m-4 -5l4 5l4 -5M{SvgWriter.Number(Widest / 2)} {SvgWriter.Number(y + 1)}m-4 5l4 -5l4 5", "currentColor", 1.5);
        return y + Gap;
    }

    /// <summary>What stands at the right of a place whose upper edge is at y.</summary>
    public static void Right(SvgWriter svg, double y, string middle, string right)
    {
        svg.Text(MiddleRight, y + 20, middle, 14, Anchor.End, bold: true);
        svg.Text(Width, y + 20, right, 14, Anchor.End);
    }

    private static void Times(SvgWriter svg, double y, double cycles, double seconds)
    {
        Right(svg, y, CyclesText(cycles), Human(cycles));
        svg.Text(MiddleRight, y + 37, Nanoseconds(seconds), 13, Anchor.End);
    }

    private static string CyclesText(double cycles) => Invariant($"{cycles:N0} {(Math.Round(cycles) == 1 ? "cycle" : "cycles")}");

    private static string Nanoseconds(double seconds) => Invariant($"{seconds * 1e9:0.0} ns");

    /// <summary>The same times if a cycle were a second.</summary>
    private static string Human(double seconds) => seconds < 99.5 ? Invariant($"{seconds:N0} s") : Invariant($"{seconds / 60:0.0} min");
}
