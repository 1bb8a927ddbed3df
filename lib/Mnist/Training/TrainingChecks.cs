using System.Globalization;

namespace Mnist;

/// <summary>What every training step checks before it allocates or changes anything.</summary>
internal static class TrainingChecks
{
    /// <summary>The network, the images and the options belong together.</summary>
    /// <exception cref="ArgumentException">They do not; the message says how.</exception>
    public static void MustFit(Network network, ImageSet images, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (images.PixelCount != network.Sizes[0])
            throw new ArgumentException($"an image has {images.PixelCount} pixels, but the network {string.Join("-", network.Sizes)} takes {network.Sizes[0]} inputs", nameof(images));
        foreach (byte label in images.Labels)
            if (label >= network.Sizes[^1])
                throw new ArgumentException($"there is a label {label}, but the network {string.Join("-", network.Sizes)} tells only {network.Sizes[^1]} classes apart: 0 … {network.Sizes[^1] - 1}", nameof(images));
    }

    /// <summary>A batch holds indices of images, and not too many.</summary>
    /// <exception cref="ArgumentException">It is empty or too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not that of an image.</exception>
    public static void MustBeImages(ReadOnlySpan<int> batch, ImageSet images, int most)
    {
        if (batch.IsEmpty || batch.Length > most)
            throw new ArgumentException($"the batch has {batch.Length} images, but this step was made for 1 to {most}", nameof(batch));
        foreach (int index in batch)
            if ((uint)index >= (uint)images.Count)
                throw new ArgumentOutOfRangeException(nameof(batch), index, $"there is no image {index}; the images are 0 … {images.Count - 1}");
    }

    /// <summary>What training needs besides the images fits the memory.</summary>
    /// <param name="sizes">Inputs, hidden sizes, outputs.</param>
    /// <param name="batchSize">Images per step.</param>
    /// <param name="threadCount">Threads; each turns over its own copy of the later layers' weights.</param>
    /// <exception cref="ArgumentException">It does not; the message says how much it would be and how much there is.</exception>
    public static void MustFitMemory(IReadOnlyList<int> sizes, int batchSize, int threadCount)
    {
        double needed = Bytes(sizes, batchSize, threadCount), there = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        int widest = sizes.Skip(1).Max();
        bool tooLong = (double)batchSize * Kernels.ImageWords.Parts * (sizes[1] + Matrix.Lanes) > Array.MaxLength || (double)batchSize * Math.Max(widest + Matrix.Lanes, sizes[0] + Kernels.ImageWords.Pixels) > Array.MaxLength;
        if (needed <= there && !tooLong) return;
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"a network {string.Join("-", sizes)} with batches of {batchSize:N0} needs {needed / 1e9:F1} GB for its weights and what it computes on the way; there are {there / 1e9:F1} GB, and one matrix holds at most {Array.MaxLength:N0} numbers. Take smaller batches or smaller layers"));
    }

    /// <summary>Weights, their transposes or gradients, and a batch's inputs, outputs and errors of every layer.</summary>
    private static double Bytes(IReadOnlyList<int> sizes, int batchSize, int threadCount)
    {
        double floats = (double)batchSize * (sizes[0] + (Kernels.ImageWords.Parts * sizes[1]));
        for (int l = 1; l < sizes.Count; l++)
            floats += ((l == 1 ? 2.0 : 1 + threadCount) * sizes[l - 1] * sizes[l]) + (2.0 * batchSize * sizes[l]);
        return sizeof(float) * floats;
    }
}
