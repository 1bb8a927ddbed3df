using Mnist.Kernels;

namespace Mnist.Lab.Speed;

/// <summary>
/// The first layer of the zero-skipping step, nine tenths of its arithmetic, so that it can be cut in two in either
/// direction: bytes → floats and bits, forward, update. The same kernels on the same words as <see cref="ZeroSkippingStep"/>;
/// images are not fetched ahead, and the sums go on from batch to batch, so that nothing has to be cleared.
/// </summary>
internal sealed class FirstLayer
{
    private readonly SparseBatch images;
    private readonly Matrix changes;
    private readonly int rows;

    public FirstLayer(ImageSet images, int outputs, int rows)
    {
        (this.images, this.rows) = (new SparseBatch(images, rows), rows);
        Weights = SkippingRace.Weights(images.PixelCount, outputs);
        Sums = new Matrix(rows, outputs);
        changes = new Matrix(rows, outputs);
        changes.Padded.Fill(1e-9f);
    }

    /// <summary>What the batches so far have added up to: [batch, outputs].</summary>
    public Matrix Sums { get; }

    /// <summary>The weights, which each batch changes a little: [pixels, outputs].</summary>
    public Matrix Weights { get; }

    /// <summary>One batch: some parts of the pixels, some of the columns.</summary>
    /// <param name="batch">Which batch of the images.</param>
    /// <param name="parts">A bit for each part of the pixels, see <see cref="ImageWords.PartOf"/>.</param>
    /// <param name="columns">Of how many columns.</param>
    public void Run(int batch, uint parts, int columns)
    {
        images.Load(Simd.Best, batch * rows, parts);
        images.Forward(Simd.Best, Weights, Sums, parts, columns);
        images.Update(Simd.Best, Weights, changes, parts, columns);
    }
}
