using System.Globalization;

namespace Mnist.Lab;

/// <summary>From bytes to pictures.</summary>
internal static class Pixels
{
    /// <summary>Grey values as shares 0 … 1.</summary>
    public static float[] Shares(ReadOnlySpan<byte> pixels)
    {
        var shares = new float[pixels.Length];
        for (int i = 0; i < shares.Length; i++) shares[i] = pixels[i] / 255f;
        return shares;
    }

    /// <summary>The part with ink and one pixel about it, with each grey value in its pixel; row and column numbers as in the image.</summary>
    public static Figure WithValues(string title, ReadOnlySpan<byte> pixels, int rows, int columns)
    {
        int top = rows, left = columns, bottom = -1, right = -1;
        for (int i = 0; i < pixels.Length; i++)
        {
            if (pixels[i] == 0) continue;
            (top, bottom) = (Math.Min(top, i / columns), Math.Max(bottom, i / columns));
            (left, right) = (Math.Min(left, i % columns), Math.Max(right, i % columns));
        }
        if (bottom < 0) (top, left, bottom, right) = (0, 0, rows - 1, columns - 1);
        (top, left, bottom, right) = (Math.Max(0, top - 1), Math.Max(0, left - 1), Math.Min(rows - 1, bottom + 1), Math.Min(columns - 1, right + 1));

        var values = new float[bottom - top + 1][];
        var texts = new string[values.Length][];
        for (int row = 0; row < values.Length; row++)
        {
            ReadOnlySpan<byte> part = pixels.Slice(((top + row) * columns) + left, right - left + 1);
            values[row] = Shares(part);
            texts[row] = [.. part.ToArray().Select(value => value == 0 ? "" : value.ToString(CultureInfo.InvariantCulture))];
        }
        return new Figure(title).Heatmap("pixels", values, ColorMap.Ink, 0, 1, texts, scale: false,
            rowLabels: Enumerable.Range(top, values.Length).Select(i => $"{i}"), columnLabels: Enumerable.Range(left, right - left + 1).Select(i => $"{i}"))
            .XAxis("pixel column").YAxis("pixel row")
            .Described($"Grey values 0 … 255 of rows {top} to {bottom} and columns {left} to {right} of an image of {rows} × {columns} pixels; a pixel without a number is 0.");
    }
}
