namespace Mnist.Kernels;

/// <summary>weights −= learningRate × gradient: one step of plain stochastic gradient descent.</summary>
/// <remarks>It is <see cref="AddScaled"/> with the factor −learningRate, special values included.</remarks>
public static class SgdUpdate
{
    /// <summary>The definition: [n], [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Reference(Span<float> weights, ReadOnlySpan<float> gradient, float learningRate)
    {
        Lengths.MustEqual(gradient.Length, weights.Length);
        for (int i = 0; i < weights.Length; i++) weights[i] -= learningRate * gradient[i];
    }

    /// <summary>With the widest vectors this CPU has: [n], [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(Span<float> weights, ReadOnlySpan<float> gradient, float learningRate) =>
        Compute(Simd.Best, weights, gradient, learningRate);

    /// <summary>With vectors of a given width: [n], [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static void Compute(VectorWidth width, Span<float> weights, ReadOnlySpan<float> gradient, float learningRate) =>
        AddScaled.Compute(width, -learningRate, gradient, weights);
}
