namespace Mnist.Kernels;

/// <summary>
/// target[i, j] += left[i] × right[j]: [m], [n] added into [m, n]. One sample's part of a weight gradient: what went
/// in, times what went wrong.
/// </summary>
/// <remarks>Each row is one <see cref="AddScaled"/>, special values included.</remarks>
public static unsafe class OuterProduct
{
    /// <summary>The definition: [m], [n] added into [m, n].</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void AddReference(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Matrix target)
    {
        Lengths.MustBe(target, left.Length, right.Length);
        for (int row = 0; row < left.Length; row++)
            for (int column = 0; column < right.Length; column++)
                target[row, column] += left[row] * right[column];
    }

    /// <summary>With the widest vectors this CPU has: [m], [n] added into [m, n].</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Matrix target) => Add(Simd.Best, left, right, target);

    /// <summary>With vectors of a given width: [m], [n] added into [m, n].</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static void Add(VectorWidth width, ReadOnlySpan<float> left, ReadOnlySpan<float> right, Matrix target)
    {
        Lengths.MustBe(target, left.Length, right.Length);
        Simd.Require(width);
        fixed (float* values = right)
            for (int row = 0; row < left.Length; row++)
                AddScaled.Compute(width, left[row], values, target.Pointer + (row * (nint)target.Stride), right.Length);
        GC.KeepAlive(target);
    }
}
