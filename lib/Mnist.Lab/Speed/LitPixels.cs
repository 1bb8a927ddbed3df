namespace Mnist.Lab.Speed;

/// <summary>How many pixels are not zero, counted: alone, together with others, at all.</summary>
/// <param name="One">Share of the pixels of an image that are not zero, 0 … 1.</param>
/// <param name="InAPair">Share that is not zero in at least one of two images that follow each other.</param>
/// <param name="InTwoPixels">Share that is not zero in at least one of two pixels of an image that lie side by side.</param>
/// <param name="InABatch">Share that is not zero in at least one of 32 images.</param>
public sealed record LitPixels(double One, double InAPair, double InTwoPixels, double InABatch)
{
    /// <summary>Counts.</summary>
    /// <param name="images">At least 32 images; what does not fill a batch of 32 is left out.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public static LitPixels Count(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return new LitPixels(Share(images, 1), Share(images, 2), ShareOfPixelPairs(images), Share(images, 32));
    }

    /// <summary>Share of the pixels that are lit in at least one of so many images in a row.</summary>
    private static double Share(ImageSet images, int together)
    {
        if (images.Count < 32) throw new ArgumentException($"{images.Count} images are less than a batch of 32", nameof(images));
        int groups = images.Count / 32 * 32 / together, pixels = images.PixelCount;
        long lit = 0;
        Span<byte> any = new byte[pixels];
        for (int group = 0; group < groups; group++)
        {
            any.Clear();
            for (int image = group * together; image < (group + 1) * together; image++)
                System.Numerics.Tensors.TensorPrimitives.BitwiseOr(any, images.Image(image), any);
            lit += pixels - any.Count((byte)0);
        }
        return lit / ((double)groups * pixels);
    }

    /// <summary>Share of the pixels 2k and 2k + 1 of an image of which at least one is lit; an odd last pixel is left out.</summary>
    private static double ShareOfPixelPairs(ImageSet images)
    {
        int used = images.Count / 32 * 32, pairs = images.PixelCount / 2;
        long lit = 0;
        for (int image = 0; image < used; image++)
        {
            ReadOnlySpan<byte> pixels = images.Image(image);
            for (int pair = 0; pair < pairs; pair++)
                if ((pixels[2 * pair] | pixels[(2 * pair) + 1]) != 0) lit++;
        }
        return lit / ((double)used * pairs);
    }
}
