namespace Mnist.Lab.Memory;

/// <summary>Draws a small matrix with the walk through its memory, and that memory as one line. Each row has its colour.</summary>
internal static class OrderDrawing
{
    public const double Width = 500;
    private const double CellWidth = 58;
    private const double CellHeight = 40;
    private const double Small = 13;
    private const int MostInLine = 18;

    /// <summary>The matrix; cells carry their offset, a path leads from each to the next in memory.</summary>
    public static double Grid(SvgWriter svg, int rows, int columns, (int Row, int Column)?[] memory)
    {
        double cell = Math.Min(CellWidth, (Width - 60) / columns), left = 60;
        for (int column = 0; column < columns; column++) svg.Text(left + ((column + 0.5) * cell), 14, $"{(column == 0 && cell >= 50 ? "col " : "")}{column}", Small, Anchor.Middle);
        for (int row = 0; row < rows; row++) svg.Text(0, 22 + ((row + 0.5) * CellHeight) + 4.5, $"row {row}", Small);
        for (int offset = 0; offset < memory.Length; offset++)
        {
            if (memory[offset] is not { } place) continue;
            (double x, double y) = (left + (place.Column * cell), 22 + (place.Row * CellHeight));
            svg.Box(x, y, cell, CellHeight, Palette.Color(place.Row), 0.3, strokeWidth: 0.75);
            svg.Text(x + 5, y + 17, $"{offset}", 14, bold: true);
        }
        Walk(svg, left, cell, memory);
        return 22 + (rows * CellHeight);
    }

    private static void Walk(SvgWriter svg, double left, double cell, (int Row, int Column)?[] memory)
    {
        (double X, double Y)[] points = [.. memory.OfType<(int Row, int Column)>()
            .Select(place => (left + (place.Column * cell) + (cell * 0.62), 22 + (place.Row * CellHeight) + 27))];
        for (int i = 1; i < points.Length; i++)
        {
            bool next = points[i].X == points[i - 1].X || points[i].Y == points[i - 1].Y;
            svg.Line(points[i - 1].X, points[i - 1].Y, points[i].X, points[i].Y, "currentColor", next ? 2 : 1.2, next ? 0.9 : 0.45, next ? null : "4 4");
        }
        svg.Path(Marks.Shape(0, points[0].X, points[0].Y, 4), "currentColor", 1.5, "currentColor");
        (double x, double y) = points[^1];
        svg.Path($"M{SvgWriter.Number(x - 5)} {SvgWriter.Number(y - 5)}l10 10m0 -10l-10 10", "currentColor", 2);
    }

    /// <summary>Memory, a whole number of steps a line: what lies at each offset, as row,column.</summary>
    public static double Strip(SvgWriter svg, double y, (int Row, int Column)?[] memory, int step)
    {
        svg.Text(0, y + 14, "in memory, from the lowest address (row,column):", Small);
        int perLine = memory.Length <= MostInLine ? memory.Length : Math.Max(1, MostInLine / step) * step;
        double width = Math.Min(40, Width / perLine), top = y + 22;
        for (int offset = 0; offset < memory.Length; offset++)
        {
            (double x, double at) = (offset % perLine * width, top + (offset / perLine * 48));
            string text = "";
            if (memory[offset] is { } place)
            {
                svg.Box(x, at, width, 26, Palette.Color(place.Row), 0.3, strokeWidth: 0.75);
                text = $"{place.Row},{place.Column}";
            }
            else
            {
                svg.Box(x, at, width, 26, strokeWidth: 0.75);
                svg.Line(x + (width / 2) - 6, at + 20, x + (width / 2) + 6, at + 6, "currentColor", 1, 0.55);
            }
            if (text.Length > 0) svg.Text(x + (width / 2), at + 17.5, text, Small, Anchor.Middle);
            svg.Text(x + (width / 2), at + 40, $"{offset}", Small, Anchor.Middle);
        }
        return top + (((memory.Length + perLine - 1) / perLine) * 48) - 4;
    }
}
