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
        if (images.Count < 32) throw new ArgumentException($"{images.Count} images are less than a batch of 32", nameof(images));
        ImageSet whole = images.Take(images.Count / 32 * 32);
        return new LitPixels(LitShare.Of(whole), LitShare.Of(whole, 2), OfPixelPairs(whole), LitShare.Of(whole, 32));
    }

    /// <summary>Share of the pixels 2k and 2k + 1 of an image of which at least one is lit; an odd last pixel is left out.</summary>
    private static double OfPixelPairs(ImageSet images)
    {
        int pairs = images.PixelCount / 2;
        long lit = 0;
        for (int image = 0; image < images.Count; image++)
        {
            ReadOnlySpan<byte> pixels = images.Image(image);
            for (int pair = 0; pair < pairs; pair++)
                if ((pixels[2 * pair] | pixels[(2 * pair) + 1]) != 0) lit++;
        }
        return lit / ((double)images.Count * pairs);
    }
}
