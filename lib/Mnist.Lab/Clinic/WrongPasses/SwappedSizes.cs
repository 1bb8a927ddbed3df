namespace Mnist.Lab.Clinic.WrongPasses;

/// <summary>
/// The published assembly program's mistake: the outer product of the last layer is called with its two sizes swapped.
/// It takes 64 numbers of an error that has 10, and only 10 of the 64 hidden values.
/// </summary>
/// <remarks>
/// The program stores dW3 as [outputs, inputs]. Behind the error's 10 floats lie, in its build, 12 floats of printed
/// text, which are nearly 0, and then the losses of the batch's 32 samples: these become "gradients". The same is laid
/// out here, so that nothing is read that may not be. Source: <c>backprop.asm</c> and <c>_start.asm</c> of
/// mohammad-ghaderi/mnist-asm-nn. For a network with three layers.
/// </remarks>
public sealed class SwappedSizes : BackwardPass
{
    private const int TextFloats = 12;

    private float[] losses = []; // what the program's memory holds: this batch's so far, then the last batch's
    private float[] sampleLosses = [];

    /// <inheritdoc/>
    protected override void LogitGradient(Matrix probabilities, ReadOnlySpan<byte> labels, Matrix dLogits)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        base.LogitGradient(probabilities, labels, dLogits);
        sampleLosses = new float[labels.Length];
        for (int sample = 0; sample < labels.Length; sample++) sampleLosses[sample] = -MathF.Log(probabilities[sample, labels[sample]]);
    }

    /// <inheritdoc/>
    protected override void WeightGradient(int layer, Matrix inputs, Matrix dOutputs, DenseLayer gradient)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(dOutputs);
        base.WeightGradient(layer, inputs, dOutputs, gradient);
        if (layer != 2) return;
        gradient.Weights.Clear();
        if (losses.Length != inputs.Rows) losses = new float[inputs.Rows]; // before the first batch they are 0
        for (int sample = 0; sample < inputs.Rows; sample++)
        {
            losses[sample] = sampleLosses[sample];
            OuterProduct(ErrorAndWhatLiesBehind(dOutputs.Row(sample), inputs.Columns), inputs.Row(sample), dOutputs.Columns, gradient.Weights);
        }
    }

    /// <summary>As many floats as there are hidden values: the error, and the memory behind it.</summary>
    private float[] ErrorAndWhatLiesBehind(ReadOnlySpan<float> error, int count)
    {
        var memory = new float[count];
        error.CopyTo(memory);
        for (int i = 0; i < losses.Length && error.Length + TextFloats + i < count; i++)
            memory[error.Length + TextFloats + i] = losses[i] / losses.Length; // the program divides the sum at the end
        return memory;
    }

    /// <summary>Rows of 10 in a matrix whose rows have 64.</summary>
    private static void OuterProduct(float[] error, ReadOnlySpan<float> hidden, int rowLength, Matrix dWeights)
    {
        for (int i = 0; i < error.Length; i++)
            for (int j = 0; j < rowLength; j++)
            {
                int place = (i * rowLength) + j;
                dWeights[place % dWeights.Rows, place / dWeights.Rows] += error[i] * hidden[j];
            }
    }
}
