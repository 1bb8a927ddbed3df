namespace Mnist.Lab.Clinic.WrongPasses;

/// <summary>The gradient of the sum of the batch's losses, not of their mean: as if the learning rate were batch times as large.</summary>
public sealed class SumOverBatch : BackwardPass
{
    /// <inheritdoc/>
    protected override void LogitGradient(Matrix probabilities, ReadOnlySpan<byte> labels, Matrix dLogits)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(dLogits);
        for (int sample = 0; sample < labels.Length; sample++)
            for (int digit = 0; digit < dLogits.Columns; digit++)
                dLogits[sample, digit] = probabilities[sample, digit] - (digit == labels[sample] ? 1 : 0);
    }
}
