using Mnist.Kernels;

namespace Mnist;

/// <summary>
/// A training step as the assembly program does it: one image after the other through dot products, its gradients
/// added up by outer products, and after the batch one update with their mean.
/// </summary>
/// <remarks>
/// Weights lie [outputs, inputs] here, so that a neuron's weights are one row. Per image the whole of W1, 401 KB, is
/// read once forward and its gradient read and written once: the memory, not the arithmetic, sets the pace.
/// </remarks>
public sealed class SampleAtATimeStep : ITrainingStep
{
    private readonly Network network;
    private readonly ImageSet images;
    private readonly float learningRate;
    private readonly int batchSize;
    private readonly Layer[] layers;
    private readonly Matrix input;

    /// <summary>A step for a network and a set of images.</summary>
    /// <exception cref="ArgumentException">The images have another number of pixels than the network has inputs, or a label that is none of its classes.</exception>
    public SampleAtATimeStep(Network network, ImageSet images, TrainingOptions options)
    {
        TrainingChecks.MustFit(network, images, options);
        this.network = network;
        this.images = images;
        learningRate = options.LearningRate;
        batchSize = options.BatchSize;
        layers = [.. network.Layers.Select(layer => new Layer(layer))];
        input = new Matrix(1, images.PixelCount);
    }

    /// <summary>Times the phases of the step; null: nobody wants to know.</summary>
    internal PhaseClock? Clock { get; set; }

    /// <inheritdoc/>
    public double Train(ReadOnlyMemory<int> batch)
    {
        TrainingChecks.MustBeImages(batch.Span, images, batchSize);
        double loss = 0;
        foreach (int image in batch.Span)
        {
            Clock?.Begin(Phase.Pixels);
            BytesToFloats.Compute(images.Image(image), input.Row(0));
            Forward();
            Clock?.Begin(Phase.Loss);
            Span<float> logits = layers[^1].Outputs.Row(0), dLogits = layers[^1].DOutputs.Row(0);
            loss += Softmax.ComputeWithLogSum(logits, dLogits) - logits[images.Labels[image]];
            dLogits[images.Labels[image]] -= 1;
            Backward();
        }
        for (int l = 0; l < layers.Length; l++)
        {
            Clock?.Begin(l == 0 ? Phase.FirstUpdate : Phase.LaterUpdates);
            layers[l].Update(learningRate / batch.Length);
        }
        Clock?.Begin(Phase.Outside);
        return loss;
    }

    /// <inheritdoc/>
    public void Save()
    {
        for (int l = 0; l < layers.Length; l++)
        {
            Transpose.Compute(layers[l].Weights, network.Layers[l].Weights);
            network.Layers[l].Bias.CopyFrom(layers[l].Bias);
        }
    }

    /// <summary>Nothing to release: the memory is the garbage collector's.</summary>
    public void Dispose()
    {
    }

    private ReadOnlySpan<float> InputsOf(int l) => l == 0 ? input.Row(0) : layers[l - 1].Outputs.Row(0);

    private void Forward()
    {
        for (int l = 0; l < layers.Length; l++)
        {
            Clock?.Begin(l == 0 ? Phase.FirstForward : Phase.LaterForward);
            ReadOnlySpan<float> inputs = InputsOf(l);
            Span<float> outputs = layers[l].Outputs.Row(0);
            for (int neuron = 0; neuron < outputs.Length; neuron++)
                outputs[neuron] = DotProduct.Compute(layers[l].Weights.Row(neuron), inputs) + layers[l].Bias[0, neuron];
            if (l < layers.Length - 1) Relu.Compute(outputs);
        }
    }

    private void Backward()
    {
        for (int l = layers.Length - 1; l >= 0; l--)
        {
            Clock?.Begin(l == 0 ? Phase.FirstGradient : Phase.LaterGradients);
            ReadOnlySpan<float> dOutputs = layers[l].DOutputs.Row(0);
            OuterProduct.Add(dOutputs, InputsOf(l), layers[l].DWeights);
            AddScaled.Compute(1, dOutputs, layers[l].DBias.Row(0));
            if (l == 0) continue;
            Span<float> dInputs = layers[l - 1].DOutputs.Row(0);
            VectorMatrix.Compute(dOutputs, layers[l].Weights, dInputs);
            Relu.Mask(layers[l - 1].Outputs.Row(0), dInputs);
        }
    }

    private sealed class Layer
    {
        public Layer(DenseLayer layer)
        {
            Weights = new Matrix(layer.Outputs, layer.Inputs);
            DWeights = new Matrix(layer.Outputs, layer.Inputs);
            Bias = layer.Bias.Clone();
            DBias = new Matrix(1, layer.Outputs);
            Outputs = new Matrix(1, layer.Outputs);
            DOutputs = new Matrix(1, layer.Outputs);
            Transpose.Compute(layer.Weights, Weights);
        }

        public Matrix Weights { get; } // [outputs, inputs]

        public Matrix DWeights { get; } // [outputs, inputs], the sum over the batch so far

        public Matrix Bias { get; }

        public Matrix DBias { get; }

        public Matrix Outputs { get; }

        public Matrix DOutputs { get; }

        public void Update(float step)
        {
            SgdUpdate.Compute(Weights.Padded, DWeights.Padded, step);
            SgdUpdate.Compute(Bias.Padded, DBias.Padded, step);
            DWeights.Clear();
            DBias.Clear();
        }
    }
}
