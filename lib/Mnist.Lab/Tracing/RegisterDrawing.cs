
namespace Mnist.Lab.Tracing;

/// <summary>Draws registers as boxes, one per lane, with the value inside: sixteen lanes in two lines of eight.</summary>
internal static class RegisterDrawing
{
    public const double Width = 500;
    public const int LineLanes = 8;
    public const double LineHeight = 22;
    public const double BoxWidth = 54;
    public const double LabelWidth = 66;
    private const double FontSize = 13;
    private const double Between = 5;

    /// <summary>The registers of a step below each other; of single numbers beside each other. Gives back where it ends.</summary>
    public static double Draw(SvgWriter svg, TraceFrame frame, double y)
    {
        if (frame.Registers.All(register => register.Lanes.Count == 1)) return Line(svg, frame, y);
        for (int i = 0; i < frame.Registers.Count; i++)
        {
            TraceRegister register = frame.Registers[i];
            bool isResult = i == frame.Registers.Count - 1;
            y = (!isResult && Same(register) is { } value ? Short(svg, register, value, y) : Full(svg, register, y, isResult)) + Between;
        }
        return y - Between;
    }

    /// <summary>Lanes as boxes with a frame about them all; the left end of the first box is at x.</summary>
    public static void Boxes(SvgWriter svg, double x, double y, IEnumerable<float> lanes, string color, bool strong)
    {
        string[] texts = [.. lanes.Select(value => ShortNumber.Of(value, 6))];
        double width = texts.Length * BoxWidth;
        svg.Box(x, y, width, LineHeight, color, fillOpacity: strong ? 0.3 : 0.13, stroke: color, strokeWidth: 1);
        if (texts.Length > 1)
            svg.Path(string.Concat(Enumerable.Range(1, texts.Length - 1).Select(i => $"M{SvgWriter.Number(x + (i * BoxWidth))} {SvgWriter.Number(y)}v{LineHeight}")), color, 1, opacity: 0.5);
        for (int i = 0; i < texts.Length; i++)
            svg.Text(x + ((i + 0.5) * BoxWidth), y + 15.5, texts[i], FontSize, Anchor.Middle);
    }

    private static double Full(SvgWriter svg, TraceRegister register, double y, bool isResult)
    {
        Label(svg, register, y);
        double top = y;
        foreach (float[] line in register.Lanes.Chunk(LineLanes))
        {
            Boxes(svg, LabelWidth, y, line, register.Color, isResult);
            y += LineHeight;
        }
        double width = Math.Min(register.Lanes.Count, LineLanes) * BoxWidth;
        svg.Box(LabelWidth, top, width, y - top, stroke: register.Color, strokeWidth: isResult ? 2.5 : 1.5, round: 2);
        return y;
    }

    /// <summary>The value in all lanes when there are many and they are equal: then one line says it.</summary>
    private static float? Same(TraceRegister register) =>
        register.Lanes.Count > LineLanes && register.Lanes.All(value => value.Equals(register.Lanes[0])) ? register.Lanes[0] : null;

    private static double Short(SvgWriter svg, TraceRegister register, float value, double y)
    {
        Label(svg, register, y);
        svg.Box(LabelWidth, y, LineLanes * BoxWidth, LineHeight, register.Color, fillOpacity: 0.13, stroke: register.Color, strokeWidth: 1.5, round: 2);
        svg.Text(LabelWidth + (LineLanes * BoxWidth / 2), y + 15.5, $"{ShortNumber.Of(value, 9)} in all {register.Lanes.Count} lanes", FontSize, Anchor.Middle);
        return y + LineHeight;
    }

    private static void Label(SvgWriter svg, TraceRegister register, double y)
    {
        if (register.Sign.Length > 0) svg.Text(1, y + 15.5, register.Sign, FontSize);
        svg.Text(LabelWidth - 4, y + 15.5, register.Name, FontSize, Anchor.End);
    }

    /// <summary>One number each: a × b + total = total.</summary>
    private static double Line(SvgWriter svg, TraceFrame frame, double y)
    {
        double step = Width / frame.Registers.Count, box = step - 24;
        for (int i = 0; i < frame.Registers.Count; i++)
        {
            TraceRegister register = frame.Registers[i];
            double x = (i * step) + 18, middle = x + (box / 2);
            bool isResult = i == frame.Registers.Count - 1;
            svg.Text(x - 12, y + 15.5, register.Sign, FontSize, Anchor.Middle);
            svg.Box(x, y, box, LineHeight, register.Color, fillOpacity: isResult ? 0.3 : 0.13, stroke: register.Color, strokeWidth: isResult ? 2.5 : 1.5, round: 2);
            svg.Text(middle, y + 15.5, ShortNumber.Of(register.Lanes[0], 10), FontSize, Anchor.Middle);
            svg.Text(middle, y + LineHeight + 14, register.Name, FontSize, Anchor.Middle);
        }
        return y + LineHeight + 18;
    }
}
