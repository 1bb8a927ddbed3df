using System.Globalization;

namespace Mnist.Lab;

/// <content>Weights, activations, matrices.</content>
public static partial class Show
{
    private const int WeightsPerRow = 8;

    /// <summary>What neurons of the first layer look for: the weights from all pixels to one neuron, as an image. Blue is below 0, red above.</summary>
    /// <param name="network">The network; its inputs are the pixels of an image.</param>
    /// <param name="count">How many neurons, the first ones.</param>
    /// <param name="rows">Pixel rows of an image.</param>
    /// <param name="columns">Pixel columns of an image.</param>
    public static Figure Weights(Network network, int count = 32, int rows = 28, int columns = 28)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Weights("First-layer weights", network, count, rows, columns, null);
    }

    /// <summary>The first layer's weights before and after training, in one scale of colours.</summary>
    /// <param name="before">The network before training.</param>
    /// <param name="after">The network after it.</param>
    /// <param name="count">How many neurons, the first ones.</param>
    /// <param name="rows">Pixel rows of an image.</param>
    /// <param name="columns">Pixel columns of an image.</param>
    public static Figure Weights(Network before, Network after, int count = 32, int rows = 28, int columns = 28)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        double span = Math.Max(Span(before.Layers[0].Weights), Span(after.Layers[0].Weights));
        return Figure.Grid(string.Create(CultureInfo.InvariantCulture, $"First-layer weights of {count} of {before.Layers[0].Outputs} neurons"), 2,
            Weights("Before training", before, count, rows, columns, span), Weights("After training", after, count, rows, columns, span));
    }

    /// <summary>How often activations have which value. Exact zeros (what a ReLU has cut off) are counted in the title and left out of the picture.</summary>
    /// <param name="name">The tensor's name, e.g. H1; it gives the colour.</param>
    /// <param name="values">The activations.</param>
    /// <param name="bins">Number of intervals.</param>
    public static Figure Activations(string name, Matrix values, int bins = 40)
    {
        ArgumentNullException.ThrowIfNull(values);
        float[] all = values.ToArray();
        float[] others = [.. all.Where(value => value != 0)];
        string title = others.Length == all.Length ? $"{name}: {all.Length.ToString("N0", CultureInfo.InvariantCulture)} values"
            : string.Create(CultureInfo.InvariantCulture, $"{name}: {100.0 * (all.Length - others.Length) / all.Length:F0} % exactly 0 (not drawn)");
        return new Figure(title)
            .Histogram(name, others, bins, from: others.Length > 0 && others.Min() > 0 ? 0 : null).XAxis("value").YAxis("how often");
    }

    /// <summary>Histograms of several tensors, one panel each.</summary>
    public static Figure Activations(params (string Name, Matrix Values)[] tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return Figure.Grid("Activations", 2, [.. tensors.Select(tensor => Activations(tensor.Name, tensor.Values))]);
    }

    /// <summary>A matrix as colours.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="values">True: the numbers in the cells too; for small matrices.</param>
    public static Figure Matrix(string name, Matrix matrix, bool values = false)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        float[][] rows = [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix.Row(row).ToArray())];
        string[][]? texts = values ? [.. rows.Select(row => row.Select(value => value.ToString("G3", CultureInfo.InvariantCulture).Replace('-', '−')).ToArray())] : null;
        return new Figure($"{name} [{matrix.Rows}, {matrix.Columns}]").Heatmap(name, rows, texts: texts);
    }

    /// <summary>What the network answers for one image: a bar for each digit.</summary>
    /// <param name="probabilities">Ten probabilities.</param>
    /// <param name="title">What image it is.</param>
    public static Figure Probabilities(ReadOnlySpan<float> probabilities, string title = "The network's answer")
    {
        double[] shares = [.. probabilities.ToArray().Select(value => (double)value)];
        return new Figure(title).Bars("P", Enumerable.Range(0, shares.Length).Select(digit => $"{digit}"), shares)
            .XAxis("digit").YAxis("probability", from: 0, to: 1, percent: true).Aspect(0.35);
    }

    private static Figure Weights(string title, Network network, int count, int rows, int columns, double? span)
    {
        Matrix weights = network.Layers[0].Weights; // [pixels, neurons]
        if (weights.Rows != rows * columns)
            throw new ArgumentException($"the network has {weights.Rows} inputs, which are no image of {rows} × {columns}", nameof(network));
        double largest = span ?? Span(weights);
        var images = Enumerable.Range(0, Math.Min(count, weights.Columns))
            .Select(neuron => Enumerable.Range(0, weights.Rows).Select(pixel => weights[pixel, neuron]).ToArray());
        return new Figure(title)
            .Sheet("W1", images, rows, columns, count > 64 ? 2 * WeightsPerRow : WeightsPerRow, colors: ColorMap.Diverging, from: -largest, to: largest)
            .Described(string.Create(CultureInfo.InvariantCulture, $"The weights of {Math.Min(count, weights.Columns)} neurons as images; colours end at ±{largest:G3}."));
    }

    /// <summary>Where the colours end: 99.5 % of the weights are below it, so that a few large ones do not make all others pale.</summary>
    private static double Span(Matrix matrix)
    {
        double[] sizes = [.. matrix.ToArray().Where(float.IsFinite).Select(value => (double)Math.Abs(value)).Order()];
        double span = sizes.Length == 0 ? 0 : sizes[(int)(0.995 * (sizes.Length - 1))];
        return span > 0 ? span : 1;
    }
}
