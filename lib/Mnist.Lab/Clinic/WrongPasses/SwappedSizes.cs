using Mnist.Kernels;

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
    private (Matrix Errors, Matrix Hidden, DenseLayer Swapped)? memory; // the next batch of this size uses it again

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
        int classes = dOutputs.Columns;
        if (losses.Length != inputs.Rows) losses = new float[inputs.Rows]; // before the first batch they are 0
        if (memory?.Errors.Rows != inputs.Rows) // the error and what lies behind it; only so many hidden values
            memory = (new Matrix(inputs.Rows, inputs.Columns), new Matrix(inputs.Rows, classes), new DenseLayer(inputs.Columns, classes));
        (Matrix errors, Matrix hidden, DenseLayer swapped) = memory.Value;
        for (int sample = 0; sample < inputs.Rows; sample++)
        {
            losses[sample] = sampleLosses[sample];
            CopyWithWhatLiesBehind(dOutputs.Row(sample), errors.Row(sample));
            inputs.Row(sample)[..classes].CopyTo(hidden.Row(sample));
        }
        DenseWeightGradient.Compute(errors, hidden, swapped.Weights, swapped.Bias); // 64 rows of 10 …
        float[] stored = swapped.Weights.ToArray();
        for (int place = 0; place < stored.Length; place++)                         // … in memory meant as 10 rows of 64
            gradient.Weights[place % inputs.Columns, place / inputs.Columns] = stored[place];
    }

    private void CopyWithWhatLiesBehind(ReadOnlySpan<float> error, Span<float> memory)
    {
        error.CopyTo(memory);
        Span<float> behind = memory[Math.Min(memory.Length, error.Length + TextFloats)..];
        for (int i = 0; i < Math.Min(losses.Length, behind.Length); i++)
            behind[i] = losses[i] / losses.Length; // the program divides the sum at the end
    }
}
