using System.Globalization;

namespace Mnist.Lab;

/// <content>Your own digit.</content>
public static partial class Show
{
    /// <summary>A pad to draw a digit on; the network reads it while you draw, and shows what each layer makes of it.</summary>
    /// <param name="network">A network of 784 inputs and 10 outputs.</param>
    /// <exception cref="ArgumentException">The network has other inputs or outputs.</exception>
    public static DrawingPad DrawingPad(Network network) => new(network);

    /// <summary>Pictures as the network gets them, and over each what it reads and how sure it is.</summary>
    /// <param name="network">A network of 784 inputs.</param>
    /// <param name="title">What they are.</param>
    /// <param name="pictures">A name and the input X of each: [1, 784].</param>
    public static Figure Readings(Network network, string title, params (string Name, Matrix X)[] pictures)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pictures);
        return Figure.Grid(title, Math.Min(3, pictures.Length), [.. pictures.Select(picture =>
        {
            float[] P = network.Forward(picture.X).Probabilities.ToArray();
            int read = Kernels.ArgMax.Compute(P);
            return Digit(picture.X.ToArray(), title: string.Create(CultureInfo.InvariantCulture, $"{picture.Name}: {read}, {100 * P[read]:F0} % sure"));
        })]);
    }

    /// <summary>The ten logits of each picture, and beside them what softmax makes of them.</summary>
    /// <param name="network">A network of 784 inputs and 10 outputs.</param>
    /// <param name="title">What is to be seen.</param>
    /// <param name="pictures">A name and the input X of each: [1, 784].</param>
    public static Figure Answers(Network network, string title, params (string Name, Matrix X)[] pictures)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pictures);
        string[] digits = [.. Enumerable.Range(0, MnistData.Classes).Select(digit => digit.ToString(CultureInfo.InvariantCulture))];
        Figure Bars(string name, Matrix values) => new Figure(name).Bars(name, digits, values.ToArray().Select(value => (double)value)).XAxis("digit");
        return Figure.Grid(title, 2, [.. pictures.SelectMany(picture =>
        {
            ForwardPass answer = network.Forward(picture.X);
            return new[]
            {
                Bars($"{picture.Name}: Z3, the logits", answer.Logits).YAxis("logit"),
                Bars($"{picture.Name}: P, after softmax", answer.Probabilities).YAxis("probability", from: 0, to: 1, percent: true),
            };
        })]);
    }

    /// <summary>The neuron of the first layer that a picture excites most: the picture, the neuron's weights, and the two multiplied pixel by pixel.</summary>
    /// <param name="network">A network of 784 inputs.</param>
    /// <param name="X">The picture: [1, 784].</param>
    public static Figure StrongestNeuron(Network network, Matrix X)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(X);
        float[] answers = network.Forward(X).Outputs[0].ToArray(), ink = X.ToArray();
        int neuron = Kernels.ArgMax.Compute(answers);
        Matrix weights = network.Layers[0].Weights;
        float[] looksFor = [.. Enumerable.Range(0, weights.Rows).Select(pixel => weights[pixel, neuron])];
        float[] products = [.. looksFor.Zip(ink, (w, x) => w * x)];
        Figure Signed(string title, float[] values)
        {
            double span = values.Max(value => (double)Math.Abs(value));
            return new Figure(title).Heatmap(title, values.Chunk(Normalizer.Size), ColorMap.Diverging, -span, span, scale: false);
        }
        string sum = string.Create(CultureInfo.InvariantCulture, $"{products.Sum():F2} + bias {network.Layers[0].Bias[0, neuron]:F2} = {answers[neuron]:F2}");
        return Figure.Grid($"Neuron {neuron} of the first layer answers most: {sum}", 3,
            Digit(ink, title: "The drawing"), Signed($"Weights of neuron {neuron}", looksFor), Signed("Weights x drawing", products))
            .Described($"A drawing, the 784 weights of neuron {neuron}, and their products, whose sum and bias make its answer: {sum}.");
    }

    /// <summary>Where the centres of mass of images lie, in pixels counted from 0.</summary>
    /// <param name="title">What is to be seen.</param>
    /// <param name="sets">A name and images of each kind; of each the first 500 are drawn.</param>
    public static Figure CentersOfMass(string title, params (string Name, ImageSet Images)[] sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var figure = new Figure(title);
        foreach ((string name, ImageSet images) in sets)
        {
            (double Column, double Row)[] centers = [.. Enumerable.Range(0, Math.Min(500, images.Count)).Select(i => Normalizer.CenterOfMass(images.Image(i), images.Columns))];
            figure = figure.Points(name, centers.Select(center => center.Column), centers.Select(center => center.Row));
        }
        return figure.XAxis("pixel column").YAxis("pixel row").Aspect(0.9);
    }
}
