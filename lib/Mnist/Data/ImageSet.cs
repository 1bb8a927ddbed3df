namespace Mnist;

/// <summary>Images and their labels, all in memory at once; bytes stay bytes.</summary>
public sealed class ImageSet
{
    private readonly byte[] pixels;
    private readonly byte[] labels;

    /// <summary>A set of labelled images.</summary>
    /// <param name="rows">Pixel rows of an image.</param>
    /// <param name="columns">Pixel columns of an image.</param>
    /// <param name="pixels">Grey values 0 … 255, image after image, row after row: [count × rows × columns].</param>
    /// <param name="labels">The true classes, 0 … 9: [count].</param>
    /// <exception cref="ArgumentException">The two differ in count, or a label is over 9.</exception>
    public ImageSet(int rows, int columns, byte[] pixels, byte[] labels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if ((Int128)labels.Length * rows * columns != pixels.Length)
            throw new ArgumentException($"{labels.Length} labels need {labels.Length} images of {rows} × {columns} pixels, but there are {pixels.Length} pixels", nameof(pixels));
        MustBeDigits(labels);
        Rows = rows;
        Columns = columns;
        this.pixels = pixels;
        this.labels = labels;
    }

    /// <summary>Number of images.</summary>
    public int Count => labels.Length;

    /// <summary>Pixel rows of an image: 28 in MNIST.</summary>
    public int Rows { get; }

    /// <summary>Pixel columns of an image: 28 in MNIST.</summary>
    public int Columns { get; }

    /// <summary>Pixels of an image: 784 in MNIST.</summary>
    public int PixelCount => Rows * Columns;

    /// <summary>All grey values, image after image: [count × pixels].</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>All labels: [count].</summary>
    public ReadOnlySpan<byte> Labels => labels;

    /// <summary>The grey values of one image, row after row: [pixels].</summary>
    public ReadOnlySpan<byte> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return pixels.AsSpan(index * PixelCount, PixelCount);
    }

    /// <summary>A range of the images as the network's input X: grey values ÷ 255, [count, pixels].</summary>
    /// <param name="first">The first image.</param>
    /// <param name="count">Number of images.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not in the set.</exception>
    public Matrix ToMatrix(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(Count - first), nameof(count));
        var matrix = new Matrix(count, PixelCount);
        for (int i = 0; i < count; i++) Kernels.BytesToFloats.Compute(Image(first + i), matrix.Row(i));
        return matrix;
    }

    /// <summary>The first images only, sharing no memory with this set.</summary>
    public ImageSet Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Count, nameof(count));
        return new ImageSet(Rows, Columns, pixels[..(count * PixelCount)], labels[..count]);
    }

    /// <summary>Every image moved by the same number of pixels; what leaves the picture is lost, what comes in is 0.</summary>
    /// <param name="right">Pixels to the right; negative: to the left.</param>
    /// <param name="down">Pixels down; negative: up.</param>
    public ImageSet Moved(int right, int down)
    {
        var moved = new byte[pixels.Length];
        for (int i = 0; i < Count; i++) Augmentation.Move(Image(i), moved.AsSpan(i * PixelCount), Rows, Columns, right, down);
        return new ImageSet(Rows, Columns, moved, (byte[])labels.Clone());
    }

    /// <summary>Labels are 0 … 9.</summary>
    /// <exception cref="ArgumentException">One is not.</exception>
    internal static void MustBeDigits(ReadOnlySpan<byte> labels)
    {
        int wrong = labels.IndexOfAnyExceptInRange((byte)0, (byte)(MnistData.Classes - 1));
        if (wrong >= 0)
            throw new ArgumentException($"label {wrong} is {labels[wrong]}, but a label is 0 … {MnistData.Classes - 1}", nameof(labels));
    }

    /// <summary>One line: how many images of what size.</summary>
    public override string ToString() => FormattableString.Invariant($"{Count:N0} images of {Rows} × {Columns} pixels");
}
