using System.Numerics.Tensors;

namespace Mnist.Lab.Measuring;

/// <summary>The share of pixels that are not 0: of the first layer's products, what a step that skips zeros computes.</summary>
internal static class LitShare
{
    /// <summary>Share of the pixels, 0 … 1, that are lit in at least one of so many images in a row.</summary>
    /// <param name="images">The images; what does not fill a group is left out.</param>
    /// <param name="together">Images in a group.</param>
    /// <exception cref="ArgumentException">There are fewer images than one group.</exception>
    public static double Of(ImageSet images, int together = 1)
    {
        int groups = images.Count / together, pixels = images.PixelCount;
        if (groups == 0) throw new ArgumentException($"{images.Count} images are less than {together}", nameof(images));
        long lit = 0;
        Span<byte> any = new byte[pixels];
        for (int group = 0; group < groups; group++)
        {
            any.Clear();
            for (int image = group * together; image < (group + 1) * together; image++)
                TensorPrimitives.BitwiseOr(any, images.Image(image), any);
            lit += pixels - any.Count((byte)0);
        }
        return lit / ((double)groups * pixels);
    }
}
