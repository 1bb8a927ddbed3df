using System.Globalization;

namespace Mnist;

/// <summary>One dense layer: outputs = inputs · Weights + Bias, then ReLU unless it is the last layer.</summary>
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

/// <summary>Dense layers one after the other, ReLU between them, softmax at the end.</summary>
public sealed class Network
{
    /// <summary>A network of zeros.</summary>
    /// <param name="sizes">Inputs, hidden sizes, outputs: 784, 128, 64, 10 for the assembly's network.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes, or one is below 1.</exception>
    public Network(params IReadOnlyList<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        if (sizes.Count < 2 || sizes.Any(size => size < 1))
            throw new ArgumentException($"a network needs at least two sizes, each 1 or more, not [{string.Join(", ", sizes)}]", nameof(sizes));
        Sizes = [.. sizes];
        Layers = [.. Enumerable.Range(0, sizes.Count - 1).Select(i => new DenseLayer(sizes[i], sizes[i + 1]))];
    }

    /// <summary>Inputs, hidden sizes, outputs.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The layers, the first hidden one first.</summary>
    public IReadOnlyList<DenseLayer> Layers { get; }

    /// <summary>Number of weights and biases.</summary>
    public int ParameterCount => Layers.Sum(layer => (layer.Inputs + 1) * layer.Outputs);

    /// <summary>The sizes and the number of parameters.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Network {string.Join("-", Sizes)}, {ParameterCount:N0} parameters");
}
