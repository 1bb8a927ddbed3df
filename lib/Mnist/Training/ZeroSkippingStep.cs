using Mnist.Kernels;

namespace Mnist;

/// <summary>
/// <see cref="FusedStep"/> without the multiplications by zero: four of five pixels are black, and the first layer is
/// nine tenths of the work. A bit for each pixel says whether it is lit; the first layer's products walk those bits.
/// </summary>
/// <remarks>The trained weights have the same bits as those of <see cref="FusedStep"/>, as long as they are finite and none is −0.</remarks>
public sealed class ZeroSkippingStep : FusedStep
{
    private readonly ulong[] bySample; // which pixels are lit: [words, batch], a bit per pixel
    private readonly ulong[] byPixel; // the same bits: [pixels, sample words], a bit per sample
    private readonly int batchSize;

    /// <summary>A step for a network, which it trains in place, and a set of images.</summary>
    /// <exception cref="ArgumentException">The images have another number of pixels than the network has inputs, or a label that is none of its classes.</exception>
    public ZeroSkippingStep(Network network, ImageSet images, TrainingOptions options)
        : this(network, images, options, governor: null)
    {
    }

    internal ZeroSkippingStep(Network network, ImageSet images, TrainingOptions options, IGovernor? governor)
        : base(network, images, options, governor)
    {
        batchSize = options.BatchSize;
        bySample = GC.AllocateArray<ulong>(options.BatchSize * Words, pinned: true);
        byPixel = GC.AllocateArray<ulong>(Words * ImageWords.Pixels * BitMatrix.Words(options.BatchSize), pinned: true);
    }

    private protected override unsafe void Load(ReadOnlySpan<int> samples, uint parts)
    {
        fixed (ulong* lit = bySample, columns = byPixel)
        {
            for (int row = 0; row < samples.Length; row++)
            {
                Fetch(samples, row + FetchedAhead, parts);
                fixed (byte* image = Images.Image(samples[row]))
                    ImageWords.Load(Simd.Best, image, Images.PixelCount, parts, Row(Inputs, row), batchSize * (nint)Inputs.Stride, lit + row, batchSize);
            }
            for (int word = 0; word < Words; word++)
                if (ImageWords.IsIn(parts, word, Words))
                    BitMatrix.TransposeWord(lit + (word * batchSize), samples.Length, 1, columns + (word * ImageWords.Pixels * BitMatrix.Words(samples.Length)));
        }
    }

    private protected override unsafe void ForwardWord(MatrixProduct product, int word)
    {
        fixed (ulong* masks = bySample)
            new SparseProduct { Product = product, Masks = masks + (word * batchSize), MaskRow = 1, Words = 1 }.Compute<NoEpilogue>(Simd.Best);
    }

    private protected override unsafe void UpdateWord(MatrixProduct product, int word)
    {
        int samples = BitMatrix.Words(product.Depth);
        fixed (ulong* masks = byPixel)
            new SparseProduct { Product = product, Masks = masks + (word * ImageWords.Pixels * samples), MaskRow = samples, Words = samples }.Compute<NoEpilogue>(Simd.Best);
    }
}
