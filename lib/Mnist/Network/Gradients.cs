using Mnist.Kernels;

namespace Mnist;

/// <summary>How the mean loss of a batch changes with every weight, every bias and every layer's outputs.</summary>
public sealed class Gradients
{
    private readonly Network network;

    /// <summary>Gradients of zeros, to be filled by <see cref="Network.Backward"/> or by a backward pass of your own.</summary>
    /// <param name="network">The network whose gradients they are.</param>
    /// <param name="batch">Samples of the batch.</param>
    public Gradients(Network network, int batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        this.network = network;
        Layers = [.. network.Layers.Select(layer => new DenseLayer(layer.Inputs, layer.Outputs))];
        Outputs = [.. network.Layers.Select(layer => new Matrix(batch, layer.Outputs))];
    }

    /// <summary>dW and db of each layer, in the shapes of W and b.</summary>
    public IReadOnlyList<DenseLayer> Layers { get; }

    /// <summary>dZ of each layer, before its ReLU: [batch, outputs].</summary>
    public IReadOnlyList<Matrix> Outputs { get; }

    /// <summary>The mean loss of the batch.</summary>
    public double Loss { get; private set; }

    internal void Run(ForwardPass pass, ReadOnlySpan<byte> labels)
    {
        int batch = pass.Inputs.Rows;
        Loss = CrossEntropy.LossAndGradient(pass.Logits, labels, 1f / batch, Outputs[^1]) / batch;
        for (int l = Layers.Count - 1; l >= 0; l--)
        {
            DenseWeightGradient.Compute(pass.InputsOf(l), Outputs[l], Layers[l].Weights, Layers[l].Bias);
            if (l > 0) DenseInputGradient.Compute(Outputs[l], network.Layers[l].Weights, pass.Outputs[l - 1], Outputs[l - 1]);
        }
    }
}
