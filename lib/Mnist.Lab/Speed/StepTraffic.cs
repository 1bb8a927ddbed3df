namespace Mnist.Lab.Speed;

/// <summary>
/// Bytes of weights and their gradients that one training step of 32 images has to read and write, counted for the first
/// layer, whose 401 KB are too much for the first cache: what comes from there again and again comes from the second.
/// </summary>
public static class StepTraffic
{
    private const double W1Bytes = 784 * 128 * sizeof(float);
    private const int Batch = 32;

    /// <summary>Per image, W1 is read, dW1 read and written; per batch, W1 is read and written, dW1 read and cleared.</summary>
    public static double SampleAtATime => ((3 * Batch) + 4) * W1Bytes;

    /// <summary>W1 is read for every image; dW1 is cleared, read, written and read; W1 read and written.</summary>
    public static double RowByRow => (Batch + 6) * W1Bytes;

    /// <summary>W1 is read for every tile of images, 8 or, where there are 16 registers, 4; the gradient as in <see cref="RowByRow"/>.</summary>
    public static double Tiled => ((Batch / Tile.Library.Rows) + 6) * W1Bytes;

    /// <summary>64 pixels' weights, 32 KB, stay in a first cache of 48 KB for all images: W1 is read, and for the update read and written.</summary>
    public static double Fused => 3 * W1Bytes;

    /// <summary>The counts of the ways that multiply everything, and the operations that each byte is good for.</summary>
    /// <param name="operations">Operations of a step.</param>
    public static Table Table(double operations)
    {
        double[] bytes = [SampleAtATime, RowByRow, Tiled, Fused];
        return new Table("W1 and dW1, from and to beyond the first cache")
            .Text("", ["a sample at a time", "row by row", "in tiles", "fused update"])
            .Bars("MB per step, counted", bytes.Select(count => count / 1e6), "F1")
            .Number("operations per byte", bytes.Select(count => operations / count), "F1");
    }

    /// <summary>The same for the pixels that are lit in some image of the batch.</summary>
    /// <param name="lit">How many those are.</param>
    public static double Skipping(LitPixels lit)
    {
        ArgumentNullException.ThrowIfNull(lit);
        return Fused * lit.InABatch;
    }
}
