namespace Mnist.Lab.Neurons;

/// <summary>A network of two inputs and one hidden layer that learns to part points in a plane, and the picture it draws of it.</summary>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class PlaneNetwork : IShownInParts
{
    private const double End = 1.5; // the picture shows ±End in both directions
    private const int Cells = 80;

    private readonly PlanePoints points;

    private PlaneNetwork(Network network, PlanePoints points)
    {
        (Network, this.points) = (network, points);
        ForwardPass pass = network.Forward(points.Positions);
        Loss = pass.Loss(points.Labels);
        Accuracy = points.Labels.Select((label, i) => (pass.Probabilities[i, 1] > pass.Probabilities[i, 0] ? 1 : 0) == label ? 1.0 : 0).Average();
    }

    /// <summary>The network: 2 inputs, the hidden neurons, 2 outputs.</summary>
    public Network Network { get; }

    /// <summary>Hidden neurons; 0: there is no hidden layer.</summary>
    public int Neurons => Network.Sizes.Count == 2 ? 0 : Network.Sizes[1];

    /// <summary>Mean cross-entropy of the points.</summary>
    public double Loss { get; }

    /// <summary>Share of the points on their own side, 0 … 1.</summary>
    public double Accuracy { get; }

    /// <summary>Trains with the library's network, all points in every step, from several starting weights, and keeps the best. Shows itself live.</summary>
    /// <param name="points">What to part.</param>
    /// <param name="neurons">Hidden neurons; 0: no hidden layer.</param>
    /// <param name="starts">Number of starting weights: a small network often gets stuck, a large one hardly ever.</param>
    /// <param name="steps">Steps from each start.</param>
    /// <param name="learningRate">Step width.</param>
    public static PlaneNetwork Train(PlanePoints points, int neurons, int starts = 5, int steps = 2000, float learningRate = 0.3f)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfNegative(neurons);
        ArgumentOutOfRangeException.ThrowIfLessThan(starts, 1);
        return Live.Run($"{neurons} ReLU neurons", live =>
        {
            PlaneNetwork? best = null;
            for (int start = 0; start < starts; start++)
            {
                var network = new Network(neurons == 0 ? [2, 2] : [2, neurons, 2]);
                WeightInitializer.He(network, (uint)start);
                for (int step = 0; step < steps; step++)
                    network.Update(network.Backward(network.Forward(points.Positions), points.Labels), learningRate);
                var tried = new PlaneNetwork(network, points);
                if (best is null || tried.Loss < best.Loss) best = tried;
                live.Update((start + 1.0) / starts, $"start {start + 1} of {starts}", () => best.Figure);
            }
            return best!;
        });
    }

    /// <summary>The points, the network's answer everywhere, and the crease of each neuron.</summary>
    public Figure Figure
    {
        get
        {
            string name = Neurons switch { 0 => "No hidden layer", 1 => "1 neuron", _ => $"{Neurons} neurons" };
            (double[] x0, double[] y0) = points.OfClass(0);
            (double[] x1, double[] y1) = points.OfClass(1);
            Figure figure = new Figure(FormattableString.Invariant($"{name}: {100 * Accuracy:F1} % right"))
                .Field("answer", Answers(), -End, End, -End, End, ColorMap.Diverging, -2, 2)
                .Points("arm 0", x0, y0, color: Palette.Blue).Points("arm 1", x1, y1, color: Palette.Vermilion);
            (double[] x, double[] y) = Creases();
            if (x.Length > 0) figure = figure.Line("crease", x, y, reference: true);
            return figure.XAxis("x₁", from: -End, to: End).YAxis("x₂", from: -End, to: End).Aspect(1);
        }
    }

    /// <summary>The figure for a notebook.</summary>
    public string ToHtml() => Figure.ToHtml();

    /// <inheritdoc/>
    IReadOnlyList<IShownAsHtml> IShownInParts.Parts => [Figure];

    /// <summary>One line: neurons, accuracy, loss.</summary>
    public override string ToString() => FormattableString.Invariant($"{Neurons} neurons: {100 * Accuracy:F1} % right, loss {Loss:F3}");

    /// <summary>P of class 1 minus P of class 0 in the middle of each cell, the top row first.</summary>
    private float[][] Answers()
    {
        var places = new Matrix(Cells * Cells, 2);
        for (int i = 0; i < places.Rows; i++)
        {
            places[i, 0] = (float)(End * ((((i % Cells) + 0.5) * 2 / Cells) - 1));
            places[i, 1] = (float)(End * (1 - (((i / Cells) + 0.5) * 2 / Cells)));
        }
        Matrix answers = Network.Forward(places).Probabilities;
        return [.. Enumerable.Range(0, Cells).Select(row => Enumerable.Range(0, Cells)
            .Select(column => (row * Cells) + column).Select(i => answers[i, 1] - answers[i, 0]).ToArray())];
    }

    /// <summary>Where each neuron begins to answer, w₁x₁ + w₂x₂ + b = 0: a line's two ends, then a gap.</summary>
    private (double[] X, double[] Y) Creases()
    {
        var (xs, ys) = (new List<double>(), new List<double>());
        DenseLayer layer = Network.Layers[0];
        for (int neuron = 0; neuron < Neurons; neuron++)
        {
            (double w1, double w2, double b) = (layer.Weights[0, neuron], layer.Weights[1, neuron], layer.Bias[0, neuron]);
            double length = Math.Sqrt((w1 * w1) + (w2 * w2));
            if (length == 0) continue;
            (double u, double v) = (w1 / length, w2 / length);
            (double x, double y) = (-u * b / length, -v * b / length); // the point of the crease that is nearest to (0, 0)
            double from = double.NegativeInfinity, to = double.PositiveInfinity; // steps along (v, −u) that stay in the picture
            if (!Clip(x, v, ref from, ref to) || !Clip(y, -u, ref from, ref to)) continue;
            xs.AddRange([x + (from * v), x + (to * v), double.NaN]);
            ys.AddRange([y - (from * u), y - (to * u), double.NaN]);
        }
        return ([.. xs], [.. ys]);
    }

    /// <summary>Narrows from … to so that start + step · direction stays within ±End; false: it never is.</summary>
    private static bool Clip(double start, double direction, ref double from, ref double to)
    {
        if (direction == 0) return Math.Abs(start) < End;
        double a = (-End - start) / direction, b = (End - start) / direction;
        (from, to) = (Math.Max(from, Math.Min(a, b)), Math.Min(to, Math.Max(a, b)));
        return from < to;
    }
}
