using System.Globalization;
using Mnist.Kernels;

namespace Mnist;

/// <summary>Dense layers one after the other, ReLU between them, softmax at the end.</summary>
/// <remarks>
/// Names as in the lessons: X is what goes in, layer l computes Z = H · W + b, the hidden layers' outputs are
/// H = max(Z, 0), and P = softmax(Z) of the last layer is the answer.
/// </remarks>
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

    /// <summary>What the network makes of a batch: every layer's outputs, and the probabilities.</summary>
    /// <param name="inputs">X: [batch, inputs].</param>
    /// <exception cref="ArgumentException">The inputs have another width than the network.</exception>
    public ForwardPass Forward(Matrix inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var pass = new ForwardPass(this, inputs);
        pass.Run();
        return pass;
    }

    /// <summary>How the mean loss of a batch changes with every weight and bias: textbook back-propagation.</summary>
    /// <param name="pass">What <see cref="Forward"/> computed for the batch.</param>
    /// <param name="labels">The true classes: [batch].</param>
    /// <exception cref="ArgumentException">There is not one label per sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class.</exception>
    public Gradients Backward(ForwardPass pass, ReadOnlySpan<byte> labels)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var gradients = new Gradients(this, pass.Inputs.Rows);
        gradients.Run(pass, labels);
        return gradients;
    }

    /// <summary>One step downhill: every weight and bias −= learningRate × its gradient.</summary>
    /// <exception cref="ArgumentException">The gradients are of a network of other sizes; nothing is changed.</exception>
    public void Update(Gradients gradients, float learningRate)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        int[] sizes = [.. gradients.Layers.Select(layer => layer.Inputs), gradients.Layers[^1].Outputs];
        if (!sizes.SequenceEqual(Sizes))
            throw new ArgumentException($"gradients of a network {string.Join("-", sizes)} do not fit the network {string.Join("-", Sizes)}; nothing was updated", nameof(gradients));
        for (int l = 0; l < Layers.Count; l++)
        {
            SgdUpdate.Compute(Layers[l].Weights.Padded, gradients.Layers[l].Weights.Padded, learningRate);
            SgdUpdate.Compute(Layers[l].Bias.Padded, gradients.Layers[l].Bias.Padded, learningRate);
        }
    }

    /// <summary>Reads labelled images and counts what was read as what.</summary>
    /// <exception cref="ArgumentException">The images have another number of pixels than the network has inputs.</exception>
    public Evaluation Evaluate(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        Lengths.MustEqual(images.PixelCount, Sizes[0]);
        Lengths.MustEqual(Sizes[^1], MnistData.Classes);
        const int Chunk = Inference.Chunk;
        var probabilities = new Matrix(images.Count, Sizes[^1]);
        var losses = new double[images.Count];
        bool skipsZeros = Layers[0].Weights.IsFinite;
        Parallel.For(0, (images.Count + Chunk - 1) / Chunk, () => new Inference(this, images, skipsZeros), (chunk, _, inference) =>
        {
            int first = chunk * Chunk, count = Math.Min(Chunk, images.Count - first);
            ForwardPass pass = inference.Read(first, count);
            for (int i = 0; i < count; i++)
            {
                pass.Probabilities.Row(i).CopyTo(probabilities.Row(first + i));
                losses[first + i] = pass.LossOf(i, images.Labels[first + i]);
            }
            return inference;
        }, _ => { });
        return new Evaluation(images.Labels, probabilities, losses.Sum());
    }

    /// <summary>A copy with memory of its own.</summary>
    public Network Clone()
    {
        var copy = new Network(Sizes);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Copies all weights and biases from a network of the same sizes.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void CopyFrom(Network source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!Sizes.SequenceEqual(source.Sizes))
            throw new ArgumentException($"a network {string.Join("-", Sizes)} cannot take the weights of {string.Join("-", source.Sizes)}", nameof(source));
        for (int l = 0; l < Layers.Count; l++)
        {
            Layers[l].Weights.CopyFrom(source.Layers[l].Weights);
            Layers[l].Bias.CopyFrom(source.Layers[l].Bias);
        }
    }

    /// <summary>The sizes and the number of parameters.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Network {string.Join("-", Sizes)}, {ParameterCount:N0} parameters");
}
