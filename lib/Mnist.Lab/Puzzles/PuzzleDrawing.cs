using System.Globalization;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <summary>Draws what goes into a puzzle's kernel and what comes out: an array a line, a box a register full.</summary>
internal static class PuzzleDrawing
{
    private const double Width = 500;
    private const double Left = 74;
    private const double Line = 26;
    private const int MostBoxes = 12;

    public static Diagram Draw(Puzzle puzzle, KernelMemory memory)
    {
        var svg = new SvgWriter();
        double y = 4;
        foreach (string line in Svg.TextSize.Wrap(puzzle.Task, 14, Width))
        {
            svg.Text(0, y + 10, line, 14);
            y += 19;
        }
        y += 4;
        foreach (string name in memory.Arrays)
        {
            string color = memory.IsWritable(name) ? Palette.Green : Palette.Blue;
            string kind = !memory.IsWritable(name) ? "in" : memory[name].All(float.IsNaN) ? "out" : "in, out";
            y = Array(svg, name, memory[name].Length, puzzle.Lanes, color, kind, y);
        }
        foreach (string name in memory.Lists) y = Array(svg, name, memory.ListOf(name).Length, puzzle.Lanes, Palette.Purple, "in, positions", y);
        if (puzzle.TakenFrom is { } from) y = Moves(svg, memory, puzzle.Lanes, from, y + 6);
        string title = string.Create(CultureInfo.InvariantCulture, $"{puzzle.Name}: par {puzzle.Par} cycles, {puzzle.Registers} registers of {puzzle.Lanes}");
        return new Diagram(title, puzzle.ToString(), Width, y, svg);
    }

    /// <summary>Two matrices of numbered cells, in the colours of the first one's rows: where each goes.</summary>
    private static double Moves(SvgWriter svg, KernelMemory memory, int columns, Func<int, int> from, double y)
    {
        double x = Left;
        foreach ((string name, Func<int, int> source) in new[] { (memory.Arrays[0], i => i), (memory.Arrays[^1], from) })
        {
            svg.Text(x - 8, y + 15, name, 14, Anchor.End, bold: true, mono: true);
            for (int i = 0; i < memory[name].Length; i++)
            {
                (double left, double top) = (x + (i % columns * Line), y + (i / columns * Line));
                string color = Palette.Color(source(i) / columns);
                svg.Box(left, top, Line - 2, Line - 2, color, 0.25, color, 1, 2);
                svg.Text(left + (Line / 2) - 1, top + 17, source(i).ToString(CultureInfo.InvariantCulture), 13, Anchor.Middle);
            }
            x += (columns + 2) * Line;
        }
        return y + (memory[memory.Arrays[0]].Length / columns * Line);
    }

    private static double Array(SvgWriter svg, string name, int length, int lanes, string color, string kind, double y)
    {
        int full = length / lanes, rest = length % lanes, shown = Math.Min(full, MostBoxes);
        string registers = full == 0 ? "" : rest > 0 ? $", {full} registers and a part" : full == 1 ? ", one register" : FormattableString.Invariant($", {full:N0} registers");
        string words = FormattableString.Invariant($"{kind}: {length:N0}{registers}");
        double box = Math.Min(60, (Width - Left - 16 - Svg.TextSize.Width(words, 13)) / Math.Max(4, Math.Min(MostBoxes, full + 1)));
        svg.Text(Left - 8, y + 15, name, 14, Anchor.End, bold: true, mono: true);
        for (int i = 0; i < shown; i++) svg.Box(Left + (i * box), y + 2, box - 2, Line - 8, color, 0.25, color, 1, 2);
        double end = Left + (shown * box);
        if (rest > 0)
        {
            double part = Math.Max(5, box * rest / lanes);
            svg.Box(end, y + 2, part - 2, Line - 8, color, 0.25, color, 1, 2);
            end += part;
        }
        if (full > MostBoxes) svg.Text(end, y + 15, "…", 13);
        svg.Text(end + (full > MostBoxes ? 16 : 6), y + 15, words, 13);
        return y + Line;
    }
}
