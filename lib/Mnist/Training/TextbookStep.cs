using Mnist.Kernels;

namespace Mnist;

/// <summary>
/// A training step as a textbook writes it: a batch is one matrix; forward, loss, the gradient of every tensor in
/// memory of its own, then the update. This is what the lessons show and what the gradient check checks.
/// </summary>
public sealed class TextbookStep : ITrainingStep
{
    private readonly Network network;
    private readonly ImageSet images;
    private readonly float learningRate;
    private readonly int batchSize;
    private ForwardPass pass;
    private Gradients gradients;

    /// <summary>A step for a network and a set of images.</summary>
    /// <exception cref="ArgumentException">The images have another number of pixels than the network has inputs, or a label that is none of its classes.</exception>
    public TextbookStep(Network network, ImageSet images, TrainingOptions options)
    {
        TrainingChecks.MustFit(network, images, options);
        this.network = network;
        this.images = images;
        learningRate = options.LearningRate;
        batchSize = options.BatchSize;
        (pass, gradients) = BuffersFor(options.BatchSize);
    }

    /// <inheritdoc/>
    public double Train(ReadOnlyMemory<int> batch)
    {
        TrainingChecks.MustBeImages(batch.Span, images, batchSize);
        if (batch.Length != pass.Inputs.Rows) (pass, gradients) = BuffersFor(batch.Length);
        Span<byte> labels = batch.Length <= 1024 ? stackalloc byte[batch.Length] : new byte[batch.Length];
        for (int i = 0; i < batch.Length; i++)
        {
            BytesToFloats.Compute(images.Image(batch.Span[i]), pass.Inputs.Row(i));
            labels[i] = images.Labels[batch.Span[i]];
        }
        pass.Run();
        gradients.Run(pass, labels);
        network.Update(gradients, learningRate);
        return gradients.Loss * batch.Length;
    }

    /// <summary>Nothing to do: the network itself is trained.</summary>
    public void Save()
    {
    }

    /// <summary>Nothing to release: the memory is the garbage collector's.</summary>
    public void Dispose()
    {
    }

    private (ForwardPass Pass, Gradients Gradients) BuffersFor(int batch) =>
        (new ForwardPass(network, new Matrix(batch, images.PixelCount)), new Gradients(network, batch));
}
