using Mnist.Kernels;

namespace Mnist.Lab.Speed;

/// <summary>
/// The first layer of the zero-skipping step, nine tenths of its arithmetic, so that it can be cut in two in either
/// direction: bytes → floats and bits, forward, update. As <see cref="ZeroSkippingStep"/> does it, without the rest.
/// </summary>
internal sealed unsafe class FirstLayer
{
    private readonly ImageSet images;
    private readonly int rows, words;
    private readonly Matrix inputs; // word under word: [words × batch, 64]
    private readonly Matrix weights, sums, changes;
    private readonly ulong[] bySample, byPixel;

    public FirstLayer(ImageSet images, int outputs, int rows)
    {
        (this.images, this.rows) = (images, rows);
        words = BitMatrix.Words(images.PixelCount);
        inputs = new Matrix(words * rows, ImageWords.Pixels);
        weights = new Matrix(images.PixelCount, outputs);
        for (int i = 0; i < weights.Padded.Length; i++) weights.Padded[i] = ((i % 13) - 6) * 1e-3f;
        sums = new Matrix(rows, outputs);
        changes = new Matrix(rows, outputs);
        changes.Padded.Fill(1e-9f);
        bySample = GC.AllocateArray<ulong>(words * rows, pinned: true);
        byPixel = GC.AllocateArray<ulong>(words * ImageWords.Pixels * BitMatrix.Words(rows), pinned: true);
    }

    /// <summary>What the batches so far have added up to: [batch, outputs].</summary>
    public Matrix Sums => sums;

    /// <summary>The weights, which each batch changes a little: [pixels, outputs].</summary>
    public Matrix Weights => weights;

    /// <summary>One batch: some parts of the pixels, some of the columns.</summary>
    /// <param name="batch">Which batch of the images.</param>
    /// <param name="parts">A bit for each part of the pixels, see <see cref="ImageWords.PartOf"/>.</param>
    /// <param name="columns">Of how many columns.</param>
    public void Run(int batch, uint parts, int columns)
    {
        fixed (ulong* lit = bySample, turned = byPixel)
        {
            for (int row = 0; row < rows; row++)
                fixed (byte* image = images.Image((batch * rows) + row))
                    ImageWords.Load(Simd.Best, image, images.PixelCount, parts, inputs.Pointer + (row * (nint)inputs.Stride), rows * (nint)inputs.Stride, lit + row, rows);
            for (int word = 0; word < words; word++)
            {
                if ((parts >> ImageWords.PartOf(word, words) & 1) == 0) continue;
                ulong* pixels = turned + (word * ImageWords.Pixels * BitMatrix.Words(rows));
                BitMatrix.TransposeWord(lit + (word * rows), rows, 1, pixels);
                Forward(word, columns, lit + (word * rows));
                Update(word, columns, pixels);
            }
        }
    }

    private void Forward(int word, int columns, ulong* masks)
    {
        (int first, int pixels) = PixelsOf(word);
        MatrixProduct product = DenseForward.Product(inputs, weights, sums, sums);
        product.A = inputs.Pointer + (word * rows * (nint)inputs.Stride);
        product.B = weights.Pointer + (first * (nint)weights.Stride);
        (product.Rows, product.Depth, product.Columns, product.InitialCRow) = (rows, pixels, columns, product.CRow);
        new SparseProduct { Product = product, Masks = masks, MaskRow = 1, Words = 1 }.Compute<NoEpilogue>(Simd.Best);
    }

    private void Update(int word, int columns, ulong* masks)
    {
        (int first, int pixels) = PixelsOf(word);
        MatrixProduct product = DenseWeightGradient.Product(inputs, changes, weights).OfRows(first, pixels);
        product.A = inputs.Pointer + (word * rows * (nint)inputs.Stride);
        (product.Depth, product.Columns) = (rows, columns);
        int samples = BitMatrix.Words(rows);
        new SparseProduct { Product = product, Masks = masks, MaskRow = samples, Words = samples }.Compute<NoEpilogue>(Simd.Best);
    }

    private (int First, int Count) PixelsOf(int word) => (word * ImageWords.Pixels, Math.Min(ImageWords.Pixels, images.PixelCount - (word * ImageWords.Pixels)));
}
