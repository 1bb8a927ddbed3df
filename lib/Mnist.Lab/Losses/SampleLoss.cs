using Mnist.Kernels;

namespace Mnist.Lab.Losses;

/// <summary>How wrong the answer to one image is, and how that changes with each logit.</summary>
/// <param name="logits">What the last layer computed: [classes].</param>
/// <param name="label">The true class.</param>
/// <param name="dLogits">Becomes the gradient of the loss with respect to the logits: [classes].</param>
/// <returns>The loss.</returns>
public delegate double SampleLoss(ReadOnlySpan<float> logits, int label, Span<float> dLogits);

/// <summary>Losses to train with, each with the gradient through its softmax.</summary>
public static class SampleLosses
{
    /// <summary>−ln p[label], computed as ln Σ e^z − z[label] in double precision; gradient p − y.</summary>
    /// <inheritdoc cref="SampleLoss"/>
    public static double CrossEntropy(ReadOnlySpan<float> logits, int label, Span<float> dLogits)
    {
        Softmax.Compute(logits, dLogits);
        dLogits[label] -= 1;
        return LogSumExp(logits) - logits[label];
    }

    /// <summary>
    /// Σ (p − y)², where y is 1 at the label and 0 elsewhere. Through the softmax the gradient is
    /// 2 p[i] (e[i] − Σ e[j] p[j]) with e = p − y.
    /// </summary>
    /// <inheritdoc cref="SampleLoss"/>
    public static double SquaredError(ReadOnlySpan<float> logits, int label, Span<float> dLogits)
    {
        Softmax.Compute(logits, dLogits);
        double loss = 0, mean = 0;
        for (int i = 0; i < dLogits.Length; i++)
        {
            double p = dLogits[i], error = i == label ? p - 1 : p;
            loss += error * error;
            mean += error * p;
        }
        for (int i = 0; i < dLogits.Length; i++)
        {
            double p = dLogits[i], error = i == label ? p - 1 : p;
            dLogits[i] = (float)(2 * p * (error - mean));
        }
        return loss;
    }

    /// <summary>How hard a step downhill pushes the true one of two logits up, before the learning rate.</summary>
    /// <param name="loss">What is made small.</param>
    /// <param name="lead">The true logit minus the other.</param>
    public static double Push(SampleLoss loss, double lead)
    {
        ArgumentNullException.ThrowIfNull(loss);
        var gradient = new float[2];
        loss([(float)lead, 0], 0, gradient);
        return -gradient[0];
    }

    /// <summary>ln Σ e^z = m + ln Σ e^(z − m) with m = max z, in double precision: finite for all finite logits.</summary>
    /// <param name="logits">[classes], at least one.</param>
    /// <exception cref="ArgumentException">There is no logit.</exception>
    public static double LogSumExp(ReadOnlySpan<float> logits)
    {
        if (logits.IsEmpty) throw new ArgumentException("the sum of no exponentials has no logarithm", nameof(logits));
        double max = double.NegativeInfinity, sum = 0;
        foreach (float logit in logits) max = Math.Max(max, logit);
        if (double.IsInfinity(max)) return max; // else ∞ − ∞ below
        foreach (float logit in logits) sum += Math.Exp(logit - max);
        return max + Math.Log(sum);
    }
}
