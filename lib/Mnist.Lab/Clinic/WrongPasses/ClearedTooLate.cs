using Mnist.Kernels;

namespace Mnist.Lab.Clinic.WrongPasses;

/// <summary>
/// Clears the gradient's memory only before every other batch: each second gradient is added to the last batch's
/// instead of replacing it. (Never cleared at all, training explodes, and nobody would overlook it.)
/// </summary>
public sealed class ClearedTooLate : BackwardPass
{
    private int batches;

    /// <inheritdoc/>
    protected override void LogitGradient(Matrix probabilities, ReadOnlySpan<byte> labels, Matrix dLogits)
    {
        batches++;
        base.LogitGradient(probabilities, labels, dLogits);
    }

    /// <inheritdoc/>
    protected override void WeightGradient(int layer, Matrix inputs, Matrix dOutputs, DenseLayer gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        DenseWeightGradient.Compute(inputs, dOutputs, gradient.Weights, gradient.Bias, add: batches % 2 == 0);
    }
}
