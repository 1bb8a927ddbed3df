using System.Globalization;

namespace Mnist.Lab.Clinic;

/// <summary>The check of one tensor's gradient, element by element.</summary>
/// <param name="Name">W1, b1, …</param>
/// <param name="Rows">Rows of the tensor; 1 for a bias.</param>
/// <param name="Columns">Columns of the tensor.</param>
/// <param name="Checked">Elements compared; those at a kink are left out.</param>
/// <param name="WorstError">The largest relative error: 0 … 2, or infinite where an element is no number or infinite.</param>
/// <param name="At">Where it is, e.g. [3, 7].</param>
/// <param name="Pattern">In which pattern it is wrong.</param>
/// <param name="Errors">For each element, row after row, how much too large it is, relative to its size: −1 … 1.</param>
public sealed record TensorReport(string Name, int Rows, int Columns, int Checked, double WorstError, string At, ErrorPattern Pattern, IReadOnlyList<float> Errors)
{
    /// <summary>True when every element is right.</summary>
    public bool Passed => Checked > 0 && Pattern.Kind == ErrorKind.None;
}

/// <summary>
/// The gradient check of a whole network: every weight and bias against its central difference in double precision, and
/// where a tensor is wrong, in which pattern.
/// </summary>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class GradientReport : IShownInParts
{
    /// <summary>The largest relative error of a right element; float32 gradients reach about 1e-5.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>What was checked.</summary>
    public required string Title { get; init; }

    /// <summary>W1, b1, W2, …</summary>
    public required IReadOnlyList<TensorReport> Tensors { get; init; }

    /// <summary>The angle between the gradient and the right one, over all parameters, in degrees: below 90 a small step still goes downhill. NaN where one of them has no direction.</summary>
    public required double Angle { get; init; }

    /// <summary>The true classes of the batch that was checked.</summary>
    public required IReadOnlyList<byte> Labels { get; init; }

    /// <summary>Whether the batch before it passed the same check; null: there was none.</summary>
    public bool? BatchBefore { get; private init; }

    /// <summary>True when every tensor is right.</summary>
    public bool Passed => Tensors.All(tensor => tensor.Passed);

    /// <summary>Checks the gradients of one batch.</summary>
    /// <param name="title">What is checked.</param>
    /// <param name="network">The network, unchanged.</param>
    /// <param name="inputs">X: [batch, inputs]; some samples are enough.</param>
    /// <param name="labels">The true classes: [batch].</param>
    /// <param name="gradients">The gradients of the batch's mean loss.</param>
    public static GradientReport Of(string title, Network network, Matrix inputs, ReadOnlySpan<byte> labels, Gradients gradients) =>
        Of(title, network, inputs, labels, gradients, null);

    private static GradientReport Of(string title, Network network, Matrix inputs, ReadOnlySpan<byte> labels, Gradients gradients, bool? batchBefore)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(gradients);
        NumericalGradient right = NumericalGradient.Of(network, inputs, labels);
        ForwardPass pass = network.Forward(inputs);
        TensorReport[] tensors = [.. right.Tensors.Select((tensor, i) => Check(tensor, Values(gradients, i), Off(pass, i / 2)))];
        double[] mine = [.. right.Tensors.SelectMany((_, i) => Values(gradients, i))];
        return new GradientReport
        {
            Title = title,
            Tensors = tensors,
            Labels = labels.ToArray(),
            BatchBefore = batchBefore,
            Angle = AngleBetween(mine, [.. right.Tensors.SelectMany(tensor => tensor.Values)]),
        };
    }

    /// <summary>Checks a backward pass on two batches, one after the other, so that what it keeps shows; reports on the second.</summary>
    /// <param name="title">What is checked.</param>
    /// <param name="backward">The backward pass; it has seen nothing yet.</param>
    /// <param name="network">The network, unchanged.</param>
    /// <param name="images">The images; their first ones are taken.</param>
    /// <param name="batch">Samples per batch.</param>
    public static GradientReport Of(string title, BackwardPass backward, Network network, ImageSet images, int batch = 4)
    {
        ArgumentNullException.ThrowIfNull(backward);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        Matrix first = images.ToMatrix(0, batch), second = images.ToMatrix(batch, batch);
        byte[] labels = images.Labels[..batch].ToArray();
        bool before = Passes(network, first, labels, backward.Run(network, network.Forward(first), labels));
        labels = images.Labels.Slice(batch, batch).ToArray();
        return Of(title, network, second, labels, backward.Run(network, network.Forward(second), labels), before);
    }

    /// <summary>The verdict alone, from the last tensor back to the first wrong one.</summary>
    private static bool Passes(Network network, Matrix inputs, byte[] labels, Gradients gradients) =>
        NumericalGradient.FromTheBack(network, inputs, labels).All(one => Check(one.Tensor, Values(gradients, one.Place), null).Passed);

    /// <summary>A table and a picture of the errors.</summary>
    public string ToHtml() => Message.Html(Parts);

    /// <summary>A table, and a picture of the errors if there are any.</summary>
    public IReadOnlyList<IShownAsHtml> Parts => GradientReportDrawing.Parts(this);

    /// <summary>One line per tensor.</summary>
    public override string ToString() => string.Join('\n', Tensors.Select(tensor => string.Create(CultureInfo.InvariantCulture,
        $"d{tensor.Name} [{tensor.Rows}, {tensor.Columns}]  {(tensor.Passed ? "OK   " : "WRONG")} worst relative error {tensor.WorstError:E1} at {tensor.At}: {tensor.Pattern.Words}")));

    private static TensorReport Check(NumericalTensor right, double[] mine, bool[]? off)
    {
        var finder = new PatternFinder(mine, right.Values, right.Columns, Tolerance, right.AtKink) { ReluOff = off };
        double[] errors = [.. Enumerable.Range(0, mine.Length).Select(finder.RelativeError)];
        int worst = Array.IndexOf(errors, errors.Max());
        IEnumerable<float> signed = errors.Select((error, i) => (float)(Math.Clamp(error, 0, 1) * (Math.Sign(right.Values[i]) < 0 == mine[i] > right.Values[i] ? -1 : 1)));
        return new TensorReport(right.Name, right.Rows, right.Columns, right.AtKink.Count(kink => !kink), errors[worst],
            $"[{worst / right.Columns}, {worst % right.Columns}]", finder.Find(), [.. signed]);
    }

    /// <summary>W1, b1, W2, … by their number.</summary>
    private static double[] Values(Gradients gradients, int tensor)
    {
        DenseLayer layer = gradients.Layers[tensor / 2];
        return [.. (tensor % 2 == 0 ? layer.Weights : layer.Bias).ToArray().Select(value => (double)value)];
    }

    private static bool[]? Off(ForwardPass pass, int layer) => layer == pass.Outputs.Count - 1 ? null
        : [.. Enumerable.Range(0, pass.Outputs[layer].Columns).Select(column => Enumerable.Range(0, pass.Inputs.Rows).Any(row => pass.Outputs[layer][row, column] <= 0))];

    private static double AngleBetween(double[] a, double[] b)
    {
        double cosine = a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));
        return Math.Acos(Math.Clamp(cosine, -1, 1)) * 180 / Math.PI;
    }
}
