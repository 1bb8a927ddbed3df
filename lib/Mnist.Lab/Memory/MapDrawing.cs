using System.Globalization;

namespace Mnist.Lab.Memory;

/// <summary>Draws cache lines below one another, sixteen floats each, with frames about what loads read.</summary>
internal sealed class MapDrawing
{
    public const double Width = 500;
    private const double Left = 54;
    private const double CellWidth = 24.5;
    private const double CellHeight = 25;
    private const double LineHeight = CellHeight + 7;
    private const double Small = 13;

    private readonly SvgWriter svg = new();
    private readonly string color;
    private double y;

    private MapDrawing(string color) => this.color = color;

    /// <summary>Draws the lines.</summary>
    /// <param name="lines">The lines to draw, in the order of memory; where some are left out, their number is written.</param>
    /// <param name="loads">Frames; parts on lines that are not drawn are left out.</param>
    /// <param name="color">The buffer's colour.</param>
    /// <param name="below">Sentences below the lines.</param>
    /// <param name="after">Lines of the buffer that follow the last drawn one.</param>
    public static (SvgWriter Svg, double Height) Draw(IReadOnlyList<MapLine> lines, IReadOnlyList<MapLoad> loads, string color, IEnumerable<string> below, long after = 0)
    {
        var drawing = new MapDrawing(color);
        drawing.Ruler();
        for (int i = 0; i < lines.Count; i++)
        {
            if (i > 0) drawing.Skipped(lines[i].Number - lines[i - 1].Number - 1);
            drawing.Line(lines[i], loads);
        }
        drawing.Skipped(after);
        drawing.Legend(lines);
        foreach (string sentence in below) drawing.Sentence(sentence);
        return (drawing.svg, drawing.y + 4);
    }

    private void Ruler()
    {
        svg.Text(0, 14, "byte", Small);
        for (int place = 0; place <= CacheLine.Floats; place += 4)
            svg.Text(X(place), 14, $"{place * sizeof(float)}", Small, Anchor.Middle);
        svg.Text(Width, 14, "offset", Small, Anchor.End);
        y = 22;
    }

    private void Line(MapLine line, IReadOnlyList<MapLoad> loads)
    {
        if (line.Name.Length > 0) svg.Text(0, y + 17, line.Name, Small);
        Fill(line.Cells);
        for (int place = 0; place < line.Cells.Length; place++) Mark(X(place), line.Cells[place]);
        svg.Box(X(0), y, CacheLine.Floats * CellWidth, CellHeight, strokeWidth: 1.5, round: 2);
        foreach (MapLoad load in loads) Frame(line.Number, load);
        svg.Text(Width, y + 17, $"+{(line.Number * CacheLine.Bytes).ToString("#,0", CultureInfo.InvariantCulture)}", Small, Anchor.End);
        y += LineHeight;
    }

    /// <summary>Colours neighbours of one kind with one box, and draws all borders between cells as one path: a map has hundreds of cells.</summary>
    private void Fill(MapCell[] cells)
    {
        for (int from = 0, to; from < cells.Length; from = to)
        {
            for (to = from; to < cells.Length && (cells[to].Kind, cells[to].Row) == (cells[from].Kind, cells[from].Row);) to++;
            double opacity = cells[from].Kind == MapCellKind.Visited ? 1 : cells[from].Row % 2 == 0 ? 0.4 : 0.18;
            if (cells[from].Kind is MapCellKind.Value or MapCellKind.Visited)
                svg.Box(X(from), y, (to - from) * CellWidth, CellHeight, color, opacity);
        }
        string borders = string.Concat(Enumerable.Range(1, cells.Length - 1).Select(place => $"M{SvgWriter.Number(X(place))} {SvgWriter.Number(y)}v{CellHeight}"));
        svg.Path(borders, "currentColor", 0.5, opacity: 0.7);
    }

    private void Mark(double x, MapCell cell)
    {
        if (cell.Kind == MapCellKind.Padding) Slash(x, y);
        if (cell.Text.Length > 0)
            svg.Text(x + (CellWidth / 2), y + 17, cell.Text, Small, Anchor.Middle, bold: cell.Kind == MapCellKind.Visited,
                fill: cell.Kind == MapCellKind.Visited ? Contrast.TextOn(color) : "currentColor");
    }

    private void Slash(double x, double top) => svg.Line(x + 6, top + CellHeight - 6, x + CellWidth - 6, top + 6, "currentColor", 1, 0.55);

    /// <summary>The part of a load that lies on this line; open towards the line on which it goes on.</summary>
    private void Frame(long line, MapLoad load)
    {
        long first = Math.Max(load.First, line * CacheLine.Floats), last = Math.Min(load.Last, (line * CacheLine.Floats) + CacheLine.Floats - 1);
        if (first > last) return;
        double from = X(first - (line * CacheLine.Floats)) + 1.5, to = X(last + 1 - (line * CacheLine.Floats)) - 1.5;
        (string top, string bottom) = (SvgWriter.Number(y + 1.5), SvgWriter.Number(y + CellHeight - 1.5));
        (string left, string right) = (SvgWriter.Number(from), SvgWriter.Number(to));
        string path = last < load.Last ? $"M{right} {top}H{left}V{bottom}H{right}"
            : first > load.First ? $"M{left} {top}H{right}V{bottom}H{left}"
            : $"M{left} {top}H{right}V{bottom}H{left}z";
        svg.Path(path, load.Splits ? Palette.Vermilion : Palette.Green, 3);
    }

    private void Skipped(long lines)
    {
        if (lines <= 0) return;
        string count = lines.ToString("#,0", CultureInfo.InvariantCulture);
        svg.Text(X(8), y + 13, $"⋮   {count} {(lines == 1 ? "line" : "lines")} not drawn   ⋮", Small, Anchor.Middle);
        y += 24;
    }

    /// <summary>What is not said by a number in the cell is said here.</summary>
    private void Legend(IReadOnlyList<MapLine> lines)
    {
        bool Any(MapCellKind kind) => lines.Any(line => line.Cells.Any(cell => cell.Kind == kind));
        double x = X(0);
        if (Any(MapCellKind.Padding)) x = Entry(x, MapCellKind.Padding, "padding, always 0");
        if (Any(MapCellKind.Outside)) x = Entry(x, MapCellKind.Outside, "not ours");
        if (x > X(0)) y += LineHeight;
    }

    private double Entry(double x, MapCellKind kind, string text)
    {
        svg.Box(x, y, CellWidth, CellHeight, strokeWidth: 0.5);
        if (kind == MapCellKind.Padding) Slash(x, y);
        svg.Text(x + CellWidth + 7, y + 17, text, Small);
        return x + CellWidth + 28 + TextSize.Width(text, Small);
    }

    private void Sentence(string sentence)
    {
        foreach (string line in TextSize.Wrap(sentence, 14, Width))
        {
            svg.Text(0, y + 15, line, 14);
            y += 20;
        }
    }

    private static double X(long place) => Left + (place * CellWidth);
}
