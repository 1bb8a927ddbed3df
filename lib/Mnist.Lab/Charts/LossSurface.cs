namespace Mnist.Lab.Charts;

/// <summary>
/// The loss around a network's weights, on a plane through them: two random directions, in which each neuron's weights
/// move by as much as they are long, or the neurons with small weights would make the surface look steep.
/// </summary>
/// <remarks>Source: H. Li and others, "Visualizing the loss landscape of neural nets", 2018: filter-normalised directions; biases stay.</remarks>
public sealed class LossSurface
{
    private readonly Network center;
    private readonly Network walker;
    private readonly ImageSet images;
    private readonly Matrix[] first;
    private readonly Matrix[] second;

    /// <summary>A surface.</summary>
    /// <param name="network">The network in the middle; it is not changed.</param>
    /// <param name="images">What the loss is the mean of; a thousand images are enough for a picture.</param>
    /// <param name="seed">Equal seeds give equal directions.</param>
    /// <exception cref="ArgumentException">There are no images, or they do not fit the network.</exception>
    public LossSurface(Network network, ImageSet images, uint seed = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        if (images.Count == 0) throw new ArgumentException("a mean loss needs at least one image", nameof(images));
        if (images.PixelCount != network.Sizes[0]) throw new ArgumentException($"images of {images.PixelCount} pixels do not fit a network of {network.Sizes[0]} inputs", nameof(images));
        (center, walker, this.images) = (network.Clone(), network.Clone(), images);
        var random = new Xoshiro256(seed);
        first = [.. center.Layers.Select(layer => Direction(layer.Weights, random))];
        second = [.. center.Layers.Select(layer => Direction(layer.Weights, random))];
    }

    /// <summary>The mean loss with weights W + a · D₁ + b · D₂.</summary>
    /// <param name="a">Along the first direction; at 1 each neuron's weights have moved by as much as they are long.</param>
    /// <param name="b">Along the second direction.</param>
    public double At(double a, double b)
    {
        Walk(a, b);
        return walker.Evaluate(images).Loss;
    }

    /// <summary>The network with weights W + a · D₁ + b · D₂.</summary>
    /// <param name="a">Along the first direction.</param>
    /// <param name="b">Along the second direction.</param>
    public Network NetworkAt(double a, double b)
    {
        Walk(a, b);
        return walker.Clone();
    }

    /// <summary>The mean losses on a grid, row after row.</summary>
    /// <param name="a">Places along the first direction: the columns.</param>
    /// <param name="b">Places along the second direction: the rows.</param>
    public double[][] On(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return Live.Run("The loss on a plane of weights", live => b.Select((place, row) =>
        {
            double[] losses = [.. a.Select(column => At(column, place))];
            live.Update((row + 1.0) / b.Count, $"row {row + 1} of {b.Count}");
            return losses;
        }).ToArray());
    }

    /// <summary>The mean losses on the straight line from one network's weights and biases to another's.</summary>
    /// <param name="from">Where the line begins, at 0.</param>
    /// <param name="to">Where 1 is.</param>
    /// <param name="images">What the loss is the mean of.</param>
    /// <param name="places">Places on the line; below 0 and above 1 lie beyond the networks.</param>
    /// <exception cref="ArgumentException">The networks are of different sizes, or do not fit the images.</exception>
    /// <remarks>Source: I. Goodfellow and others, "Qualitatively characterizing neural network optimization problems", 2015.</remarks>
    public static double[] Between(Network from, Network to, ImageSet images, IEnumerable<double> places)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(places);
        Network walker = from.Clone();
        walker.CopyFrom(to); // refuses another size
        return [.. places.Select(place =>
        {
            for (int l = 0; l < walker.Layers.Count; l++)
            {
                Mix(from.Layers[l].Weights, to.Layers[l].Weights, place, walker.Layers[l].Weights);
                Mix(from.Layers[l].Bias, to.Layers[l].Bias, place, walker.Layers[l].Bias);
            }
            return walker.Evaluate(images).Loss;
        })];
    }

    private void Walk(double a, double b)
    {
        for (int l = 0; l < first.Length; l++)
        {
            ReadOnlySpan<float> from = center.Layers[l].Weights.Padded, right = first[l].Padded, up = second[l].Padded;
            Span<float> to = walker.Layers[l].Weights.Padded;
            for (int i = 0; i < to.Length; i++) to[i] = (float)(from[i] + (a * right[i]) + (b * up[i]));
        }
    }

    /// <summary>
    /// A random direction for a layer: in it, each neuron's weights, a column, move by as much as they are long.
    /// </summary>
    /// <param name="weights">W: [inputs, neurons].</param>
    /// <param name="random">Where the normally distributed numbers come from.</param>
    internal static Matrix Direction(Matrix weights, Xoshiro256 random)
    {
        var direction = new Matrix(weights.Rows, weights.Columns);
        for (int row = 0; row < weights.Rows; row++)
            foreach (ref float value in direction.Row(row)) value = (float)random.NextNormal();
        for (int column = 0; column < weights.Columns; column++)
        {
            double scale = Length(weights, column) / Length(direction, column);
            for (int row = 0; row < weights.Rows; row++) direction[row, column] = (float)(direction[row, column] * scale);
        }
        return direction;
    }

    private static double Length(Matrix matrix, int column)
    {
        double sum = 0;
        for (int row = 0; row < matrix.Rows; row++) sum += (double)matrix[row, column] * matrix[row, column];
        return Math.Sqrt(sum);
    }

    private static void Mix(Matrix from, Matrix to, double place, Matrix mixed)
    {
        ReadOnlySpan<float> begin = from.Padded, end = to.Padded;
        Span<float> between = mixed.Padded;
        for (int i = 0; i < between.Length; i++) between[i] = (float)(begin[i] + (place * ((double)end[i] - begin[i])));
    }
}
