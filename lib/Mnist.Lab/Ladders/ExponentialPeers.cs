using System.Numerics.Tensors;

namespace Mnist.Lab.Ladders;

/// <summary>The exponential and the softmax by others, to stand beside <see cref="Kernels.Exponential"/> and <see cref="Kernels.Softmax"/>.</summary>
public static class ExponentialPeers
{
    /// <summary>A call of <see cref="MathF.Exp"/> for each number, which is the C library's expf: [n] → [n].</summary>
    /// <exception cref="ArgumentException">The results are fewer than the values.</exception>
    public static void CLibrary(ReadOnlySpan<float> values, Span<float> results)
    {
        if (results.Length < values.Length) throw new ArgumentException($"{values.Length} values do not fit into {results.Length} results", nameof(results));
        for (int i = 0; i < values.Length; i++) results[i] = MathF.Exp(values[i]);
    }

    /// <summary>Microsoft's <see cref="TensorPrimitives"/> (System.Numerics.Tensors), vectorised for every CPU: [n] → [n].</summary>
    /// <exception cref="ArgumentException">The results are fewer than the values.</exception>
    public static void TensorPrimitivesExp(ReadOnlySpan<float> values, Span<float> results) => TensorPrimitives.Exp(values, results);

    /// <summary>Microsoft's softmax: [n] → [n].</summary>
    public static float[] TensorPrimitivesSoftMax(params float[] logits)
    {
        var probabilities = new float[logits.Length];
        TensorPrimitives.SoftMax<float>(logits, probabilities);
        return probabilities;
    }

    /// <summary>Work for <see cref="Measure"/>: many numbers at once, again and again, called from optimised code.</summary>
    /// <param name="function">The way to compute it.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="times">How often it is called.</param>
    public static Action Repeat(VectorFunction function, float[] values, int times = 20)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(values);
        var results = new float[values.Length];
        return () =>
        {
            for (int i = 0; i < times; i++) function(values, results);
        };
    }
}
