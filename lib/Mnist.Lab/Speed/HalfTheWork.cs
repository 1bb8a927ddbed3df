namespace Mnist.Lab.Speed;

/// <summary>
/// What half of the first layer's work costs, on one thread, by where it is cut: two threads can be at most as quick as the
/// slower half. No thread is needed to find out which cut cannot scale.
/// </summary>
/// <param name="Columns">Half of the columns: share of the time of all.</param>
/// <param name="Pixels">The slower half of the pixels: share of the time of all.</param>
public sealed record HalfTheWork(double Columns, double Pixels)
{
    private const int BatchSize = 32, Outputs = 128;
    private const uint AllParts = 0b1111, LowerParts = 0b0011, UpperParts = 0b1100;

    /// <summary>Measures the whole and its halves, in turn, batch after batch.</summary>
    /// <param name="images">At least a batch of images.</param>
    /// <exception cref="ArgumentException">There are fewer than 32 images.</exception>
    public static HalfTheWork Measure(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Count < BatchSize) throw new ArgumentException($"{images.Count} images are less than a batch of {BatchSize}", nameof(images));
        (uint Parts, int Columns)[] cuts = [(AllParts, Outputs), (AllParts, Outputs / 2), (LowerParts, Outputs), (UpperParts, Outputs)];
        double[][] seconds = Live.Run("Halving the work", live => Interleaved.Seconds([.. cuts.Select(cut => Work(images, cut.Parts, cut.Columns))], done => live.Update(done, "measuring in turn")));
        double Share(int i) => Spread.Of(seconds[i].Zip(seconds[0], (half, whole) => half / whole)).Median;
        return new HalfTheWork(Share(1), Math.Max(Share(2), Share(3)));
    }

    /// <summary>The shares as bars, beside an ideal half.</summary>
    public Figure Figure => new Figure("The first layer on one thread: what half of it costs")
        .Bars("% of the time of all", ["half of the columns", "half of the pixels"], [100 * Columns, 100 * Pixels], "F0")
        .YAxis("% of the time of all", from: 0, to: 100).Aspect(0.4);

    private static Action Work(ImageSet images, uint parts, int columns)
    {
        var layer = new FirstLayer(images, Outputs, BatchSize);
        int next = 0, batches = images.Count / BatchSize;
        return () =>
        {
            layer.Run(next, parts, columns);
            next = (next + 1) % batches;
        };
    }
}
