using System.Numerics;

namespace Mnist.Lab.Clinic;

/// <summary>
/// The loss of a batch when one parameter is nudged, by plain loops that share no code with the kernels. Nudging a
/// weight moves one neuron's Z; what lies before it stays as it is and is computed once.
/// </summary>
internal sealed class NudgedLoss<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly T[][] weights; // of each layer, [inputs, outputs] row after row
    private readonly byte[] labels;
    private readonly T[][][] inputs; // of each layer and sample
    private readonly T[][][] sums; // Z of each layer and sample
    private readonly T[][] biases;

    public NudgedLoss(Network network, Matrix batch, ReadOnlySpan<byte> labels)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Rows != labels.Length) throw new ArgumentException($"{labels.Length} labels do not fit {batch.Rows} samples", nameof(labels));
        this.labels = labels.ToArray();
        weights = [.. network.Layers.Select(layer => Convert(layer.Weights.ToArray()))];
        biases = [.. network.Layers.Select(layer => Convert(layer.Bias.ToArray()))];
        inputs = new T[weights.Length][][];
        sums = new T[weights.Length][][];
        T[][] values = [.. Enumerable.Range(0, batch.Rows).Select(row => Convert(batch.Row(row).ToArray()))];
        for (int l = 0; l < weights.Length; l++)
        {
            int layer = l;
            inputs[l] = values;
            sums[l] = [.. values.Select(sample => Layer(layer, sample))];
            values = [.. sums[l].Select(sample => Array.ConvertAll(sample, z => T.Max(z, T.Zero)))];
        }
    }

    /// <summary>(L(w + ε) − L(w − ε)) ÷ 2ε of a weight, or of a bias where the row is −1.</summary>
    public T Difference(int layer, int row, int column, T epsilon, out bool atKink)
    {
        T difference = T.Zero;
        atKink = false;
        for (int sample = 0; sample < labels.Length; sample++)
        {
            T nudge = row < 0 ? epsilon : epsilon * inputs[layer][sample][row];
            if (nudge == T.Zero || StaysOff(layer, sums[layer][sample][column], nudge)) continue;
            (T above, ulong openAbove) = Loss(layer, sample, column, nudge);
            (T below, ulong openBelow) = Loss(layer, sample, column, -nudge);
            atKink |= openAbove != openBelow;
            difference += above - below;
        }
        return difference / (T.CreateChecked(2 * labels.Length) * epsilon);
    }

    /// <summary>A hidden neuron that is off on both sides of the nudge changes nothing.</summary>
    private bool StaysOff(int layer, T sum, T nudge) => layer < weights.Length - 1 && sum + T.Abs(nudge) <= T.Zero;

    /// <summary>One sample's loss with one Z moved, and a hash of the ReLUs that are open from there on.</summary>
    private (T Loss, ulong Open) Loss(int layer, int sample, int neuron, T nudge)
    {
        T before = sums[layer][sample][neuron], after = before + nudge;
        int last = weights.Length - 1;
        if (layer == last) return (CrossEntropy([.. sums[layer][sample][..neuron], after, .. sums[layer][sample][(neuron + 1)..]], labels[sample]), 0);
        ulong open = after > T.Zero ? 1UL : 0;
        T change = T.Max(after, T.Zero) - T.Max(before, T.Zero);
        T[] next = [.. sums[layer + 1][sample]];
        for (int j = 0; j < next.Length; j++) next[j] += change * weights[layer + 1][(neuron * next.Length) + j];
        for (int l = layer + 2; l <= last; l++)
        {
            foreach (ref T z in next.AsSpan())
            {
                open = (open * 1099511628211) + (z > T.Zero ? 1UL : 2UL);
                z = T.Max(z, T.Zero);
            }
            next = Layer(l, next);
        }
        return (CrossEntropy(next, labels[sample]), open);
    }

    private T[] Layer(int layer, T[] values)
    {
        T[] result = [.. biases[layer]];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] == T.Zero) continue;
            for (int j = 0; j < result.Length; j++) result[j] += values[i] * weights[layer][(i * result.Length) + j];
        }
        return result;
    }

    private static T CrossEntropy(T[] logits, int label)
    {
        T most = logits.Max(), sum = T.Zero;
        foreach (T logit in logits) sum += T.Exp(logit - most);
        return most + T.Log(sum) - logits[label];
    }

    private static T[] Convert(float[] values) => Array.ConvertAll(values, value => T.CreateChecked(value));
}
