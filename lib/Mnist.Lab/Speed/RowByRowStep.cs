using Mnist.Kernels;

namespace Mnist.Lab.Speed;

/// <summary>
/// A training step between <see cref="SampleAtATimeStep"/> and <see cref="TextbookStep"/>: a batch is one matrix and every
/// gradient is summed over it at once, but a product is computed row by row, see <see cref="RowProduct"/>. What was loaded
/// is used for one row and no other.
/// </summary>
public sealed unsafe class RowByRowStep : ITrainingStep
{
    private readonly Network network;
    private readonly ImageSet images;
    private readonly float learningRate;
    private readonly int batchSize;
    private readonly Matrix inputs; // X: [batch, pixels]
    private readonly Matrix[] outputs; // of each layer, after its ReLU; at last the logits: [batch, outputs]
    private readonly Matrix[] dOutputs; // [batch, outputs]
    private readonly Matrix[] transposed; // weights of each layer but the first: [outputs, inputs]
    private readonly DenseLayer[] gradients;
    private readonly Matrix zero; // a row that sums begin with

    /// <summary>A step for a network, which it trains in place, and a set of images.</summary>
    /// <exception cref="ArgumentException">The images have another number of pixels than the network has inputs, or a label that is none of its classes.</exception>
    public RowByRowStep(Network network, ImageSet images, TrainingOptions options)
    {
        TrainingChecks.MustFit(network, images, options);
        this.network = network;
        this.images = images;
        learningRate = options.LearningRate;
        batchSize = options.BatchSize;
        inputs = new Matrix(batchSize, images.PixelCount);
        outputs = [.. network.Layers.Select(layer => new Matrix(batchSize, layer.Outputs))];
        dOutputs = [.. network.Layers.Select(layer => new Matrix(batchSize, layer.Outputs))];
        transposed = [.. network.Layers.Skip(1).Select(layer => new Matrix(layer.Outputs, layer.Inputs))];
        gradients = [.. network.Layers.Select(layer => new DenseLayer(layer.Inputs, layer.Outputs))];
        zero = new Matrix(1, network.Sizes.Skip(1).Max());
    }

    /// <inheritdoc/>
    public double Train(ReadOnlyMemory<int> batch)
    {
        TrainingChecks.MustBeImages(batch.Span, images, batchSize);
        int count = batch.Length;
        for (int row = 0; row < count; row++) BytesToFloats.Compute(images.Image(batch.Span[row]), inputs.Row(row));
        for (int l = 0; l < outputs.Length; l++) Forward(l, count);
        double loss = LossAndGradient(batch.Span);
        for (int l = outputs.Length - 1; l >= 0; l--)
        {
            WeightGradient(l, count);
            if (l > 0) InputGradient(l, count);
        }
        for (int l = 0; l < outputs.Length; l++)
        {
            SgdUpdate.Compute(network.Layers[l].Weights.Padded, gradients[l].Weights.Padded, learningRate);
            SgdUpdate.Compute(network.Layers[l].Bias.Padded, gradients[l].Bias.Padded, learningRate);
        }
        return loss;
    }

    /// <summary>Nothing to do: the network itself is trained.</summary>
    public void Save()
    {
    }

    /// <summary>Nothing to release: the memory is the garbage collector's.</summary>
    public void Dispose()
    {
    }

    private Matrix InputsOf(int l) => l == 0 ? inputs : outputs[l - 1];

    private void Forward(int l, int count)
    {
        DenseLayer layer = network.Layers[l];
        MatrixProduct product = DenseForward.Product(InputsOf(l), layer.Weights, layer.Bias, outputs[l]).OfRows(0, count);
        if (l == outputs.Length - 1) RowProduct.Compute<NoEpilogue>(product);
        else RowProduct.Compute<ReluEpilogue>(product);
    }

    private double LossAndGradient(ReadOnlySpan<int> batch)
    {
        double loss = 0;
        for (int row = 0; row < batch.Length; row++)
        {
            Span<float> logits = outputs[^1].Row(row), dLogits = dOutputs[^1].Row(row);
            int label = images.Labels[batch[row]];
            loss += Softmax.ComputeWithLogSum(logits, dLogits) - logits[label];
            dLogits[label] -= 1;
            foreach (ref float value in dLogits) value /= batch.Length;
        }
        return loss;
    }

    private void WeightGradient(int l, int count)
    {
        gradients[l].Weights.Clear();
        gradients[l].Bias.Clear();
        MatrixProduct product = DenseWeightGradient.Product(InputsOf(l), dOutputs[l], gradients[l].Weights);
        product.Depth = count;
        RowProduct.Compute<NoEpilogue>(product);
        DenseWeightGradient.AddBias(Simd.Best, dOutputs[l], count, gradients[l].Bias);
    }

    private void InputGradient(int l, int count)
    {
        Matrix weights = network.Layers[l].Weights, target = transposed[l - 1];
        Transpose.Compute(weights.Pointer, weights.Stride, weights.Rows, weights.Columns, target.Pointer, target.Stride);
        RowProduct.Compute<ReluMaskEpilogue>(DenseInputGradient.Product(dOutputs[l], target.Pointer, target.Stride, zero.Pointer,
            outputs[l - 1], dOutputs[l - 1]).OfRows(0, count));
    }
}
