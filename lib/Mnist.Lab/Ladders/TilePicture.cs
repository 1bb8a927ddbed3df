using System.Globalization;

namespace Mnist.Lab.Ladders;

/// <summary>
/// Draws a register tile: weights above, inputs on the left, sums where they meet. What comes anew in every step is
/// dashed; what stays is filled.
/// </summary>
internal static class TilePicture
{
    private const double Width = 500;
    private const double Left = 96; // names of the rows and their inputs
    private const double Top = 52; // names of the columns and their weights
    private const double Row = 30;
    private const double Gap = 4;
    private const double Text = 13;

    public static Diagram Draw(Tile tile)
    {
        var svg = new SvgWriter();
        double wide = Math.Min(92, (Width - Left) / tile.Registers);
        Weights(svg, tile, wide);
        for (int row = 0; row < tile.Rows; row++) Samples(svg, tile, row, wide);
        double bottom = Top + (tile.Rows * Row) + 24;
        string[] lines = Counts(tile);
        for (int i = 0; i < lines.Length; i++) svg.Text(0, bottom + (i * 20), lines[i], 14);
        return new Diagram($"A tile of {tile.Rows} {(tile.Rows == 1 ? "sample" : "samples")} × {tile.Registers} {(tile.Registers == 1 ? "register" : "registers")}",
            $"{Many(tile.Rows, "row")} of {Many(tile.Registers, "sum")}. {string.Join(' ', lines)}", Width, bottom + (lines.Length * 20) - 8, svg);
    }

    /// <summary>The registers of weights: loaded in each step, used by every row.</summary>
    private static void Weights(SvgWriter svg, Tile tile, double wide)
    {
        svg.Text(0, 15, "W1[k] →", Text, mono: true);
        for (int column = 0; column < tile.Registers; column++)
        {
            double x = Left + (column * wide);
            svg.Text(x + ((wide - Gap) / 2), 13, $"{16 * column}…", Text, Anchor.Middle);
            Register(svg, x, 20, wide, tile.MultiplyAdds + column, TensorColors.Of("W1"), stays: false);
        }
    }

    /// <summary>A row: its input, spread over a register, and the sums that it is multiplied into.</summary>
    private static void Samples(SvgWriter svg, Tile tile, int row, double wide)
    {
        double y = Top + (row * Row);
        svg.Box(0, y, Left - 12, Row - Gap, TensorColors.Of("X"), 0.12, TensorColors.Of("X"), 1.5, round: 3, dash: "4 3");
        svg.Text((Left - 12) / 2, y + 17.5, $"X[{row}, k]", Text, Anchor.Middle, mono: true);
        for (int column = 0; column < tile.Registers; column++)
            Register(svg, Left + (column * wide), y, wide, (row * tile.Registers) + column, TensorColors.Of("Z1"), stays: true);
    }

    private static void Register(SvgWriter svg, double x, double y, double wide, int number, string color, bool stays)
    {
        bool spilled = number >= Tile.AvailableRegisters - 1; // one is left for the input
        string shown = spilled ? Palette.Vermilion : color;
        svg.Box(x, y, wide - Gap, Row - Gap, shown, stays ? 0.3 : 0.12, shown, 1.5, round: 3, dash: stays ? null : "4 3");
        svg.Text(x + ((wide - Gap) / 2), y + 17.5, spilled ? "✗" : $"zmm{number}", Text, Anchor.Middle, mono: true);
    }

    private static string[] Counts(Tile tile) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{tile.Loads} loads (dashed), {Many(tile.MultiplyAdds, "multiply-add")}: {tile.LoadsPerMultiplyAdd:0.###} loads for each."),
        $"{tile.NeededRegisters} of {Tile.AvailableRegisters} registers: {Many(tile.MultiplyAdds, "sum")} that {(tile.MultiplyAdds == 1 ? "stays" : "stay")}, {tile.Registers} of weights, 1 for the input.",
        .. tile.Fits ? Array.Empty<string>() : ["Too many: what does not fit (✗) goes to memory and back."],
    ];

    private static string Many(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
