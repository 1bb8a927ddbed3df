namespace Mnist.Kernels;

/// <summary>
/// result[j] = Σ vector[i] matrix[i, j]: [m], [m, n] → [n]. With weights stored [outputs, inputs], as the assembly
/// program does, this is how an error travels back through a layer.
/// </summary>
/// <remarks>Order of the sum: row after row, beginning with 0. Special values as in <see cref="AddScaled"/>.</remarks>
public static unsafe class VectorMatrix
{
    /// <summary>The definition: [m], [m, n] → [n].</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Reference(ReadOnlySpan<float> vector, Matrix matrix, Span<float> result)
    {
        Lengths.MustBe(matrix, vector.Length, result.Length);
        result.Clear();
        for (int row = 0; row < vector.Length; row++)
            for (int column = 0; column < result.Length; column++)
                result[column] += vector[row] * matrix[row, column];
    }

    /// <summary>With the widest vectors this CPU has: [m], [m, n] → [n].</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Compute(ReadOnlySpan<float> vector, Matrix matrix, Span<float> result) => Compute(Simd.Best, vector, matrix, result);

    /// <summary>With vectors of a given width: [m], [m, n] → [n].</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static void Compute(VectorWidth width, ReadOnlySpan<float> vector, Matrix matrix, Span<float> result)
    {
        Lengths.MustBe(matrix, vector.Length, result.Length);
        Simd.Require(width);
        result.Clear();
        fixed (float* to = result)
            for (int row = 0; row < vector.Length; row++)
                AddScaled.Compute(width, vector[row], matrix.Pointer + (row * (nint)matrix.Stride), to, result.Length);
        GC.KeepAlive(matrix);
    }
}
