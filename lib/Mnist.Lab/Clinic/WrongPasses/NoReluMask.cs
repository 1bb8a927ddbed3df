using Mnist.Kernels;

namespace Mnist.Lab.Clinic.WrongPasses;

/// <summary>Forgets the ReLU on the way back: blame reaches neurons that were off and had no part in the answer.</summary>
public sealed class NoReluMask : BackwardPass
{
    /// <inheritdoc/>
    protected override void InputGradient(Matrix dOutputs, Matrix weights, Matrix inputs, Matrix dInputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var allOn = new Matrix(inputs.Rows, inputs.Columns);
        allOn.Padded.Fill(1);
        DenseInputGradient.Compute(dOutputs, weights, allOn, dInputs);
    }
}
