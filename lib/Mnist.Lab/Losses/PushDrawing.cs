using System.Globalization;

namespace Mnist.Lab.Losses;

/// <summary>
/// Draws y − p, what a step downhill adds to each logit (times the learning rate): one arrow up at the label, the others
/// down, and together they cancel.
/// </summary>
internal static class PushDrawing
{
    private const double Width = 500;
    private const double Unit = 110; // of an arrow of length 1, the same in every picture
    private const double Smallest = 0.005; // what is shorter than a pixel is a dot

    public static Diagram Draw(ReadOnlySpan<float> probabilities, int label, string title)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)probabilities.Length, nameof(label));
        double[] pushes = new double[probabilities.Length];
        for (int i = 0; i < pushes.Length; i++) pushes[i] = (i == label ? 1 : 0) - (double)probabilities[i];
        double up = Math.Max(0.05, pushes.Max()), down = Math.Max(0.05, -pushes.Min());
        double zero = 24 + (up * Unit), column = Width / pushes.Length;
        var svg = new SvgWriter();
        svg.Line(0, zero, Width, zero, Palette.Grey, 1);
        for (int i = 0; i < pushes.Length; i++)
        {
            double x = (i + 0.5) * column;
            Arrow(svg, x, zero, pushes[i] * Unit, pushes[i] > 0 ? Palette.Green : Palette.Vermilion, Math.Abs(pushes[i]) < Smallest);
            svg.Text(x, zero - (pushes[i] * Unit) + (pushes[i] > 0 ? -6 : 16), Signed(pushes[i]), 13, Anchor.Middle);
            svg.Text(x, zero + (down * Unit) + 42, i == label ? $"z{i} ←" : $"z{i}", 14, Anchor.Middle, bold: i == label);
        }
        string words = string.Join(", ", pushes.Select((push, i) => $"z{i} {Signed(push)}"));
        return new Diagram(title, $"One arrow for each logit, from a common line: {words}. The true class is {label}.", Width, zero + (down * Unit) + 52, svg);
    }

    private static void Arrow(SvgWriter svg, double x, double zero, double length, string color, bool dot)
    {
        string N(double value) => SvgWriter.Number(value);
        if (dot)
        {
            svg.Box(x - 2, zero - 2, 4, 4, color);
            return;
        }
        double head = Math.Min(9, Math.Abs(length)), tip = zero - length, neck = tip + (Math.Sign(length) * head);
        svg.Line(x, zero, x, neck, color, 5);
        svg.Path($"M{N(x)} {N(tip)}L{N(x - 8)} {N(neck)}L{N(x + 8)} {N(neck)}z", color, 0, fill: color);
    }

    private static string Signed(double value) => value.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture);
}
