using Mnist.Kernels;

namespace Mnist.Runner.Bench;

/// <summary>A batch of images as the training step holds it: floats, and a bit for each pixel that is not zero, by sample and by pixel.</summary>
internal sealed unsafe class SparseBatch
{
    private const uint AllParts = (1u << ImageWords.Parts) - 1;
    private readonly ImageSet images;
    private readonly int first;
    private readonly int words;
    private readonly Matrix inputs; // word under word: [words × batch, 64 pixels]
    private readonly ulong[] bySample; // [words, batch]
    private readonly ulong[] byPixel; // [words × 64]

    /// <param name="images">The images.</param>
    /// <param name="first">The batch's first image.</param>
    /// <param name="count">At most 64 images.</param>
    public SparseBatch(ImageSet images, int first, int count)
    {
        this.images = images;
        this.first = first;
        Count = count;
        words = BitMatrix.Words(images.PixelCount);
        inputs = new Matrix(words * count, ImageWords.Pixels);
        bySample = GC.AllocateArray<ulong>(words * count, pinned: true);
        byPixel = GC.AllocateArray<ulong>(words * ImageWords.Pixels, pinned: true);
        Load(Simd.Best);
    }

    /// <summary>Images.</summary>
    public int Count { get; }

    /// <summary>Pixels that are not zero.</summary>
    public int Lit => bySample.Sum(word => System.Numerics.BitOperations.PopCount(word));

    /// <summary>Bytes → floats and bits, and the bits turned over.</summary>
    public void Load(VectorWidth width)
    {
        fixed (ulong* lit = bySample, columns = byPixel)
        {
            for (int row = 0; row < Count; row++)
                fixed (byte* image = images.Image(first + row))
                    ImageWords.Load(width, image, images.PixelCount, AllParts, inputs.Pointer + (row * (nint)inputs.Stride), Count * (nint)inputs.Stride, lit + row, Count);
            for (int word = 0; word < words; word++) BitMatrix.TransposeWord(lit + (word * Count), Count, 1, columns + (word * ImageWords.Pixels));
        }
    }

    /// <summary>The layer's sums, without the ReLU.</summary>
    public void Forward(VectorWidth width, DenseLayer layer, Matrix outputs)
    {
        MatrixProduct product = DenseForward.Product(inputs, layer.Weights, layer.Bias, outputs) with { Rows = Count };
        fixed (ulong* lit = bySample)
        {
            for (int word = 0; word < words; word++)
            {
                product.A = inputs.Pointer + (word * Count * (nint)inputs.Stride);
                product.B = layer.Weights.Pointer + (word * ImageWords.Pixels * (nint)layer.Weights.Stride);
                new SparseProduct { Product = product, Masks = lit + (word * Count), MaskRow = 1, Words = 1 }.Compute<NoEpilogue>(width);
                product.InitialC = product.C;
                product.InitialCRow = product.CRow;
            }
        }
    }

    /// <summary>Adds the batch's changes to the layer's weights.</summary>
    public void Update(VectorWidth width, DenseLayer layer, Matrix changes)
    {
        fixed (ulong* columns = byPixel)
        {
            for (int word = 0; word < words; word++)
            {
                int start = word * ImageWords.Pixels;
                MatrixProduct product = DenseWeightGradient.Product(inputs, changes, layer.Weights).OfRows(start, Math.Min(ImageWords.Pixels, images.PixelCount - start));
                product.A = inputs.Pointer + (word * Count * (nint)inputs.Stride);
                product.Depth = Count;
                new SparseProduct { Product = product, Masks = columns + start, MaskRow = 1, Words = 1 }.Compute<NoEpilogue>(width);
            }
        }
    }
}
