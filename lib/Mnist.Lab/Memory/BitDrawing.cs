namespace Mnist.Lab.Memory;

/// <summary>Draws the bits of a number as boxes, 32 a row, with the names of their fields below.</summary>
internal static class BitDrawing
{
    private const int PerRow = 32;
    private const double Height = 26;
    private const double Small = 13;

    /// <summary>Draws below y and gives back where it ends.</summary>
    public static double Bits(SvgWriter svg, double y, BitFields bits, double width)
    {
        double box = width / PerRow;
        for (int row = 0; row < bits.Bits.Length / PerRow; row++)
        {
            for (int i = 0; i < PerRow; i++) Bit(svg, i * box, y, box, bits, (row * PerRow) + i);
            y += Height + 2;
            Names(svg, y, box, bits, row * PerRow);
            y += 22;
        }
        return y;
    }

    private static void Bit(SvgWriter svg, double x, double y, double box, BitFields bits, int index)
    {
        (_, string color) = Field(bits, index);
        bool one = bits.Bits[index] == '1';
        svg.Box(x + 0.5, y, box - 1, Height, color, one ? 1 : 0.2, color, 1);
        svg.Text(x + (box / 2), y + 18, $"{bits.Bits[index]}", 14, Anchor.Middle, bold: one, fill: one ? Contrast.TextOn(color) : "currentColor", mono: true);
    }

    /// <summary>A line below each field of a row, its name in the middle.</summary>
    private static void Names(SvgWriter svg, double y, double box, BitFields bits, int first)
    {
        for (int from = first; from < first + PerRow;)
        {
            (string name, string color) = Field(bits, from);
            int to = from;
            while (to < first + PerRow && Field(bits, to).Name == name) to++;
            (double left, double right) = ((from - first) * box, (to - first) * box);
            svg.Line(left + 1, y + 1, right - 1, y + 1, color, 2.5);
            if (to - from == 1) svg.Text(left, y + 16, name, Small);
            else svg.Text((left + right) / 2, y + 16, $"{name} ({to - from})", Small, Anchor.Middle);
            from = to;
        }
    }

    private static (string Name, string Color) Field(BitFields bits, int index) =>
        index == 0 ? ("sign", Palette.Vermilion)
        : index <= bits.ExponentSize ? ("exponent", Palette.Green)
        : ("fraction", Palette.Blue);
}
