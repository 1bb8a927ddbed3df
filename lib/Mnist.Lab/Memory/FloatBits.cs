using System.Globalization;

namespace Mnist.Lab.Memory;

/// <summary>
/// A number as its bits: sign, exponent and fraction in colour, and the value put together from them
/// (IEEE 754, binary32 and binary64).
/// </summary>
/// <example><code>FloatBits.Of(0.15625f)</code></example>
public static class FloatBits
{
    private const double Width = 500;

    /// <summary>The 32 bits of a float.</summary>
    public static Diagram Of(float value) => One(BitFields.Of(value), "float32", Decimal((double)value));

    /// <summary>The 64 bits of a double.</summary>
    public static Diagram Of(double value) => One(BitFields.Of(value), "float64", Decimal(value));

    /// <summary>One number as a float and as a double, each with its distance from the number that was meant.</summary>
    /// <param name="meant">The number; decimal, so that 0.1 is exactly one tenth.</param>
    public static Diagram Beside(decimal meant)
    {
        var svg = new SvgWriter();
        double single = (double)(float)meant, twice = (double)meant;
        double y = Heading(svg, 0, "float32: 4 bytes", single, meant);
        y = BitDrawing.Bits(svg, y, BitFields.Of((float)meant), Width) + 16;
        y = Heading(svg, y, "float64: 8 bytes", twice, meant);
        y = BitDrawing.Bits(svg, y, BitFields.Of(twice), Width);
        string shown = meant.ToString("0.########", CultureInfo.InvariantCulture);
        if (decimal.Parse(shown, CultureInfo.InvariantCulture) != meant) shown += "…";
        string description = $"As float32 it is {Decimal(single)}, off by {Off(single, meant)}; as float64 it is {Decimal(twice)}, off by {Off(twice, meant)}.";
        return new Diagram($"{shown} as float32 and as float64", description, Width, y + 4, svg);
    }

    private static Diagram One(BitFields bits, string format, string value)
    {
        var svg = new SvgWriter();
        double y = BitDrawing.Bits(svg, 0, bits, Width) + 6;
        string[] lines =
        [
            $"sign {bits.Sign}: {(bits.Sign == 0 ? "+" : "−")}",
            $"exponent {bits.ExponentBits} = {bits.Exponent}: {bits.PowerText}",
            $"fraction: {bits.SignificandText}",
            $"together: {bits.ValueText(value)}",
            $"its bytes in memory, lowest address first: {bits.MemoryText}",
        ];
        foreach (string line in lines.SelectMany(line => TextSize.Wrap(line, 14, Width)))
        {
            svg.Text(0, y + 15, line, 14);
            y += 21;
        }
        return new Diagram($"{value} as {format}", string.Join("; ", lines), Width, y + 4, svg);
    }

    private static double Heading(SvgWriter svg, double y, string format, double stored, decimal meant)
    {
        svg.Text(0, y + 15, format, 14, bold: true);
        svg.Text(0, y + 35, $"stored: {Digits(stored)}, off by {Off(stored, meant)}", 14);
        return y + 44;
    }

    private static string Off(double stored, decimal meant)
    {
        decimal exact = decimal.Parse(stored.ToString("F28", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return exact == meant ? "nothing" : Ticks.Scientific((double)Math.Abs(exact - meant), 1);
    }

    /// <summary>The first twenty places of the exact value: enough to see where even a double ends.</summary>
    private static string Digits(double value) => value.ToString("F20", CultureInfo.InvariantCulture).TrimEnd('0').TrimEnd('.').Replace("-", "−", StringComparison.Ordinal);

    private static string Decimal(double value) => value.ToString("G17", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);
}
