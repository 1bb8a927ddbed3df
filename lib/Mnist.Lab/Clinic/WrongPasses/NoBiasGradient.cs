namespace Mnist.Lab.Clinic.WrongPasses;

/// <summary>Forgets one layer's bias: its gradient stays 0, so the bias stays where it started.</summary>
public sealed class NoBiasGradient : BackwardPass
{
    /// <inheritdoc/>
    protected override void WeightGradient(int layer, Matrix inputs, Matrix dOutputs, DenseLayer gradient)
    {
        base.WeightGradient(layer, inputs, dOutputs, gradient);
        if (layer == 1) gradient.Bias.Clear();
    }
}
