namespace Mnist;

/// <summary>The parameters of one dense layer, or their gradients: outputs = inputs · Weights + Bias.</summary>
/// <param name="inputs">Number of inputs, at least 1.</param>
/// <param name="outputs">Number of outputs, at least 1.</param>
public sealed class DenseLayer(int inputs, int outputs)
{
    /// <summary>Number of inputs.</summary>
    public int Inputs { get; } = inputs;

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; } = outputs;

    /// <summary>The weights: [inputs, outputs], so that the weights of one input lie side by side.</summary>
    public Matrix Weights { get; } = new(inputs, outputs);

    /// <summary>The bias: [1, outputs].</summary>
    public Matrix Bias { get; } = new(1, outputs);
}
