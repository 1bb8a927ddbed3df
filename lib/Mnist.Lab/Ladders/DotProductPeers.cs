using System.Numerics.Tensors;

namespace Mnist.Lab.Ladders;

/// <summary>The same dot product by others, to stand beside the steps of <see cref="DotProductSteps"/>.</summary>
public static class DotProductPeers
{
    /// <summary>Microsoft's <see cref="TensorPrimitives"/> (System.Numerics.Tensors), vectorised for every CPU: [n], [n] → one number.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float TensorPrimitivesDot(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => TensorPrimitives.Dot(a, b);
}
