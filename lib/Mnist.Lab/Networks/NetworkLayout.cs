using System.Globalization;

namespace Mnist.Lab.Networks;

/// <summary>A node of the drawing.</summary>
/// <param name="Tensor">X, Z1, H1, …, P or loss: gives the colour.</param>
/// <param name="Layer">The layer that computed it, 0 for the first; null for X, P and the loss.</param>
/// <param name="IsSum">True for Z, and for the H that lies on it.</param>
/// <param name="Neuron">Its place in its column.</param>
/// <param name="X">The middle, in SVG units.</param>
/// <param name="Y">The middle, in SVG units.</param>
/// <param name="Values">What it holds; for a hidden neuron H, then Z and b.</param>
internal sealed record DiagramNode(string Tensor, int? Layer, bool IsSum, int Neuron, double X, double Y, string[] Values);

/// <summary>A weight: from a node of one column to a node of the next.</summary>
internal sealed record DiagramEdge(int Layer, int From, int To, float Weight, DiagramNode Start, DiagramNode End);

/// <summary>Where the nodes and edges of a small network stand, and what they hold.</summary>
internal sealed class NetworkLayout
{
    public const double NodeWidth = 74, NodeHeight = 60;
    private const double Margin = 2, Left = Margin + (NodeWidth / 2), RowGap = 180;
    private const double SoftmaxShare = 0.5; // of the space between two columns: there are no weights to write

    private readonly Network network;
    private readonly List<DiagramNode> nodes = [];

    public NetworkLayout(Network network, ForwardPass pass, int label, double loss, int sample)
    {
        this.network = network;
        int most = network.Sizes.Max(), last = network.Layers.Count - 1;
        Height = (RowGap * (most - 1)) + NodeHeight + 46;
        double gap = NodeWidth + ((Width - (2 * Margin) - (NodeWidth * (last + 3))) / (last + 1 + SoftmaxShare));
        Column("X", 0, null, network.Sizes[0], i => [Number(pass.Inputs[sample, i])], gap);
        for (int l = 0; l <= last; l++)
        {
            int layer = l;
            Matrix bias = network.Layers[l].Bias;
            Column(l < last ? $"H{l + 1}" : $"Z{l + 1}", l + 1, l, network.Sizes[l + 1],
                i => [Number(pass.Outputs[layer][sample, i]), .. layer < last ? [$"z {Number(Sum(pass, layer, sample, i))}"] : Array.Empty<string>(), $"b {Number(bias[0, i])}"], gap);
        }
        Column("P", last + 2, null, network.Sizes[^1], i => [Number(pass.Probabilities[sample, i]), .. i == label ? ["← true"] : Array.Empty<string>()], gap);
        Loss = Number(loss);
        Edges = [.. from l in Enumerable.Range(0, last + 1)
                    from start in At(l)
                    from end in At(l + 1)
                    select new DiagramEdge(l, start.Neuron, end.Neuron, network.Layers[l].Weights[start.Neuron, end.Neuron], start, end)];
    }

    /// <summary>Read on a phone too.</summary>
    public static double Width => 500;

    public double Height { get; }

    public IReadOnlyList<DiagramNode> Nodes => nodes;

    public IReadOnlyList<DiagramEdge> Edges { get; }

    /// <summary>The mean loss of the batch.</summary>
    public string Loss { get; }

    /// <summary>At most three decimals; a true minus.</summary>
    public static string Number(double value)
    {
        string text = value.ToString("0.###", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text.Replace('-', '−');
    }

    private IEnumerable<DiagramNode> At(int column) => nodes.Where(node => node.Layer is { } layer ? layer + 1 == column : column == 0 && node.Tensor == "X");

    private void Column(string tensor, int column, int? layer, int count, Func<int, string[]> values, double gap)
    {
        // P, the last column, stands nearer than the others
        double x = tensor == "P" ? Width - Left : Left + (column * gap);
        for (int i = 0; i < count; i++)
            nodes.Add(new DiagramNode(tensor, layer, layer is not null, i, x, 22 + (NodeHeight / 2) + (i * RowGap), values(i)));
    }

    /// <summary>Z before the ReLU, which the forward pass does not keep.</summary>
    private double Sum(ForwardPass pass, int layer, int sample, int neuron)
    {
        double sum = network.Layers[layer].Bias[0, neuron];
        for (int i = 0; i < network.Sizes[layer]; i++) sum += (double)pass.InputsOf(layer)[sample, i] * network.Layers[layer].Weights[i, neuron];
        return sum;
    }
}
