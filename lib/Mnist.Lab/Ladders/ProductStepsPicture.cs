using System.Globalization;

namespace Mnist.Lab.Ladders;

/// <summary>
/// Draws a small product step by step: the row of b above, the column of a on the left, and the sums where they meet,
/// as they are after the step. It has the layout of <see cref="TilePicture"/>.
/// </summary>
internal sealed class ProductStepsPicture
{
    private const double Width = 500;
    private const double Row = 27;
    private const double Gap = 4;
    private const double Air = 12; // between two steps
    private const double Top = 24; // the step's name
    private const double Text = 13;

    private readonly Matrix a, b;
    private readonly (string A, string B, string C) names;
    private readonly Matrix[] sums; // after each step
    private readonly double cell; // wide enough for every number

    private ProductStepsPicture(Matrix a, Matrix b, (string A, string B, string C) names)
    {
        (this.a, this.b, this.names) = (a, b, names);
        sums = Sums(a, b);
        cell = Math.Max(Row, sums.Append(a).Append(b).SelectMany(matrix => matrix.ToArray()).Max(value => TextSize.Width(Number(value), Text)) + 7);
    }

    private double StepWidth => ((b.Columns + 1) * cell) + 8 + Air;

    public static Diagram Draw(Matrix a, Matrix b, string aName, string bName, string cName) => new ProductStepsPicture(a, b, (aName, bName, cName)).Diagram();

    private Diagram Diagram()
    {
        int perRow = (int)Math.Max(1, (Width + Air) / StepWidth), rows = (b.Rows + perRow - 1) / perRow;
        double tall = Top + ((a.Rows + 1) * Row) + 18;
        var svg = new SvgWriter();
        for (int k = 0; k < b.Rows; k++) Step(svg, k, k % perRow * StepWidth, k / perRow * tall);
        IEnumerable<string> told = sums.Select((sum, k) => $"after step {k} {names.C} is {string.Join(", ", Enumerable.Range(0, sum.Rows).Select(row => string.Join(' ', sum.Row(row).ToArray().Select(Number))))}");
        return new Diagram($"{names.C} = {names.A} · {names.B} in {b.Rows} steps", $"{string.Join("; ", told)}.",
            Math.Max(320, (Math.Min(perRow, b.Rows) * StepWidth) - Air), (rows * tall) - 14, svg);
    }

    private void Step(SvgWriter svg, int k, double x, double y)
    {
        svg.Text(x, y + 14, $"k = {k}", Text, bold: true);
        double left = x + cell + 8, top = y + Top + Row + 4;
        svg.Text(left - 8, y + Top + 15, names.B, Text, Anchor.End, mono: true);
        for (int column = 0; column < b.Columns; column++) Value(svg, left + (column * cell), y + Top, b[k, column], Color(names.B), stays: false);
        for (int row = 0; row < a.Rows; row++)
        {
            Value(svg, x, top + (row * Row), a[row, k], Color(names.A), stays: false);
            for (int column = 0; column < b.Columns; column++) Value(svg, left + (column * cell), top + (row * Row), sums[k][row, column], Color(names.C), stays: true);
        }
    }

    private void Value(SvgWriter svg, double x, double y, float value, string color, bool stays)
    {
        svg.Box(x, y, cell - Gap, Row - Gap, color, stays ? 0.3 : 0.12, color, 1.5, round: 3, dash: stays ? null : "4 3");
        svg.Text(x + ((cell - Gap) / 2), y + 16, Number(value), Text, Anchor.Middle);
    }

    private static Matrix[] Sums(Matrix a, Matrix b)
    {
        var sum = new Matrix(a.Rows, b.Columns);
        return [.. Enumerable.Range(0, b.Rows).Select(k =>
        {
            for (int row = 0; row < a.Rows; row++)
                for (int column = 0; column < b.Columns; column++) sum[row, column] += a[row, k] * b[k, column];
            return sum.Clone();
        })];
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
