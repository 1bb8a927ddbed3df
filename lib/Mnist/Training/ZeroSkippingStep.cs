using Mnist.Kernels;

namespace Mnist;

/// <summary>
/// <see cref="FusedStep"/> without the multiplications by zero: four of five pixels are black, and the first layer is
/// nine tenths of the work. A bit for each pixel says whether it is lit; the first layer's products walk those bits.
/// </summary>
/// <remarks>The trained weights have the same bits as those of <see cref="FusedStep"/>.</remarks>
public sealed class ZeroSkippingStep : FusedStep
{
    /// <summary>Words of 64 pixels done for all samples before the next: their rows of W1 stay in the first-level cache.</summary>
    private const int BlockWords = 2;

    private readonly ulong[][] bySample; // a thread's masks: [batch, words], a bit a pixel
    private readonly ulong[][] byPixel; // the same bits: [pixels, words], a bit a sample
    private readonly int words;

    /// <summary>A step for a network and a set of images.</summary>
    /// <exception cref="ArgumentException">The images have another number of pixels than the network has inputs.</exception>
    public ZeroSkippingStep(Network network, ImageSet images, TrainingOptions options)
        : base(network, images, options)
    {
        words = BitMatrix.Words(images.PixelCount);
        ulong[][] Masks(int length) => [.. Enumerable.Range(0, options.ThreadCount).Select(_ => GC.AllocateArray<ulong>(length, pinned: true))];
        bySample = Masks(options.BatchSize * words);
        byPixel = Masks(words * 64 * BitMatrix.Words(options.BatchSize));
    }

    private protected override unsafe void Load(Share lead, ReadOnlySpan<int> images)
    {
        base.Load(lead, images);
        fixed (ulong* samples = bySample[lead.Member], pixels = byPixel[lead.Member])
        {
            for (int row = 0; row < images.Length; row++)
                fixed (byte* bytes = Images.Image(images[row]))
                    BitMatrix.FromBytes(bytes, Images.PixelCount, samples + (row * words));
            BitMatrix.Transpose(samples, images.Length, words, pixels);
        }
    }

    private protected override unsafe void FirstForward<TLast>(Share lead, MatrixProduct product)
    {
        fixed (ulong* masks = bySample[lead.Member])
        {
            for (int word = 0; word < words; word += BlockWords)
            {
                var block = new SkippingProduct { Product = product, Masks = masks + word, MaskRow = words, Words = Math.Min(BlockWords, words - word) };
                block.Product.A += word * 64;
                block.Product.B += word * 64 * product.BRow;
                if (word > 0)
                {
                    block.Product.Start = product.C;
                    block.Product.StartRow = product.CRow;
                }
                if (word + BlockWords < words) block.Compute<Unchanged>(Simd.Best, pairs: false);
                else block.Compute<TLast>(Simd.Best, pairs: false);
            }
        }
    }

    private protected override unsafe void FirstUpdate(Share lead, MatrixProduct product)
    {
        int sampleWords = BitMatrix.Words(product.Depth);
        fixed (ulong* masks = byPixel[lead.Member])
            new SkippingProduct { Product = product, Masks = masks, MaskRow = sampleWords, Words = sampleWords }
                .Compute<Unchanged>(Simd.Best, pairs: true);
    }
}
