namespace Mnist.Lab.Pad;

/// <summary>What is done to a picture before a network gets it.</summary>
public enum Normalization
{
    /// <summary>The whole picture, made smaller to 28 × 28.</summary>
    Raw,

    /// <summary>The part with ink, scaled so that its longer side is 20 pixels, in the middle of 28 × 28.</summary>
    Scaled,

    /// <summary>Scaled like that, and placed so that its centre of mass is the middle of 28 × 28: what was done to every MNIST digit.</summary>
    Centered,
}

/// <summary>
/// Makes a picture of any size into MNIST's 28 × 28, in the way in which MNIST's digits were made: "normalized to fit in a
/// 20x20 pixel box while preserving their aspect ratio", then "centered in a 28x28 image by computing the center of mass
/// of the pixels, and translating the image so as to position this point at the center of the 28x28 field".
/// </summary>
/// <remarks>
/// Source: Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits". Digits move by whole pixels, so
/// that one which is normalized already stays as it is. normalize.js in the page of the drawing pad computes the same, to
/// the last bit: change both or none.
/// </remarks>
public static class Normalizer
{
    /// <summary>Rows and columns of what comes out.</summary>
    public const int Size = 28;

    private const int BoxSize = 20;
    private const int Middle = 14; // each MNIST digit's centre of mass is within half a pixel of pixel [14, 14], counted from 0

    private readonly record struct Box(int Top, int Left, int Rows, int Columns);

    /// <summary>Normalizes one picture.</summary>
    /// <param name="ink">Ink 0 … 255, row after row: [rows × columns].</param>
    /// <param name="rows">Pixel rows.</param>
    /// <param name="columns">Pixel columns.</param>
    /// <param name="how">What is done.</param>
    /// <returns>[28 × 28], 0 … 255; without ink in it when the picture has none.</returns>
    public static byte[] Apply(ReadOnlySpan<byte> ink, int rows, int columns, Normalization how)
    {
        if (ink.Length != rows * columns) throw new ArgumentException($"a picture of {rows} × {columns} has {rows * columns} pixels, not {ink.Length}", nameof(ink));
        var result = new byte[Size * Size];
        Box box = how == Normalization.Raw ? new Box(0, 0, rows, columns) : InkBox(ink, rows, columns);
        if (box.Rows == 0) return result;
        double scale = (how == Normalization.Raw ? Size : BoxSize) / (double)Math.Max(box.Rows, box.Columns);
        int height = Math.Max(1, (int)Math.Floor((box.Rows * scale) + 0.5)), width = Math.Max(1, (int)Math.Floor((box.Columns * scale) + 0.5));
        byte[] small = Resized(ink, columns, box, height, width);
        (int top, int left) = how == Normalization.Centered ? PlaceByMass(small, height, width) : ((Size - height) / 2, (Size - width) / 2);
        for (int row = 0; row < height; row++)
            small.AsSpan(row * width, width).CopyTo(result.AsSpan(((top + row) * Size) + left));
        return result;
    }

    /// <summary>Normalizes every image of a set.</summary>
    /// <param name="images">The images.</param>
    /// <param name="how">What is done.</param>
    /// <returns>As many images of 28 × 28 with the same labels.</returns>
    public static ImageSet Apply(ImageSet images, Normalization how)
    {
        ArgumentNullException.ThrowIfNull(images);
        var pixels = new byte[images.Count * Size * Size];
        Parallel.For(0, images.Count, i => Apply(images.Image(i), images.Rows, images.Columns, how).CopyTo(pixels.AsSpan(i * Size * Size)));
        return new ImageSet(Size, Size, pixels, images.Labels.ToArray());
    }

    /// <summary>The centre of mass of a picture: the mean place of its pixels, each counted by its ink; NaN without ink.</summary>
    /// <param name="ink">Ink 0 … 255, row after row.</param>
    /// <param name="columns">Pixel columns.</param>
    /// <returns>In pixels, counted from 0: 14 is the middle of pixel 14.</returns>
    public static (double Column, double Row) CenterOfMass(ReadOnlySpan<byte> ink, int columns)
    {
        double mass = 0, across = 0, down = 0;
        for (int i = 0; i < ink.Length; i++)
        {
            mass += ink[i];
            across += ink[i] * (i % columns);
            down += ink[i] * (i / columns);
        }
        return (across / mass, down / mass);
    }

    /// <summary>The smallest box with all the ink; no rows when there is none.</summary>
    private static Box InkBox(ReadOnlySpan<byte> ink, int rows, int columns)
    {
        int top = rows, left = columns, bottom = -1, right = -1;
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
            {
                if (ink[(row * columns) + column] == 0) continue;
                (top, bottom) = (Math.Min(top, row), row);
                (left, right) = (Math.Min(left, column), Math.Max(right, column));
            }
        return bottom < 0 ? default : new Box(top, left, bottom - top + 1, right - left + 1);
    }

    /// <summary>Each new pixel is the mean of the old ones under it, parts of pixels included: [height × width].</summary>
    private static byte[] Resized(ReadOnlySpan<byte> ink, int columns, Box box, int height, int width)
    {
        var result = new byte[height * width];
        double tall = (double)box.Rows / height, wide = (double)box.Columns / width; // old pixels per new one
        for (int row = 0; row < height; row++)
            for (int column = 0; column < width; column++)
            {
                double top = row * tall, left = column * wide, bottom = top + tall, right = left + wide, sum = 0;
                for (int y = (int)top; y < Math.Min(box.Rows, bottom); y++)
                    for (int x = (int)left; x < Math.Min(box.Columns, right); x++)
                        sum += (Math.Min(bottom, y + 1) - Math.Max(top, y)) * (Math.Min(right, x + 1) - Math.Max(left, x)) * ink[((box.Top + y) * columns) + box.Left + x];
                result[(row * width) + column] = (byte)Math.Min(255, Math.Floor((sum / (tall * wide)) + 0.5));
            }
        return result;
    }

    /// <summary>Where the upper left corner goes, so that the centre of mass is nearest to the middle and no ink is lost.</summary>
    private static (int Top, int Left) PlaceByMass(byte[] small, int height, int width)
    {
        (double column, double row) = CenterOfMass(small, width);
        if (double.IsNaN(row)) return ((Size - height) / 2, (Size - width) / 2); // ink so faint that it rounds to none
        int Place(double mean, int length) => Math.Clamp((int)Math.Floor(Middle - mean + 0.5), 0, Size - length);
        return (Place(row, height), Place(column, width));
    }
}
