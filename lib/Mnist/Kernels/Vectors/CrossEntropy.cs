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
    /// <remarks>
    /// The loss is −ln p[label] = ln Σ e^z − z[label] (log-sum-exp): the same number, but finite where p[label] is too small for
    /// a float. Every path of training and evaluation takes the loss from the logits.
    /// </remarks>
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
            double max = double.NegativeInfinity, sum = 0, label = logits[row, labels[row]];
            foreach (float logit in logits.Row(row)) max = Math.Max(max, logit);
            foreach (float logit in logits.Row(row)) sum += Math.Exp(logit - max);
            loss += max + Math.Log(sum) - label;
            for (int i = 0; i < logits.Columns; i++)
                dLogits[row, i] = (float)(((Math.Exp(logits[row, i] - max) / sum) - (i == labels[row] ? 1 : 0)) * scale);
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
        Span<double> losses = labels.Length <= 128 ? stackalloc double[labels.Length] : new double[labels.Length];
        fixed (byte* classes = labels)
        fixed (double* each = losses)
            SoftmaxCrossEntropy.Compute(width, logits.Pointer, labels.Length, logits.Columns, logits.Stride, classes, scale, dLogits.Pointer, each);
        GC.KeepAlive(logits);
        GC.KeepAlive(dLogits);
        double loss = 0;
        foreach (double one in losses) loss += one;
        return loss;
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
