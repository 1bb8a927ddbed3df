namespace Mnist.Lab.Clinic;

/// <summary>
/// The gradient of every weight and bias by central differences, (L(w + ε) − L(w − ε)) ÷ 2ε, in double precision: two
/// losses for each of the network's parameters.
/// </summary>
public sealed class NumericalGradient
{
    /// <summary>The nudge: small enough for the curvature (error ~ ε²), large enough for rounding (~ 1e-16 ÷ ε).</summary>
    public const double Epsilon = 1e-5;

    private NumericalGradient(IReadOnlyList<NumericalTensor> tensors) => Tensors = tensors;

    /// <summary>W1, b1, W2, …</summary>
    public IReadOnlyList<NumericalTensor> Tensors { get; }

    /// <summary>The gradient of the mean loss of a batch.</summary>
    /// <param name="network">The network, unchanged.</param>
    /// <param name="inputs">X: [batch, inputs]; some samples are enough.</param>
    /// <param name="labels">The true classes: [batch].</param>
    public static NumericalGradient Of(Network network, Matrix inputs, ReadOnlySpan<byte> labels)
    {
        ArgumentNullException.ThrowIfNull(network);
        var losses = new NudgedLoss<double>(network, inputs, labels);
        return Live.Run("Nudging every weight", live =>
        {
            var tensors = new List<NumericalTensor>();
            int done = 0;
            void Add(string name, int layer, int rows, int columns, bool isBias) => tensors.Add(Tensor(name, losses, layer, rows, columns, isBias, nudged =>
            {
                done += nudged;
                live.Update((double)done / network.ParameterCount, FormattableString.Invariant($"{done:N0} of {network.ParameterCount:N0}"));
            }));
            for (int l = 0; l < network.Layers.Count; l++)
            {
                DenseLayer layer = network.Layers[l];
                Add($"W{l + 1}", l, layer.Inputs, layer.Outputs, isBias: false);
                Add($"b{l + 1}", l, 1, layer.Outputs, isBias: true);
            }
            return new NumericalGradient(tensors);
        });
    }

    /// <summary>One tensor after the other, the last layer's bias first; each is computed when it is asked for.</summary>
    /// <returns>The tensor's place in W1, b1, W2, …, and its gradient.</returns>
    internal static IEnumerable<(int Place, NumericalTensor Tensor)> FromTheBack(Network network, Matrix inputs, byte[] labels)
    {
        var losses = new NudgedLoss<double>(network, inputs, labels);
        for (int l = network.Layers.Count - 1; l >= 0; l--)
        {
            DenseLayer layer = network.Layers[l];
            yield return ((2 * l) + 1, Tensor($"b{l + 1}", losses, l, 1, layer.Outputs, isBias: true, _ => { }));
            yield return (2 * l, Tensor($"W{l + 1}", losses, l, layer.Inputs, layer.Outputs, isBias: false, _ => { }));
        }
    }

    private static NumericalTensor Tensor(string name, NudgedLoss<double> losses, int layer, int rows, int columns, bool isBias, Action<int> nudged)
    {
        const int RowsAtOnce = 100; // then there is news of the progress
        var tensor = new NumericalTensor(name, rows, columns, new double[rows * columns], new bool[rows * columns]);
        for (int first = 0; first < rows; first += RowsAtOnce)
        {
            int end = Math.Min(rows, first + RowsAtOnce);
            Parallel.For(first, end, row =>
            {
                for (int column = 0; column < columns; column++)
                    tensor.Values[(row * columns) + column] = losses.Difference(layer, isBias ? -1 : row, column, Epsilon, out tensor.AtKink[(row * columns) + column]);
            });
            nudged((end - first) * columns);
        }
        return tensor;
    }
}

/// <summary>One tensor's numerical gradient.</summary>
/// <param name="Name">W1, b1, …</param>
/// <param name="Rows">Its rows; 1 for a bias.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Values">The gradient, row after row.</param>
/// <param name="AtKink">True where a nudge switches a ReLU: the loss has a kink there, and the difference means nothing.</param>
public sealed record NumericalTensor(string Name, int Rows, int Columns, double[] Values, bool[] AtKink);
