using Mnist.Kernels;

namespace Mnist;

/// <summary>
/// Is a gradient right? Nudge one weight up and down by h, and see how the loss answers:
/// dL/dw ≈ (L(w + h) − L(w − h)) / 2h, in double precision, by plain loops that share no code with the kernels.
/// </summary>
public static class GradientCheck
{
    /// <summary>The nudge: small enough for the curvature (error ~h²), large enough for double rounding (~1e-16 / h).</summary>
    private const double Step = 1e-5;

    /// <summary>Holds gradients of the mean loss against central differences.</summary>
    /// <param name="network">The network, unchanged by the check.</param>
    /// <param name="inputs">X: [batch, inputs]; a handful of samples is enough.</param>
    /// <param name="labels">The true classes: [batch].</param>
    /// <param name="gradients">The gradients to check; null: those of <see cref="Network.Backward"/>.</param>
    /// <param name="elements">Elements checked of each tensor, spread by a seeded generator; all of a smaller tensor.</param>
    /// <param name="tolerance">The largest relative error that passes; float32 gradients reach about 1e-5.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static GradientCheckReport Run(Network network, Matrix inputs, ReadOnlySpan<byte> labels, Gradients? gradients = null,
        int elements = 100, double tolerance = 1e-4)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(elements);
        Lengths.MustEqual(labels.Length, inputs.Rows);
        Lengths.MustEqual(inputs.Columns, network.Sizes[0]);
        gradients ??= network.Backward(network.Forward(inputs), labels);
        var reference = new ReferenceNetwork(network, inputs, labels);
        var tensors = new List<TensorCheck>();
        for (int l = 0; l < network.Layers.Count; l++)
        {
            tensors.Add(Check($"W{l + 1}", reference, reference.Weights[l], gradients.Layers[l].Weights, elements));
            tensors.Add(Check($"b{l + 1}", reference, reference.Biases[l], gradients.Layers[l].Bias, elements));
        }
        return new GradientCheckReport { Tensors = tensors, Tolerance = tolerance };
    }

    private static TensorCheck Check(string name, ReferenceNetwork reference, double[] values, Matrix gradient, int elements)
    {
        double meanSize = gradient.ToArray().Where(float.IsFinite).Select(value => Math.Abs((double)value)).DefaultIfEmpty().Average();
        var worst = new TensorCheck(name, gradient.Rows, gradient.Columns, 0, 0, 0, 0, 0, 0, 0);
        int compared = 0, atKink = 0;
        foreach (int index in Choose(values.Length, elements))
        {
            if (!TryDifference(reference, ref values[index], out double numerical))
            {
                atKink++;
                continue;
            }
            int row = index / gradient.Columns, column = index % gradient.Columns;
            double analytic = gradient[row, column];
            double error = RelativeError(analytic, numerical, meanSize);
            if (compared++ == 0 || error > worst.RelativeError)
                worst = worst with { WorstRow = row, WorstColumn = column, Analytic = analytic, Numerical = numerical, RelativeError = error };
        }
        return worst with { Checked = compared, AtKink = atKink };
    }

    /// <summary>False when a ReLU switches between w − h and w + h: there the loss has a kink and no derivative.</summary>
    private static bool TryDifference(ReferenceNetwork reference, ref double value, out double difference)
    {
        double middle = value;
        value = middle + Step;
        (double above, ulong patternAbove) = reference.Loss();
        value = middle - Step;
        (double below, ulong patternBelow) = reference.Loss();
        value = middle;
        difference = (above - below) / (2 * Step);
        return patternAbove == patternBelow;
    }

    /// <summary>
    /// Relative to the larger of the two and of the tensor's mean size, so that elements near zero do not count the
    /// rounding of float32 as an error; infinite where one of the two is not a number or infinite.
    /// </summary>
    internal static double RelativeError(double analytic, double numerical, double meanSize)
    {
        if (!double.IsFinite(analytic - numerical)) return double.PositiveInfinity;
        double scale = Math.Max(Math.Max(Math.Abs(analytic), Math.Abs(numerical)), meanSize);
        return scale == 0 ? 0 : Math.Abs(analytic - numerical) / scale;
    }

    private static IEnumerable<int> Choose(int count, int most)
    {
        if (count <= most) return Enumerable.Range(0, count);
        var random = new Random(count);
        int[] chosen = [.. Enumerable.Range(0, count)];
        random.Shuffle(chosen);
        return chosen.Take(most).Order();
    }

    /// <summary>The same network in double precision, written as the formulas are.</summary>
    private sealed class ReferenceNetwork
    {
        private readonly IReadOnlyList<int> sizes;
        private readonly double[] inputs;
        private readonly byte[] labels;

        public ReferenceNetwork(Network network, Matrix inputs, ReadOnlySpan<byte> labels)
        {
            sizes = network.Sizes;
            this.inputs = Array.ConvertAll(inputs.ToArray(), value => (double)value);
            this.labels = labels.ToArray();
            Weights = [.. network.Layers.Select(layer => Array.ConvertAll(layer.Weights.ToArray(), value => (double)value))];
            Biases = [.. network.Layers.Select(layer => Array.ConvertAll(layer.Bias.ToArray(), value => (double)value))];
        }

        public double[][] Weights { get; }

        public double[][] Biases { get; }

        /// <summary>The mean loss, and a hash of which ReLUs were open.</summary>
        public (double Loss, ulong Pattern) Loss()
        {
            double loss = 0;
            ulong pattern = 14695981039346656037;
            for (int sample = 0; sample < labels.Length; sample++)
            {
                double[] values = inputs[(sample * sizes[0])..((sample + 1) * sizes[0])];
                for (int l = 0; l < Weights.Length; l++)
                {
                    values = Layer(l, values);
                    if (l == Weights.Length - 1) break;
                    for (int i = 0; i < values.Length; i++)
                    {
                        pattern = (pattern ^ (values[i] > 0 ? 1UL : 2UL)) * 1099511628211;
                        values[i] = Math.Max(values[i], 0);
                    }
                }
                double max = values.Max();
                loss += max + Math.Log(values.Sum(value => Math.Exp(value - max))) - values[labels[sample]];
            }
            return (loss / labels.Length, pattern);
        }

        private double[] Layer(int l, double[] values)
        {
            double[] sums = [.. Biases[l]];
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] == 0) continue;
                for (int j = 0; j < sums.Length; j++) sums[j] += values[i] * Weights[l][(i * sums.Length) + j];
            }
            return sums;
        }
    }
}
