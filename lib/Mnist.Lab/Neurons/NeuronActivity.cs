namespace Mnist.Lab.Neurons;

/// <summary>How often the neurons of one hidden layer are active, that is above 0 after their ReLU, over many images.</summary>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class NeuronActivity : IShownInParts
{
    private const int Chunk = 1000;

    private NeuronActivity(string layer, int images, int[] active)
    {
        (Layer, Images) = (layer, images);
        Active = active;
        Shares = [.. active.Select(count => (double)count / images)];
    }

    /// <summary>The layer's outputs: H1, H2, …</summary>
    public string Layer { get; }

    /// <summary>Images that were looked at.</summary>
    public int Images { get; }

    /// <summary>Images for which each neuron is active: [neurons].</summary>
    public IReadOnlyList<int> Active { get; }

    /// <summary>Share of the images for which each neuron is active, 0 … 1: [neurons].</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>Share of the layer's outputs that are exactly 0.</summary>
    public double ZeroShare => 1 - Shares.Average();

    /// <summary>The neurons that are active for no image at all.</summary>
    public IReadOnlyList<int> Dead => [.. Enumerable.Range(0, Active.Count).Where(neuron => Active[neuron] == 0)];

    /// <summary>The activity of every hidden layer, the first one first.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">The images that it looks at.</param>
    /// <exception cref="ArgumentException">There are no images, or they have another number of pixels than the network has inputs.</exception>
    public static IReadOnlyList<NeuronActivity> Of(Network network, ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        if (images.Count == 0) throw new ArgumentException("there are no images", nameof(images));
        int[][] active = [.. network.Sizes.Skip(1).SkipLast(1).Select(neurons => new int[neurons])];
        Parallel.For(0, (images.Count + Chunk - 1) / Chunk, chunk =>
        {
            ForwardPass pass = network.Forward(images.ToMatrix(chunk * Chunk, Math.Min(Chunk, images.Count - (chunk * Chunk))));
            for (int layer = 0; layer < active.Length; layer++) Count(pass.Outputs[layer], active[layer]);
        });
        return [.. active.Select((counts, layer) => new NeuronActivity($"H{layer + 1}", images.Count, counts))];
    }

    /// <summary>A bar for each neuron, the busiest first.</summary>
    public Figure Figure
    {
        get
        {
            double[] sorted = [.. Shares.OrderDescending()];
            string dead = Dead.Count == 0 ? "" : $", {Dead.Count} dead";
            return new Figure(FormattableString.Invariant($"{Layer}: {100 * ZeroShare:F0} % zeros{dead}"))
                .Bars(Layer, sorted.Select((_, place) => $"{place + 1}"), sorted)
                .XAxis($"{sorted.Length} neurons, the busiest first").YAxis("active for", from: 0, to: 1, percent: true).Aspect(0.45);
        }
    }

    /// <summary>The figure for a notebook.</summary>
    public string ToHtml() => Figure.ToHtml();

    /// <inheritdoc/>
    IReadOnlyList<IShownAsHtml> IShownInParts.Parts => [Figure];

    /// <summary>One line: layer, zeros, dead neurons.</summary>
    public override string ToString() => FormattableString.Invariant($"{Layer}: {100 * ZeroShare:F1} % zeros, {Dead.Count} of {Active.Count} neurons dead");

    /// <summary>Adds a chunk's active images to the totals; chunks are counted on several threads.</summary>
    private static void Count(Matrix outputs, int[] totals)
    {
        var active = new int[totals.Length];
        for (int row = 0; row < outputs.Rows; row++)
        {
            ReadOnlySpan<float> values = outputs.Row(row);
            for (int neuron = 0; neuron < values.Length; neuron++)
                if (values[neuron] > 0) active[neuron]++;
        }
        lock (totals)
        {
            for (int neuron = 0; neuron < active.Length; neuron++) totals[neuron] += active[neuron];
        }
    }
}
