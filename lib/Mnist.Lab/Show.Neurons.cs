using Mnist.Kernels;

namespace Mnist.Lab;

/// <content>What neurons like.</content>
public static partial class Show
{
    /// <summary>A row for each neuron of the first layer: its weights as an image, and the images for which it is most active.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">The images to choose from.</param>
    /// <param name="neurons">The neurons, 0 for the first.</param>
    /// <param name="count">How many images of each.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron, or there are not as many images.</exception>
    public static Figure Likes(Network network, ImageSet images, IReadOnlyList<int> neurons, int count = 8)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(neurons);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, images.Count);
        Matrix weights = network.Layers[0].Weights, answers = new(images.Count, weights.Columns); // [pixels, neurons], [images, neurons]
        foreach (int neuron in neurons) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)neuron, (uint)weights.Columns, nameof(neurons));
        DenseForward.Compute(images.ToMatrix(0, images.Count), weights, network.Layers[0].Bias, answers, relu: true);
        double span = Span(weights);
        IEnumerable<Figure> Row(int neuron)
        {
            int[] liked = [.. Enumerable.Range(0, images.Count).OrderByDescending(i => answers[i, neuron]).Take(count)];
            float[] looksFor = [.. Enumerable.Range(0, weights.Rows).Select(pixel => weights[pixel, neuron])];
            yield return new Figure($"Neuron {neuron}: its weights").Sheet("W1", [looksFor], images.Rows, images.Columns, 1, colors: ColorMap.Diverging, from: -span, to: span);
            yield return new Figure($"Neuron {neuron}: most active for").Sheet("images", liked.Select(i => Pixels.Shares(images.Image(i))),
                images.Rows, images.Columns, count, liked.Select(i => $"{images.Labels[i]}"));
        }
        return Figure.Grid("What neurons of the first layer like", 2, [.. neurons.SelectMany(Row)]);
    }
}
