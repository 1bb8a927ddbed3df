using System.Numerics.Tensors;
using Mnist.Kernels;

namespace Mnist.Lab.Ladders;

/// <summary>
/// The same product with Microsoft's <see cref="TensorPrimitives"/> (System.Numerics.Tensors): vectorised for every CPU,
/// but one row at a time, for it knows no matrix. The peer that does is a BLAS, such as OpenBLAS or MKL.
/// </summary>
public static class MatrixProductPeers
{
    /// <summary>Both, each with its idea.</summary>
    /// <param name="inputs">[batch, inputs].</param>
    /// <param name="weights">[inputs, outputs]; transposed once, beforehand, for the one that needs it.</param>
    /// <param name="outputs">[batch, outputs].</param>
    public static (string Peer, string Idea, Action Work)[] All(Matrix inputs, Matrix weights, Matrix outputs)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var transposed = new Matrix(weights.Columns, weights.Rows);
        Transpose.Compute(weights, transposed);
        return
        [
            ("TensorPrimitives.Dot", "one call per output, over weights [outputs][inputs]", () => Dot(inputs, transposed, outputs)),
            ("TensorPrimitives.MultiplyAdd", "one call for each row of weights", () => MultiplyAdd(inputs, weights, outputs)),
        ];
    }

    /// <summary>A dot product for each output, over weights that lie the other way round.</summary>
    /// <param name="inputs">[batch, inputs].</param>
    /// <param name="transposed">The weights as [outputs, inputs].</param>
    /// <param name="outputs">[batch, outputs].</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Dot(Matrix inputs, Matrix transposed, Matrix outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(transposed);
        ArgumentNullException.ThrowIfNull(outputs);
        if (inputs.Columns != transposed.Columns || outputs.Rows != inputs.Rows || outputs.Columns != transposed.Rows)
            throw new ArgumentException($"[{inputs.Rows}, {inputs.Columns}] · [{transposed.Rows}, {transposed.Columns}]ᵀ does not give [{outputs.Rows}, {outputs.Columns}]: needed is [batch, inputs] · [outputs, inputs]ᵀ → [batch, outputs]", nameof(outputs));
        for (int row = 0; row < outputs.Rows; row++)
        {
            ReadOnlySpan<float> sample = inputs.Row(row);
            Span<float> target = outputs.Row(row);
            for (int column = 0; column < target.Length; column++)
                target[column] = TensorPrimitives.Dot(sample, transposed.Row(column));
        }
    }

    /// <summary>A multiply-add of a row of weights for each input.</summary>
    /// <param name="inputs">[batch, inputs].</param>
    /// <param name="weights">[inputs, outputs].</param>
    /// <param name="outputs">[batch, outputs].</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void MultiplyAdd(Matrix inputs, Matrix weights, Matrix outputs)
    {
        MatrixProductSteps.Check(inputs, weights, outputs);
        outputs.Clear();
        for (int row = 0; row < outputs.Rows; row++)
        {
            ReadOnlySpan<float> sample = inputs.Row(row);
            Span<float> target = outputs.Row(row);
            for (int k = 0; k < sample.Length; k++)
                TensorPrimitives.MultiplyAdd(weights.Row(k), sample[k], target, target);
        }
    }
}
