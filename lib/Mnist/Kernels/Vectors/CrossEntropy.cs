namespace Mnist.Kernels;

/// <summary>
/// How wrong the answers are: the loss of one sample is −log p[label], and together with the softmax its gradient with
/// respect to the logits is as simple as p − y, where y is 1 at the label and 0 elsewhere.
/// </summary>
public static unsafe class CrossEntropy
{
    /// <summary>The definition: the loss −log p[label] of one sample: [n] → one number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The label is not an index of the probabilities.</exception>
    public static float Reference(ReadOnlySpan<float> probabilities, int label)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)probabilities.Length, nameof(label));
        return -MathF.Log(probabilities[label]);
    }

    /// <summary>
    /// The definition of softmax, loss and gradient together, for a batch: dLogits = (softmax(logits) − y) × scale.
    /// </summary>
    /// <param name="logits">[batch, classes].</param>
    /// <param name="labels">The true classes: [batch].</param>
    /// <param name="scale">1 / batch for the gradient of the mean loss.</param>
    /// <param name="dLogits">[batch, classes].</param>
    /// <returns>The sum of the samples' losses.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a class.</exception>
    public static double LossAndGradientReference(Matrix logits, ReadOnlySpan<byte> labels, float scale, Matrix dLogits)
    {
        Check(logits, labels, dLogits);
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            Span<float> gradient = dLogits.Row(row);
            Softmax.Reference(logits.Row(row), gradient);
            loss += Reference(gradient, labels[row]);
            gradient[labels[row]] -= 1;
            foreach (ref float value in gradient) value *= scale;
        }
        return loss;
    }

    /// <summary>The same with the widest vectors this CPU has; logits and dLogits may be one matrix.</summary>
    /// <inheritdoc cref="LossAndGradientReference"/>
    public static double LossAndGradient(Matrix logits, ReadOnlySpan<byte> labels, float scale, Matrix dLogits) =>
        LossAndGradient(Simd.Best, logits, labels, scale, dLogits);

    /// <summary>The same with vectors of a given width; logits and dLogits may be one matrix.</summary>
    /// <inheritdoc cref="LossAndGradientReference"/>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static double LossAndGradient(VectorWidth width, Matrix logits, ReadOnlySpan<byte> labels, float scale, Matrix dLogits)
    {
        Check(logits, labels, dLogits);
        Simd.Require(width);
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
            loss += LossAndGradientRow(width, logits.Pointer + (row * (nint)logits.Stride), logits.Columns, logits.Stride,
                labels[row], scale, dLogits.Pointer + (row * (nint)dLogits.Stride));
        GC.KeepAlive(logits);
        GC.KeepAlive(dLogits);
        return loss;
    }

    /// <summary>
    /// One sample: (p − y) × scale as p × scale − y × scale. The padding gets logits of −∞, hence probabilities and
    /// gradients of 0: no tail to treat apart.
    /// </summary>
    internal static double LossAndGradientRow(VectorWidth width, float* logits, int classes, int stride, int label, float scale, float* dLogits)
    {
        float logit = logits[label];
        for (int i = classes; i < stride; i++) logits[i] = float.NegativeInfinity;
        float logSum = Softmax.Compute(width, logits, dLogits, stride, scale);
        dLogits[label] -= scale;
        if (logits != dLogits) new Span<float>(logits + classes, stride - classes).Clear();
        return logSum - logit;
    }

    private static void Check(Matrix logits, ReadOnlySpan<byte> labels, Matrix dLogits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        Lengths.MustEqual(labels.Length, logits.Rows);
        Lengths.MustBe(dLogits, logits.Rows, logits.Columns);
        foreach (byte label in labels)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, logits.Columns, nameof(labels));
    }
}
