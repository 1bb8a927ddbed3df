using Mnist.Kernels;

namespace Mnist.Lab.Budgets;

/// <summary>
/// The textbook's training step, a batch as one matrix, with two things left as they were before their chapters: the
/// ReLU as a pass of its own with a branch for each value, and softmax and loss image by image with the runtime's exp.
/// </summary>
/// <param name="network">The network, trained in place.</param>
/// <param name="images">The images.</param>
/// <param name="options">Batch size and learning rate.</param>
/// <param name="branches">True: a branch decides each ReLU; false: the product's epilogue masks whole registers.</param>
/// <param name="plainLoss">True: softmax and loss by their definitions; false: the library's, sixteen images at once.</param>
internal sealed class BatchStep(Network network, ImageSet images, TrainingOptions options, bool branches, bool plainLoss) : ITrainingStep
{
    private readonly Matrix inputs = new(options.BatchSize, images.PixelCount);
    private readonly Matrix[] outputs = [.. network.Layers.Select(layer => new Matrix(options.BatchSize, layer.Outputs))];
    private readonly Gradients gradients = new(network, options.BatchSize);
    private readonly byte[] labels = new byte[options.BatchSize];

    private int Last => network.Layers.Count - 1;

    /// <summary>Trains on one batch, which must be full.</summary>
    public double Train(ReadOnlyMemory<int> batch)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(batch.Length, labels.Length, nameof(batch));
        for (int i = 0; i < labels.Length; i++)
        {
            BytesToFloats.Compute(images.Image(batch.Span[i]), inputs.Row(i));
            labels[i] = images.Labels[batch.Span[i]];
        }
        Forward();
        double loss = plainLoss ? PlainLoss() : CrossEntropy.LossAndGradient(outputs[Last], labels, 1f / labels.Length, gradients.Outputs[Last]);
        for (int l = Last; l >= 0; l--)
        {
            DenseWeightGradient.Compute(InputsOf(l), gradients.Outputs[l], gradients.Layers[l].Weights, gradients.Layers[l].Bias);
            if (l > 0) DenseInputGradient.Compute(gradients.Outputs[l], network.Layers[l].Weights, outputs[l - 1], gradients.Outputs[l - 1]);
        }
        network.Update(gradients, options.LearningRate);
        return loss;
    }

    public void Save()
    {
    }

    public void Dispose()
    {
    }

    private Matrix InputsOf(int l) => l == 0 ? inputs : outputs[l - 1];

    private void Forward()
    {
        for (int l = 0; l <= Last; l++)
        {
            DenseLayer layer = network.Layers[l];
            DenseForward.Compute(InputsOf(l), layer.Weights, layer.Bias, outputs[l], relu: l < Last && !branches);
            if (l < Last && branches) Relu.Reference(outputs[l].Padded);
        }
    }

    private double PlainLoss()
    {
        double loss = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            Span<float> dLogits = gradients.Outputs[Last].Row(i);
            Softmax.Reference(outputs[Last].Row(i), dLogits);
            loss += CrossEntropy.Reference(dLogits, labels[i]);
            dLogits[labels[i]] -= 1;
            foreach (ref float d in dLogits) d /= labels.Length;
        }
        return loss;
    }
}
