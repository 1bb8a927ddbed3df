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

    private readonly byte[][] pixels; // a thread's copy of the batch: [batch, pixels]
    private readonly ulong[][] bySample; // which of them are lit: [batch, words], a bit a pixel
    private readonly ulong[][] byPixel; // the same bits: [pixels, words], a bit a sample
    private readonly int words;

    /// <summary>A step for a network and a set of images.</summary>
    /// <exception cref="ArgumentException">The images have another number of pixels than the network has inputs.</exception>
    public ZeroSkippingStep(Network network, ImageSet images, TrainingOptions options)
        : base(network, images, options)
    {
        words = BitMatrix.Words(images.PixelCount);
        T[][] ForEachThread<T>(int length) => [.. Enumerable.Range(0, options.ThreadCount).Select(_ => GC.AllocateArray<T>(length, pinned: true))];
        pixels = ForEachThread<byte>(options.BatchSize * images.PixelCount);
        bySample = ForEachThread<ulong>(options.BatchSize * words);
        byPixel = ForEachThread<ulong>(words * 64 * BitMatrix.Words(options.BatchSize));
    }

    private protected override unsafe void Load(Share share, ReadOnlySpan<int> images)
    {
        int count = Images.PixelCount;
        fixed (byte* bytes = pixels[share.Member])
        fixed (ulong* samples = bySample[share.Member], lit = byPixel[share.Member])
        {
            for (int row = 0; row < images.Length; row++)
            {
                Images.Image(images[row]).CopyTo(new Span<byte>(bytes + (row * count), count));
                BitMatrix.FromBytes(bytes + (row * count), count, samples + (row * words));
            }
            BitMatrix.Transpose(samples, images.Length, words, lit);
        }
    }

    private protected override unsafe void FirstForward<TEpilogue>(Share share, MatrixProduct product)
    {
        fixed (byte* bytes = pixels[share.Member])
        fixed (ulong* masks = bySample[share.Member])
        {
            var block = new SkippingProduct { Product = product, Pixels = bytes, PixelRow = Images.PixelCount, PixelDepth = 1, Values = BytesToFloats.Table, Masks = masks, MaskRow = words };
            for (int word = 0; word < words; word += BlockWords)
            {
                block.Words = Math.Min(BlockWords, words - word);
                if (word + BlockWords < words) block.Compute<NoEpilogue>(Simd.Best, pairs: false);
                else block.Compute<TEpilogue>(Simd.Best, pairs: false);

                // The next block of pixels goes on where this one ended.
                block.Pixels += BlockWords * 64;
                block.Masks += BlockWords;
                block.Product.B += BlockWords * 64 * product.BRow;
                block.Product.InitialC = product.C;
                block.Product.InitialCRow = product.CRow;
            }
        }
    }

    private protected override unsafe void FirstUpdate(Share share, MatrixProduct product)
    {
        int sampleWords = BitMatrix.Words(product.Depth);
        fixed (byte* bytes = pixels[share.Member])
        fixed (ulong* masks = byPixel[share.Member])
            new SkippingProduct { Product = product, Pixels = bytes, PixelRow = 1, PixelDepth = Images.PixelCount, Values = BytesToFloats.Table, Masks = masks, MaskRow = sampleWords, Words = sampleWords }
                .Compute<NoEpilogue>(Simd.Best, pairs: true);
    }
}
