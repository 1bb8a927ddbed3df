
namespace Mnist.Lab.Ladders;

/// <summary>
/// Draws C = A · B with B above C and A on its left, so that each value of C stands where its row of A meets its column
/// of B. Sides are as long as the square root of their numbers, or small matrices would vanish beside large ones.
/// </summary>
internal static class ProductPicture
{
    private const double Gap = 26;
    private const double Text = 14;
    private const double Mark = 6; // one step of the depth: not to scale, or it could not be seen

    private static double Side(int count) => 9 * Math.Sqrt(count);

    public static Diagram Draw(string a, string b, string c, int rows, int depth, int columns, Tile tile)
    {
        (double tall, double deep, double wide) = (Side(rows), Side(depth), Side(columns));
        (double left, double top) = (deep + Gap, deep + Gap + 20);
        (int tileRows, int tileColumns) = (Math.Min(rows, tile.Rows), Math.Min(columns, tile.Registers * Matrix.Lanes));
        (double bandTall, double bandWide) = (Math.Max(4, tall * tileRows / rows), wide * tileColumns / columns);
        double step = deep * 0.4;
        var svg = new SvgWriter();

        Whole(svg, 0, top, deep, tall, a, $"{rows} × {depth}", below: true);
        Whole(svg, left, 20, wide, deep, b, $"{depth} × {columns}", below: false);
        Whole(svg, left, top, wide, tall, c, $"{rows} × {columns}", below: true);
        svg.Box(0, top, deep, bandTall, Color(a), 0.35);
        svg.Box(left, 20, bandWide, deep, Color(b), 0.35);
        svg.Box(step, top, Mark, bandTall, Color(a));
        svg.Box(left, 20 + step, bandWide, Mark, Color(b));
        svg.Box(left, top, bandWide, bandTall, Color(c));
        svg.Line(step + Mark, top - 4, left - 4, 20 + step + Mark, "currentColor", 1, 0.6, "3 3");
        svg.Text((step + left) / 2, (top + 20 + step) / 2, "step k", Text, Anchor.End);

        string[] lines =
        [
            $"Filled: {tileRows} × {tileColumns} values of {c}. A step takes",
            $"{tileRows} {(tileRows == 1 ? "value" : "values")} of {a} and {tileColumns} of {b}; there are {depth} steps.",
        ];
        double bottom = top + tall + 60;
        for (int i = 0; i < lines.Length; i++) svg.Text(0, bottom + (i * 20), lines[i], Text);
        return new Diagram($"{c} = {a} · {b}, tile by tile", $"{a} is {rows} × {depth}, {b} is {depth} × {columns}, {c} is {rows} × {columns}. {string.Join(' ', lines)}",
            Math.Max(430, left + wide + 70), bottom + 28, svg);
    }

    /// <summary>A matrix in outline, with its name and shape.</summary>
    private static void Whole(SvgWriter svg, double x, double y, double width, double height, string name, string shape, bool below)
    {
        svg.Box(x, y, width, height, Color(name), 0.08, Color(name), 1.5);
        svg.Text(x, below ? y + height + 17 : y - 6, below ? name : $"{name}  {shape}", Text);
        if (below) svg.Text(x, y + height + 34, shape, Text);
    }

    /// <summary>A transposed matrix has its own colour.</summary>
    private static string Color(string name) => TensorColors.Find(name.TrimEnd('ᵀ')) ?? Palette.Grey;
}
