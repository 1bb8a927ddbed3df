using Mnist.Kernels;

namespace Mnist.Lab.Clinic;

/// <summary>
/// Back-propagation with the library's kernels, in three steps that a subclass can change: the gradient of the logits,
/// of a layer's parameters, and of what went into a layer. As it stands it is right; the classes in
/// <c>WrongPasses/</c> each get one step wrong.
/// </summary>
public class BackwardPass
{
    private Gradients? gradients;

    /// <summary>The gradients of the batch's mean loss, in memory that the next batch of this size uses again.</summary>
    /// <param name="network">The network.</param>
    /// <param name="pass">What it computed for the batch.</param>
    /// <param name="labels">The true classes: [batch].</param>
    /// <exception cref="ArgumentException">There is not one label per sample.</exception>
    /// <remarks>One object is for one network: it keeps its memory, and one of the wrong passes what is in it.</remarks>
    public Gradients Run(Network network, ForwardPass pass, ReadOnlySpan<byte> labels)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pass);
        if (labels.Length != pass.Inputs.Rows) throw new ArgumentException($"{labels.Length} labels do not fit {pass.Inputs.Rows} samples", nameof(labels));
        if (gradients?.Outputs[0].Rows != labels.Length) gradients = new Gradients(network, labels.Length);
        LogitGradient(pass.Probabilities, labels, gradients.Outputs[^1]);
        for (int l = network.Layers.Count - 1; l >= 0; l--)
        {
            WeightGradient(l, pass.InputsOf(l), gradients.Outputs[l], gradients.Layers[l]);
            if (l > 0) InputGradient(gradients.Outputs[l], network.Layers[l].Weights, pass.Outputs[l - 1], gradients.Outputs[l - 1]);
        }
        return gradients;
    }

    /// <summary>Of softmax and mean cross-entropy together: (P − Y) ÷ batch, where Y is 1 at the label and else 0.</summary>
    /// <param name="probabilities">P: [batch, classes].</param>
    /// <param name="labels">The true classes: [batch].</param>
    /// <param name="dLogits">What to fill: [batch, classes].</param>
    protected virtual void LogitGradient(Matrix probabilities, ReadOnlySpan<byte> labels, Matrix dLogits)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(dLogits);
        for (int sample = 0; sample < labels.Length; sample++)
            for (int digit = 0; digit < dLogits.Columns; digit++)
                dLogits[sample, digit] = (probabilities[sample, digit] - (digit == labels[sample] ? 1 : 0)) / labels.Length;
    }

    /// <summary>dW = inputsᵀ · dOutputs, and db, the column sums of dOutputs.</summary>
    /// <param name="layer">0 for the first layer.</param>
    /// <param name="inputs">What went into the layer: [batch, inputs].</param>
    /// <param name="dOutputs">[batch, outputs].</param>
    /// <param name="gradient">What to fill: weights [inputs, outputs], bias [1, outputs].</param>
    protected virtual void WeightGradient(int layer, Matrix inputs, Matrix dOutputs, DenseLayer gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        DenseWeightGradient.Compute(inputs, dOutputs, gradient.Weights, gradient.Bias);
    }

    /// <summary>dInputs = dOutputs · Wᵀ, and 0 where the ReLU before the layer is off.</summary>
    /// <param name="dOutputs">[batch, outputs].</param>
    /// <param name="weights">W: [inputs, outputs].</param>
    /// <param name="inputs">What came out of the ReLU: [batch, inputs].</param>
    /// <param name="dInputs">What to fill: [batch, inputs].</param>
    protected virtual void InputGradient(Matrix dOutputs, Matrix weights, Matrix inputs, Matrix dInputs) =>
        DenseInputGradient.Compute(dOutputs, weights, inputs, dInputs);
}
