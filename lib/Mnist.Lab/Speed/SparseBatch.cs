using System.Numerics;
using Mnist.Kernels;

namespace Mnist.Lab.Speed;

/// <summary>
/// A batch of images as <see cref="ZeroSkippingStep"/> holds it, floats and a bit for each pixel that is not zero, by sample
/// and by pixel; and the first layer's two products, by the same kernels on the same words.
/// </summary>
internal sealed unsafe class SparseBatch
{
    /// <summary>A bit for each part of the pixels, see <see cref="ImageWords.PartOf"/>.</summary>
    public const uint AllParts = (1u << ImageWords.Parts) - 1;

    private readonly ImageSet images;
    private readonly int count, words;
    private readonly Matrix inputs; // word under word: [words × batch, 64 pixels]
    private readonly ulong[] bySample; // [words, batch]
    private readonly ulong[] byPixel; // [words × 64]

    /// <param name="images">The images.</param>
    /// <param name="count">Images per batch, at most 64.</param>
    public SparseBatch(ImageSet images, int count)
    {
        (this.images, this.count, words) = (images, count, BitMatrix.Words(images.PixelCount));
        inputs = new Matrix(words * count, ImageWords.Pixels);
        bySample = GC.AllocateArray<ulong>(words * count, pinned: true);
        byPixel = GC.AllocateArray<ulong>(words * ImageWords.Pixels, pinned: true);
    }

    /// <summary>Pixels that are not zero.</summary>
    public int Lit => bySample.Sum(word => BitOperations.PopCount(word));

    /// <summary>Bytes → floats and bits, and the bits turned over.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="first">The first image.</param>
    /// <param name="parts">Which parts of the pixels.</param>
    public void Load(VectorWidth width, int first, uint parts = AllParts)
    {
        fixed (ulong* lit = bySample, turned = byPixel)
        {
            for (int row = 0; row < count; row++)
                fixed (byte* image = images.Image(first + row))
                    ImageWords.Load(width, image, images.PixelCount, parts, inputs.Pointer + (row * (nint)inputs.Stride), count * (nint)inputs.Stride, lit + row, count);
            for (int word = 0; word < words; word++)
                if (ImageWords.IsIn(parts, word, words)) BitMatrix.TransposeWord(lit + (word * count), count, 1, turned + (word * ImageWords.Pixels));
        }
    }

    /// <summary>Adds the batch times the weights to the sums.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="weights">[pixels, outputs].</param>
    /// <param name="sums">[batch, outputs].</param>
    /// <param name="parts">Of which parts of the pixels.</param>
    /// <param name="columns">Of how many outputs, a multiple of 16; null: of all.</param>
    public void Forward(VectorWidth width, Matrix weights, Matrix sums, uint parts = AllParts, int? columns = null)
    {
        fixed (ulong* lit = bySample)
        {
            for (int word = 0; word < words; word++)
            {
                if (!ImageWords.IsIn(parts, word, words)) continue;
                (int first, int pixels) = ImageWords.PixelsOf(word, images.PixelCount);
                MatrixProduct product = DenseForward.Product(inputs, weights, sums, sums);
                product.A = inputs.Pointer + (word * count * (nint)inputs.Stride);
                product.B = weights.Pointer + (first * (nint)weights.Stride);
                (product.Rows, product.Depth, product.Columns, product.InitialCRow) = (count, pixels, columns ?? weights.Stride, product.CRow);
                new SparseProduct { Product = product, Masks = lit + (word * count), MaskRow = 1, Words = 1 }.Compute<NoEpilogue>(width);
            }
        }
    }

    /// <summary>Adds the batch times its changes to the weights.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="weights">[pixels, outputs].</param>
    /// <param name="changes">[batch, outputs].</param>
    /// <param name="parts">Of which parts of the pixels.</param>
    /// <param name="columns">Of how many outputs, a multiple of 16; null: of all.</param>
    public void Update(VectorWidth width, Matrix weights, Matrix changes, uint parts = AllParts, int? columns = null)
    {
        fixed (ulong* turned = byPixel)
        {
            for (int word = 0; word < words; word++)
            {
                if (!ImageWords.IsIn(parts, word, words)) continue;
                (int first, int pixels) = ImageWords.PixelsOf(word, images.PixelCount);
                MatrixProduct product = DenseWeightGradient.Product(inputs, changes, weights).OfRows(first, pixels);
                product.A = inputs.Pointer + (word * count * (nint)inputs.Stride);
                (product.Depth, product.Columns) = (count, columns ?? weights.Stride);
                new SparseProduct { Product = product, Masks = turned + first, MaskRow = 1, Words = 1 }.Compute<NoEpilogue>(width);
            }
        }
    }
}
