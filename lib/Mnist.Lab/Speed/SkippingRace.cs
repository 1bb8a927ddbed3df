using Mnist.Kernels;

namespace Mnist.Lab.Speed;

/// <summary>
/// The first layer's forward product over lit pixels, measured in two ways: with one image of ordinary ink again and again,
/// as a careless benchmark does it, and batch after batch, as training does it. A CPU learns by heart what it sees again.
/// </summary>
public static class SkippingRace
{
    private const int MostBatches = 1500, Rows = 32;

    /// <summary>Races three ways of finding lit pixels, each with one image and with real batches.</summary>
    /// <param name="images">At least a batch of 32 images, of 769 to 832 pixels; of more than 1,500 batches the first.</param>
    /// <returns>Nanoseconds per lit pixel, by way; the picture is a measurement.</returns>
    /// <exception cref="ArgumentException">There are too few images, or of another size.</exception>
    public static SkippingTimes Run(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Count < Rows || BitMatrix.Words(images.PixelCount) != BitWalks.Words)
            throw new ArgumentException($"{images.Count} images of {images.PixelCount} pixels; needed are {Rows} or more of {64 * (BitWalks.Words - 1) + 1} to {64 * BitWalks.Words}", nameof(images));
        var work = new Work(images);
        BitWalk[] walks = [BitWalk.Bits, BitWalk.List, BitWalk.Prefetch];
        double[][] seconds = Live.Run("Walking lit pixels", live => Interleaved.Seconds(
            [.. walks.SelectMany(walk => new[] { work.Replayed(walk), work.Real(walk) })], done => live.Update(done, "measuring in turn")));
        double Nanoseconds(int i, double lit) => 1e9 * Spread.Of(seconds[i]).Median / lit;
        return new SkippingTimes([.. walks.Select((walk, i) => new SkippingTime(Name(walk), Nanoseconds(2 * i, work.LitOfOne), Nanoseconds((2 * i) + 1, work.LitOnAverage)))]);
    }

    /// <summary>The sums of the first batch, one way: X · W, on those columns that the way computes; the others stay 0.</summary>
    internal static Matrix FirstSums(ImageSet images, BitWalk walk)
    {
        var work = new Work(images);
        work.Walk(walk, 0);
        return work.Sums;
    }

    /// <summary>Weights to multiply with, small and of both signs: [pixels, outputs].</summary>
    internal static Matrix Weights(int pixels, int outputs = 128)
    {
        var weights = new Matrix(pixels, outputs);
        for (int i = 0; i < weights.Padded.Length; i++) weights.Padded[i] = ((i % 13) - 6) * 1e-3f;
        return weights;
    }

    private static string Name(BitWalk walk) => walk switch
    {
        BitWalk.Bits => "bits of a mask",
        BitWalk.List => "a list of positions",
        _ => "bits, and prefetch",
    };

    /// <summary>Masks and lists of some batches, and the same pixels and weights for all: time depends on where, not on what.</summary>
    private sealed unsafe class Work
    {
        private readonly Matrix pixels, weights, sums;
        private readonly int batches;
        private readonly ulong[] masks; // [batches + 1, words, rows]; the last batch is one image, 32 times
        private readonly byte[] lists;
        private readonly int[] listStarts; // [batches + 1]

        public Work(ImageSet images)
        {
            batches = Math.Min(MostBatches, images.Count / Rows);
            masks = GC.AllocateArray<ulong>((batches + 1) * Rows * BitWalks.Words, pinned: true);
            listStarts = new int[batches + 1];
            pixels = images.ToMatrix(0, Rows);
            weights = Weights(images.PixelCount);
            sums = new Matrix(Rows, 128);
            int typical = Enumerable.Range(0, Rows).MinBy(image => Math.Abs(Lit(images, image) - Enumerable.Range(0, Rows).Average(other => Lit(images, other))));
            var list = new List<byte>();
            for (int batch = 0; batch <= batches; batch++)
            {
                if (batch == batches) LitOnAverage = ((double)list.Count / batches) - (BitWalks.Words * Rows);
                listStarts[batch] = list.Count;
                for (int word = 0; word < BitWalks.Words; word++)
                    for (int row = 0; row < Rows; row++) Note(images.Image(batch < batches ? (batch * Rows) + row : typical), word, (((batch * BitWalks.Words) + word) * Rows) + row, list);
            }
            LitOfOne = list.Count - listStarts[batches] - (BitWalks.Words * Rows);
            lists = GC.AllocateArray<byte>(list.Count, pinned: true);
            list.CopyTo(lists);
        }

        public Matrix Sums => sums;

        public double LitOfOne { get; }

        public double LitOnAverage { get; }

        public Action Replayed(BitWalk walk) => () => Walk(walk, batches);

        public Action Real(BitWalk walk)
        {
            int next = 0;
            return () =>
            {
                Walk(walk, next);
                next = (next + 1) % batches;
            };
        }

        public void Walk(BitWalk walk, int batch)
        {
            MatrixProduct product = DenseForward.Product(pixels, weights, weights, sums);
            fixed (ulong* mask = masks)
            fixed (byte* list = lists)
                BitWalks.Compute(walk, product, mask + (batch * Rows * BitWalks.Words), list + listStarts[batch]);
        }

        private static int Lit(ImageSet images, int image) => images.PixelCount - images.Image(image).Count((byte)0);

        private void Note(ReadOnlySpan<byte> image, int word, int mask, List<byte> list)
        {
            int length = list.Count;
            list.Add(0);
            for (int pixel = 0; pixel < 64 && (64 * word) + pixel < image.Length; pixel++)
            {
                if (image[(64 * word) + pixel] == 0) continue;
                masks[mask] |= 1UL << pixel;
                list.Add((byte)pixel);
            }
            list[length] = (byte)(list.Count - length - 1);
        }
    }
}

/// <summary>One way of finding lit pixels.</summary>
/// <param name="Name">The way.</param>
/// <param name="Replayed">Nanoseconds per lit pixel, one image again and again.</param>
/// <param name="Real">Nanoseconds per lit pixel, batch after batch.</param>
public sealed record SkippingTime(string Name, double Replayed, double Real);

/// <summary>What <see cref="SkippingRace"/> measured.</summary>
/// <param name="Ways">One entry per way.</param>
public sealed record SkippingTimes(IReadOnlyList<SkippingTime> Ways)
{
    /// <summary>Pairs of bars: one image again, and real batches.</summary>
    public Figure Figure => new Figure("Finding lit pixels: one image again, and real batches")
        .Bars("one image, replayed", Ways.Select(way => way.Name), Ways.Select(way => way.Replayed), "F2")
        .Bars("batch after batch", Ways.Select(way => way.Name), Ways.Select(way => way.Real), "F2")
        .YAxis("ns per lit pixel", from: 0);
}
