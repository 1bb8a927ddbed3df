using System.Globalization;

namespace Mnist.Lab.Tracing;

/// <summary>Draws the steps of a play below each other.</summary>
internal static class TraceDrawing
{
    private const double Gap = 16;
    private const double TitleSize = 14;
    private const double TitleLine = 19;

    public static Diagram Draw(RegisterTrace play)
    {
        var svg = new SvgWriter();
        double y = Legend(svg, play);
        int next = 0;
        foreach (int step in play.Shown)
        {
            y = Left(svg, y, next, step);
            y = Frame(svg, play.Frames[step], step, y) + Gap;
            next = step + 1;
        }
        y = next == play.Frames.Count ? Result(svg, play, y) : Left(svg, y, next, play.Frames.Count);
        return new Diagram(play.Title, Describe(play), RegisterDrawing.Width, y, svg);
    }

    /// <summary>A register of sixteen is drawn in two lines: say which lanes are where.</summary>
    private static double Legend(SvgWriter svg, RegisterTrace play)
    {
        int most = play.Shown.SelectMany(step => play.Frames[step].Registers).Select(register => register.Lanes.Count).DefaultIfEmpty(0).Max();
        if (most <= RegisterDrawing.LineLanes) return 2;
        svg.Text(0, 13, "A frame is one register: lanes 0–7 above, lanes 8–15 below.", 13);
        return 28;
    }

    private static double Left(SvgWriter svg, double y, int from, int to)
    {
        if (to == from) return y;
        svg.Text(0, y + 13, to - from == 1 ? $"⋮  step {to} is not shown" : $"⋮  steps {from + 1}–{to} are not shown", 13);
        return y + 20 + Gap;
    }

    private static double Frame(SvgWriter svg, TraceFrame frame, int step, double y)
    {
        foreach (string line in TextSize.Wrap($"{step + 1}. {frame.Title}", TitleSize, RegisterDrawing.Width))
        {
            svg.Text(0, y + 13, line, TitleSize, bold: true);
            y += TitleLine;
        }
        svg.Open("g", ("font-family", "ui-monospace, Consolas, Menlo, monospace"));
        y = frame.IsTree ? TreeDrawing.Draw(svg, frame, y + 2) : RegisterDrawing.Draw(svg, frame, y + 2);
        svg.Close("g");
        return y;
    }

    /// <summary>One number: with all its digits and its bits.</summary>
    private static double Result(SvgWriter svg, RegisterTrace play, double y)
    {
        if (play.Results.Count != 1) return y - Gap + 2;
        svg.Text(0, y + 14, Exactly(play.Result), 15, bold: true);
        return y + 22;
    }

    internal static string Exactly(float value) =>
        string.Create(CultureInfo.InvariantCulture, $"Result: {value:G9}, bits {BitConverter.SingleToUInt32Bits(value):X8}");

    private static string Describe(RegisterTrace play) =>
        string.Join(" ", play.Shown.Select(step => $"Step {step + 1} of {play.Frames.Count}: {play.Frames[step].Title}, giving {Values(play.Frames[step].Result)}."))
        + (play.Results.Count == 1 ? $" {Exactly(play.Result)}." : "");

    private static string Values(IReadOnlyList<float> lanes) =>
        string.Join(", ", lanes.Take(4).Select(value => ShortNumber.Of(value, 6))) + (lanes.Count > 4 ? ", …" : "");
}
