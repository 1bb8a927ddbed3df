using Mnist.Kernels;

namespace Mnist.Lab.Clinic.WrongPasses;

/// <summary>
/// Sends blame back through weights that are not transposed but reshaped: the same numbers in the same order, cut into
/// rows of the other length. The shapes fit, so nothing complains.
/// </summary>
public sealed class ReshapedWeights : BackwardPass
{
    /// <inheritdoc/>
    protected override void InputGradient(Matrix dOutputs, Matrix weights, Matrix inputs, Matrix dInputs)
    {
        ArgumentNullException.ThrowIfNull(dOutputs);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(dInputs);
        Matrix reshaped = Matrix.FromRows(weights.Columns, weights.Rows, weights.ToArray()); // and not the transpose
        DenseForward.Compute(dOutputs, reshaped, new Matrix(1, weights.Rows), dInputs, relu: false);
        for (int row = 0; row < inputs.Rows; row++) Relu.Mask(inputs.Row(row), dInputs.Row(row));
    }
}
