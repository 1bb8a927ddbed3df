namespace Mnist.Lab.Networks;

/// <summary>
/// A network small enough to follow, with its true numbers: values of one sample on the nodes, weights on the edges,
/// each in its tensor's colour. Up to 3 neurons a layer can be read.
/// </summary>
public static class NetworkDiagram
{
    private const int MostNeurons = 4;

    /// <summary>The way forward: values on the nodes, weights on the edges, and the loss.</summary>
    /// <param name="network">The network.</param>
    /// <param name="pass">What it computed.</param>
    /// <param name="labels">The true classes: [batch].</param>
    /// <param name="sample">The sample that is drawn.</param>
    /// <exception cref="ArgumentException">A layer has more neurons than can be drawn.</exception>
    public static Diagram Forward(Network network, ForwardPass pass, ReadOnlySpan<byte> labels, int sample = 0)
    {
        NetworkLayout layout = Layout(network, pass, labels, sample);
        return new NetworkDrawing(layout).Draw("Forward: values on the nodes, weights on the edges", (node, _) => new(node.Values, false), (edge, _) => new([N(edge.Weight)], false));
    }

    /// <summary>The way back: below each value its gradient, on each edge the weight's gradient. What is 0 is pale.</summary>
    /// <param name="network">The network.</param>
    /// <param name="pass">What it computed.</param>
    /// <param name="labels">The true classes: [batch].</param>
    /// <param name="gradients">The gradients of the mean loss; of a batch, the weights' are the whole batch's.</param>
    /// <param name="sample">The sample that is drawn.</param>
    /// <exception cref="ArgumentException">A layer has more neurons than can be drawn.</exception>
    public static Diagram Backward(Network network, ForwardPass pass, ReadOnlySpan<byte> labels, Gradients gradients, int sample = 0)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        NetworkLayout layout = Layout(network, pass, labels, sample);
        return new NetworkDrawing(layout).Draw("Backward: gradients, from the loss on the right to W1",
            (node, _) => node.Layer is { } l && node.IsSum
                ? new([node.Values[0], $"d {N(gradients.Outputs[l][sample, node.Neuron])}", $"db {N(gradients.Layers[l].Bias[0, node.Neuron])}"], gradients.Outputs[l][sample, node.Neuron] == 0)
                : new([node.Values[0]], false),
            (edge, _) => new([N(gradients.Layers[edge.Layer].Weights[edge.From, edge.To])], gradients.Layers[edge.Layer].Weights[edge.From, edge.To] == 0));
    }

    /// <summary>A step: values, weights and biases before → after. What did not change is pale.</summary>
    /// <param name="before">The network before the step.</param>
    /// <param name="after">The network after it.</param>
    /// <param name="inputs">X: [batch, inputs].</param>
    /// <param name="labels">The true classes: [batch].</param>
    /// <param name="sample">The sample that is drawn.</param>
    /// <exception cref="ArgumentException">A layer has more neurons than can be drawn.</exception>
    public static Diagram Step(Network before, Network after, Matrix inputs, ReadOnlySpan<byte> labels, int sample = 0)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        NetworkLayout old = Layout(before, before.Forward(inputs), labels, sample), now = Layout(after, after.Forward(inputs), labels, sample);
        return new NetworkDrawing(now).Draw("One step: thin before, bold after",
            (node, i) => node.Values[0] == old.Nodes[i].Values[0] ? new([node.Values[0]], true)
                : new([old.Nodes[i].Values[0], $"→ {node.Values[0]}", .. BiasStep(before, after, node)], false),
            (edge, i) => new([N(old.Edges[i].Weight), N(edge.Weight)], edge.Weight == old.Edges[i].Weight), $"{old.Loss} → ");
    }

    private static string[] BiasStep(Network before, Network after, DiagramNode node) =>
        node.Layer is { } l && node.IsSum ? [$"b {N(before.Layers[l].Bias[0, node.Neuron])} → {N(after.Layers[l].Bias[0, node.Neuron])}"] : [];

    private static NetworkLayout Layout(Network network, ForwardPass pass, ReadOnlySpan<byte> labels, int sample)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pass);
        if (network.Sizes.Any(size => size > MostNeurons) || network.Layers.Count > 3)
            throw new ArgumentException($"a network {string.Join("-", network.Sizes)} is too large to draw: at most {MostNeurons} neurons a layer and 3 layers", nameof(network));
        return new NetworkLayout(network, pass, labels[sample], pass.Loss(labels), sample);
    }

    private static string N(double value) => NetworkLayout.Number(value);
}
