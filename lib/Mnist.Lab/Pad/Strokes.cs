using System.Globalization;

namespace Mnist.Lab.Pad;

/// <summary>
/// A drawing as its pen strokes, on a pad of 280 × 280 units; (0, 0) is the upper left corner. As text, points stand
/// between spaces and strokes between semicolons: <c>60,60 200,60 120,230; 80,150 180,150</c>. The drawing pad writes this
/// text and this type reads it.
/// </summary>
public sealed class Strokes
{
    /// <summary>Width and height of the pad: ten times MNIST's 28.</summary>
    public const int PadSize = 280;

    /// <summary>Width of the pen when nothing else is said.</summary>
    public const int PenWidth = 22;

    private readonly (int X, int Y)[][] strokes; // [stroke][point]

    private Strokes((int X, int Y)[][] strokes) => this.strokes = strokes;

    /// <summary>Reads a drawing.</summary>
    /// <param name="text">Points x,y in whole units, 0 … 280.</param>
    /// <exception cref="FormatException">A point is not two whole numbers of the pad; the message names it.</exception>
    public static Strokes Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const StringSplitOptions Clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        return new Strokes([.. text.Split(';', Clean).Select(stroke => stroke.Split(' ', Clean).Select(Point).ToArray())]);
    }

    /// <summary>
    /// The ink of a round pen. A pixel's ink falls from full to none over one unit at the pen's edge, by the distance of
    /// the pixel's middle from the stroke.
    /// </summary>
    /// <param name="penWidth">Width of the pen, at least 1.</param>
    /// <remarks>strokes.js in the page of the drawing pad computes the same, to the last bit.</remarks>
    public Ink ToInk(int penWidth = PenWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(penWidth, 1);
        var ink = new byte[PadSize * PadSize];
        foreach ((int X, int Y)[] stroke in strokes)
            for (int i = 0; i < stroke.Length; i++)
                Draw(ink, stroke[Math.Max(0, i - 1)], stroke[i], penWidth / 2.0);
        return new Ink(PadSize, PadSize, ink);
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Join("; ", strokes.Select(stroke => string.Join(' ', stroke.Select(point => FormattableString.Invariant($"{point.X},{point.Y}")))));

    private static (int X, int Y) Point(string text)
    {
        string[] numbers = text.Split(',');
        if (numbers.Length == 2 && Number(numbers[0]) is { } x && Number(numbers[1]) is { } y) return (x, y);
        throw new FormatException($"'{text}' is not a point; points are written x,y in whole numbers from 0 to {PadSize}, as 60,200");
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= PadSize ? number : null;

    private static void Draw(byte[] ink, (int X, int Y) a, (int X, int Y) b, double radius)
    {
        int reach = (int)Math.Ceiling(radius) + 1;
        for (int row = Math.Max(0, Math.Min(a.Y, b.Y) - reach); row < Math.Min(PadSize, Math.Max(a.Y, b.Y) + reach); row++)
            for (int column = Math.Max(0, Math.Min(a.X, b.X) - reach); column < Math.Min(PadSize, Math.Max(a.X, b.X) + reach); column++)
            {
                double cover = Math.Clamp(radius + 0.5 - Distance(column + 0.5, row + 0.5, a, b), 0, 1);
                ref byte pixel = ref ink[(row * PadSize) + column];
                pixel = Math.Max(pixel, (byte)Math.Floor((255 * cover) + 0.5));
            }
    }

    /// <summary>From a point to a line from a to b.</summary>
    private static double Distance(double x, double y, (int X, int Y) a, (int X, int Y) b)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y, length = (dx * dx) + (dy * dy);
        double along = length == 0 ? 0 : Math.Clamp((((x - a.X) * dx) + ((y - a.Y) * dy)) / length, 0, 1);
        double right = x - (a.X + (along * dx)), down = y - (a.Y + (along * dy));
        return Math.Sqrt((right * right) + (down * down));
    }
}
