
namespace Mnist.Lab.Tracing;

/// <summary>Draws a register that is folded: 512 → 256 → 128 bits → one number, with a line from each lane to its sum.</summary>
internal static class TreeDrawing
{
    private const double Drop = 36;

    /// <summary>Draws the levels below each other and gives back where the last one ends.</summary>
    public static double Draw(SvgWriter svg, TraceFrame frame, double y)
    {
        for (int level = 0; level < frame.Registers.Count; level++)
        {
            TraceRegister register = frame.Registers[level];
            bool isLast = level == frame.Registers.Count - 1;
            svg.Text(RegisterDrawing.LabelWidth - 4, y + 15.5, isLast ? "32 bits" : $"{32 * register.Lanes.Count}", 13, Anchor.End);
            double bottom = Level(svg, register, y, isLast);
            if (isLast) return bottom;
            Lines(svg, register, bottom);
            y = bottom + Drop;
        }
        return y;
    }

    /// <summary>One line of boxes; sixteen stand in two lines, the upper half under the lower one that it falls onto.</summary>
    private static double Level(SvgWriter svg, TraceRegister register, double y, bool isLast)
    {
        foreach (float[] line in register.Lanes.Chunk(RegisterDrawing.LineLanes))
        {
            RegisterDrawing.Boxes(svg, RegisterDrawing.LabelWidth, y, line, register.Color, isLast);
            y += RegisterDrawing.LineHeight;
        }
        return y;
    }

    private static void Lines(SvgWriter svg, TraceRegister register, double bottom)
    {
        int half = register.Lanes.Count / 2;
        bool stacked = register.Lanes.Count > RegisterDrawing.LineLanes;
        double top = bottom + Drop - 9;
        string kept = "", added = "";
        for (int lane = 0; lane < half; lane++)
        {
            kept += $"M{X(lane)} {N(bottom)}V{N(top)}";
            if (!stacked) added += $"M{X(lane + half)} {N(bottom)}L{X(lane)} {N(top)}";
            svg.Text(Middle(lane), bottom + Drop - 1, "+", 13, Anchor.Middle, bold: true);
        }
        svg.Path(kept, register.Color, 1.5);
        if (added.Length > 0) svg.Path(added, register.Color, 1.5, dash: "5 3");
    }

    private static string X(int lane) => N(Middle(lane));

    private static double Middle(int lane) => RegisterDrawing.LabelWidth + ((lane + 0.5) * RegisterDrawing.BoxWidth);

    private static string N(double value) => SvgWriter.Number(value);
}
