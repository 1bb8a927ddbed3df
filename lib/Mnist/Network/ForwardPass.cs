using Mnist.Kernels;

namespace Mnist;

/// <summary>Everything a network computed on the way from a batch to its answers; back-propagation needs all of it.</summary>
public sealed class ForwardPass
{
    private readonly Network network;
    private readonly double[] logSums; // ln Σ e^z of each sample: [batch]

    internal ForwardPass(Network network, Matrix inputs)
    {
        this.network = network;
        Lengths.MustEqual(inputs.Columns, network.Sizes[0]);
        Inputs = inputs;
        Outputs = [.. network.Layers.Select(layer => new Matrix(inputs.Rows, layer.Outputs))];
        Probabilities = new Matrix(inputs.Rows, network.Sizes[^1]);
        logSums = new double[inputs.Rows];
    }

    /// <summary>X: [batch, inputs].</summary>
    public Matrix Inputs { get; }

    /// <summary>What came out of each layer: H1, H2, … after the ReLU, and at last the logits: [batch, outputs].</summary>
    public IReadOnlyList<Matrix> Outputs { get; }

    /// <summary>The last layer's outputs before the softmax: [batch, classes].</summary>
    public Matrix Logits => Outputs[^1];

    /// <summary>P, the answers: [batch, classes], each row positive with sum 1.</summary>
    public Matrix Probabilities { get; }

    /// <summary>What went into a layer: X for the first, else the outputs of the layer before: [batch, inputs].</summary>
    /// <param name="layer">0 for the first layer.</param>
    public Matrix InputsOf(int layer) => layer == 0 ? Inputs : Outputs[layer - 1];

    /// <summary>The mean cross-entropy of the batch.</summary>
    /// <param name="labels">The true classes: [batch].</param>
    /// <exception cref="ArgumentException">There is not one label per sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class.</exception>
    public double Loss(ReadOnlySpan<byte> labels)
    {
        Lengths.MustEqual(labels.Length, Inputs.Rows);
        double sum = 0;
        for (int row = 0; row < labels.Length; row++) sum += LossOf(row, labels[row]);
        return sum / labels.Length;
    }

    /// <summary>One sample's loss from its logits, finite where the probability is rounded to 0.</summary>
    internal double LossOf(int row, byte label)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, Logits.Columns, nameof(label));
        return logSums[row] - Logits[row, label];
    }

    /// <param name="fromLayer">The outputs of the layers before it are there already.</param>
    internal void Run(int fromLayer = 0)
    {
        for (int l = fromLayer; l < network.Layers.Count; l++)
        {
            DenseLayer layer = network.Layers[l];
            DenseForward.Compute(InputsOf(l), layer.Weights, layer.Bias, Outputs[l], relu: l < network.Layers.Count - 1);
        }
        for (int row = 0; row < Inputs.Rows; row++)
            logSums[row] = Softmax.ComputeWithLogSum(Logits.Row(row), Probabilities.Row(row));
    }
}
