namespace Mnist;

/// <summary>More training images than there are: copies moved by a few pixels, which keep their labels.</summary>
/// <remarks>
/// Each image draws how far it goes to the right and then down, both evenly from −most … most, from a generator with the
/// given seed: equal arguments give equal images, everywhere.
/// </remarks>
public static class Augmentation
{
    /// <summary>Every image moved at random.</summary>
    /// <param name="images">The images.</param>
    /// <param name="most">The farthest that one is moved along each axis, in pixels, 0 or more. MNIST's digits have 4 pixels of paper around them.</param>
    /// <param name="seed">Seed of the moves.</param>
    /// <returns>As many images, in their order.</returns>
    public static ImageSet MovedAtRandom(ImageSet images, int most, uint seed) => Copies(images, originals: 0, copies: 1, most, seed);

    /// <summary>Every image, and after it copies of it that are moved at random.</summary>
    /// <param name="images">The images.</param>
    /// <param name="copies">Moved copies of each image, 0 or more.</param>
    /// <param name="most">The farthest that one is moved along each axis, in pixels, 0 or more.</param>
    /// <param name="seed">Seed of the moves.</param>
    /// <returns>(1 + copies) times as many images.</returns>
    public static ImageSet WithMovedCopies(ImageSet images, int copies, int most, uint seed) => Copies(images, originals: 1, copies, most, seed);

    private static ImageSet Copies(ImageSet images, int originals, int copies, int most, uint seed)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfNegative(copies);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        int each = originals + copies, size = images.PixelCount;
        var pixels = new byte[checked(images.Count * each * size)];
        var labels = new byte[images.Count * each];
        var random = new Xoshiro256(seed);
        for (int i = 0; i < labels.Length; i++)
        {
            bool moves = i % each >= originals;
            int right = moves ? random.NextInt((2 * most) + 1) - most : 0, down = moves ? random.NextInt((2 * most) + 1) - most : 0;
            Move(images.Image(i / each), pixels.AsSpan(i * size), images.Rows, images.Columns, right, down);
            labels[i] = images.Labels[i / each];
        }
        return new ImageSet(images.Rows, images.Columns, pixels, labels);
    }

    /// <summary>Copies an image to a place that is all 0, moved.</summary>
    internal static void Move(ReadOnlySpan<byte> image, Span<byte> moved, int rows, int columns, int right, int down)
    {
        int width = columns - Math.Abs(right);
        if (width <= 0) return;
        for (int row = Math.Max(0, -down); row < Math.Min(rows, rows - down); row++)
            image.Slice((row * columns) + Math.Max(0, -right), width).CopyTo(moved[(((row + down) * columns) + Math.Max(0, right))..]);
    }
}
