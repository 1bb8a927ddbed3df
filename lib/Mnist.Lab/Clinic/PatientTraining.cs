using Mnist.Kernels;

namespace Mnist.Lab.Clinic;

/// <summary>What a backward pass, right or wrong, makes of a network.</summary>
/// <param name="Losses">The mean loss of each batch, before its update.</param>
/// <param name="Network">The network after the last update.</param>
public sealed record PatientTraining(IReadOnlyList<float> Losses, Network Network)
{
    private const int BatchSize = 32;

    /// <summary>Trains with plain gradient descent on batches of 32 images in file order; a loss that is no number ends it.</summary>
    /// <param name="backward">The backward pass.</param>
    /// <param name="start">The network to start from; it is not changed.</param>
    /// <param name="images">The images, at least 32; what does not fill a batch is left out.</param>
    /// <param name="batches">How many batches; after the last image the first comes again.</param>
    /// <param name="learningRate">Step width.</param>
    /// <param name="onBatch">Called after each batch.</param>
    public static PatientTraining Run(BackwardPass backward, Network start, ImageSet images, int batches, float learningRate = 0.01f, Action? onBatch = null)
    {
        ArgumentNullException.ThrowIfNull(backward);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(images);
        Network network = start.Clone();
        var pass = new ForwardPass(network, new Matrix(BatchSize, images.PixelCount)); // its memory serves every batch
        var losses = new List<float>(batches);
        int perEpoch = images.Count / BatchSize;
        ArgumentOutOfRangeException.ThrowIfZero(perEpoch, nameof(images));
        for (int batch = 0; batch < batches; batch++)
        {
            int first = batch % perEpoch * BatchSize;
            for (int i = 0; i < BatchSize; i++) BytesToFloats.Compute(images.Image(first + i), pass.Inputs.Row(i));
            ReadOnlySpan<byte> labels = images.Labels.Slice(first, BatchSize);
            pass.Run();
            losses.Add((float)pass.Loss(labels));
            if (!float.IsFinite(losses[^1])) break;
            network.Update(backward.Run(network, pass, labels), learningRate);
            onBatch?.Invoke();
        }
        return new PatientTraining(losses, network);
    }

    /// <summary>Several backward passes at once, each from the same start; they share the processor's cores.</summary>
    /// <inheritdoc cref="Run"/>
    public static IReadOnlyList<PatientTraining> RunAll(IReadOnlyList<BackwardPass> backwards, Network start, ImageSet images, int batches, float learningRate = 0.01f)
    {
        ArgumentNullException.ThrowIfNull(backwards);
        var trained = new PatientTraining[backwards.Count];
        Live.Run("Training", live =>
        {
            int done = 0, all = trained.Length * batches;
            Task[] tasks = [.. Enumerable.Range(0, trained.Length).Select(i => Task.Run(() =>
                trained[i] = Run(backwards[i], start, images, batches, learningRate, () => Interlocked.Increment(ref done))))];
            while (!Task.WaitAll(tasks, 200)) live.Update((double)done / all, FormattableString.Invariant($"{done:N0} of {all:N0} batches"));
        });
        return trained;
    }

    /// <summary>The mean of each so many batches, for a curve without the noise.</summary>
    /// <param name="window">Batches per mean, at least 1.</param>
    public IReadOnlyList<double> Smoothed(int window = 75)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        return [.. Losses.Chunk(window).Select(chunk => chunk.Average(loss => (double)loss))];
    }
}
