using System.Globalization;
using Mnist.Lab.Drawing;

namespace Mnist.Lab;

/// <summary>
/// Draws a small product step by step: the row of b above, the column of a on the left, and the sums where they meet,
/// as they are after the step. It has the layout of <see cref="TilePicture"/>.
/// </summary>
internal static class ProductStepsPicture
{
    private const double Width = 500;
    private const double Cell = 27;
    private const double Gap = 4;
    private const double Air = 12; // between two steps
    private const double Top = 24; // the step's name
    private const double Text = 13;

    public static Diagram Draw(Matrix a, Matrix b, string aName, string bName, string cName)
    {
        int perRow = (int)Math.Max(1, (Width + Air) / StepWidth(b));
        double tall = Top + ((a.Rows + 1) * Cell) + 18;
        var sums = new Matrix(a.Rows, b.Columns);
        var svg = new SvgWriter();
        var told = new List<string>();
        for (int k = 0; k < b.Rows; k++)
        {
            for (int row = 0; row < a.Rows; row++)
                for (int column = 0; column < b.Columns; column++) sums[row, column] += a[row, k] * b[k, column];
            Step(svg, a, b, sums, k, (k % perRow) * StepWidth(b), (k / perRow) * tall, (aName, bName, cName));
            told.Add($"after step {k} {cName} is {string.Join(", ", Enumerable.Range(0, a.Rows).Select(row => string.Join(' ', sums.Row(row).ToArray().Select(Number))))}");
        }
        int rows = (b.Rows + perRow - 1) / perRow;
        return new Diagram($"{cName} = {aName} · {bName} in {b.Rows} steps", $"{string.Join("; ", told)}.",
            Math.Max(320, (Math.Min(perRow, b.Rows) * StepWidth(b)) - Air), (rows * tall) - 14, svg);
    }

    private static double StepWidth(Matrix b) => ((b.Columns + 1) * Cell) + 8 + Air;

    private static void Step(SvgWriter svg, Matrix a, Matrix b, Matrix sums, int k, double x, double y, (string A, string B, string C) names)
    {
        svg.Text(x, y + 14, $"k = {k}", Text, bold: true);
        double left = x + Cell + 8, top = y + Top + Cell + 4;
        svg.Text(left - 8, y + Top + 15, $"{names.B}", Text, Anchor.End, mono: true);
        for (int column = 0; column < b.Columns; column++) Value(svg, left + (column * Cell), y + Top, b[k, column], Color(names.B), stays: false);
        for (int row = 0; row < a.Rows; row++)
        {
            Value(svg, x, top + (row * Cell), a[row, k], Color(names.A), stays: false);
            for (int column = 0; column < b.Columns; column++) Value(svg, left + (column * Cell), top + (row * Cell), sums[row, column], Color(names.C), stays: true);
        }
    }

    private static void Value(SvgWriter svg, double x, double y, float value, string color, bool stays)
    {
        svg.Box(x, y, Cell - Gap, Cell - Gap, color, stays ? 0.3 : 0.12, color, 1.5, round: 3, dash: stays ? null : "4 3");
        svg.Text(x + ((Cell - Gap) / 2), y + 16, Number(value), Text, Anchor.Middle);
    }

    private static string Number(float value) => value.ToString(Math.Abs(value) < 10 ? "0.#" : "0", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>Names as in the first layer: x, w and z are the small brothers of X, W1 and Z1.</summary>
    private static string Color(string name)
    {
        string bare = name.TrimEnd('ᵀ');
        string tensor = bare.TrimStart('d') switch { "x" => "X", "w" or "W" => "W1", "z" => "Z1", _ => bare };
        return TensorColors.Find(tensor) ?? Palette.Grey;
    }
}
