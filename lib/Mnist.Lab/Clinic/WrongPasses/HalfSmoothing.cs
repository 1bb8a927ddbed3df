namespace Mnist.Lab.Clinic.WrongPasses;

/// <summary>
/// Half of a label smoothing: P − 0.95 · Y. The label gives 5 % away, but the other nine digits never get it, so the
/// ten errors of a sample no longer add up to 0.
/// </summary>
public sealed class HalfSmoothing : BackwardPass
{
    private const float LabelShare = 0.95f;

    /// <inheritdoc/>
    protected override void LogitGradient(Matrix probabilities, ReadOnlySpan<byte> labels, Matrix dLogits)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(dLogits);
        for (int sample = 0; sample < labels.Length; sample++)
            for (int digit = 0; digit < dLogits.Columns; digit++)
                dLogits[sample, digit] = (probabilities[sample, digit] - (digit == labels[sample] ? LabelShare : 0)) / labels.Length;
    }
}
