namespace Mnist.Lab.Memory;

/// <summary>Bytes cut into rows: an image has no width of its own, only a length.</summary>
public static class ImageBytes
{
    /// <summary>The bytes row below row, as ink; what is missing in the last row is grey.</summary>
    /// <param name="bytes">Grey values 0 (paper) … 255 (ink).</param>
    /// <param name="width">Bytes of a row, at least 1.</param>
    public static Figure Cut(byte[] bytes, int width)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        int rows = (bytes.Length + width - 1) / width;
        float[][] shares = [.. Enumerable.Range(0, rows).Select(row => Row(bytes, row * width, width))];
        return new Figure($"{width} bytes per row").Heatmap("bytes", shares, ColorMap.Ink, 0, 1, scale: false)
            .Described($"{bytes.Length} bytes cut into {rows} rows of {width}.");
    }

    private static float[] Row(byte[] bytes, int first, int width) => [.. Enumerable.Range(first, width).Select(i => i < bytes.Length ? bytes[i] / 255f : float.NaN)];
}
