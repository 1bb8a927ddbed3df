using System.Runtime.InteropServices;

namespace Mnist.Kernels;

/// <summary>
/// The gradient of a dense layer's inputs: dInputs = dOutputs · weightsᵀ, set to 0 where the ReLU before the layer let
/// nothing through. [batch, outputs] · [inputs, outputs]ᵀ → [batch, inputs].
/// </summary>
/// <remarks>
/// Order of each sum: 0, then output after output. The weights are transposed first, so that the sum is a plain product.
/// Where the ReLU let nothing through the gradient is 0 even if NaN or ∞ came back.
/// </remarks>
public static unsafe class DenseInputGradient
{
    /// <summary>The definition, three nested loops.</summary>
    /// <param name="dOutputs">[batch, outputs].</param>
    /// <param name="weights">[inputs, outputs].</param>
    /// <param name="inputs">What came out of the ReLU before the layer: [batch, inputs].</param>
    /// <param name="dInputs">[batch, inputs].</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Reference(Matrix dOutputs, Matrix weights, Matrix inputs, Matrix dInputs)
    {
        Check(dOutputs, weights, inputs, dInputs);
        for (int row = 0; row < dOutputs.Rows; row++)
        {
            for (int i = 0; i < weights.Rows; i++)
            {
                float sum = 0;
                for (int column = 0; column < weights.Columns; column++) sum += dOutputs[row, column] * weights[i, column];
                dInputs[row, i] = inputs[row, i] > 0 ? sum : 0;
            }
        }
    }

    /// <summary>With the widest vectors this CPU has.</summary>
    /// <inheritdoc cref="Reference"/>
    public static void Compute(Matrix dOutputs, Matrix weights, Matrix inputs, Matrix dInputs) =>
        Compute(Simd.Best, dOutputs, weights, inputs, dInputs);

    /// <summary>With vectors of a given width.</summary>
    /// <inheritdoc cref="Reference"/>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static void Compute(VectorWidth width, Matrix dOutputs, Matrix weights, Matrix inputs, Matrix dInputs)
    {
        Simd.Require(width);
        Check(dOutputs, weights, inputs, dInputs);
        // From the C heap: memory of the pinned heap, for each call, would keep the garbage collector busy.
        int rows = weights.Columns, stride = inputs.Stride;
        float* transposed = (float*)NativeMemory.AlignedAlloc((nuint)(rows + 1) * (nuint)stride * sizeof(float), Matrix.Alignment);
        try
        {
            NativeMemory.Clear(transposed, (nuint)(rows + 1) * (nuint)stride * sizeof(float));
            Transpose.Compute(weights.Pointer, weights.Stride, weights.Rows, weights.Columns, transposed, stride);
            Product(dOutputs, transposed, stride, transposed + (rows * (nint)stride), inputs, dInputs).Compute<ReluMaskEpilogue>(width);
        }
        finally
        {
            NativeMemory.AlignedFree(transposed);
        }
        GC.KeepAlive(dOutputs);
        GC.KeepAlive(weights);
        GC.KeepAlive(inputs);
        GC.KeepAlive(dInputs);
    }

    /// <summary>The gradient as a matrix product.</summary>
    /// <param name="dOutputs">[batch, outputs].</param>
    /// <param name="transposed">The weights: [outputs, inputs], the padding 0.</param>
    /// <param name="stride">Floats from one row of <paramref name="transposed"/> to the next.</param>
    /// <param name="zero">What each sum begins with: a row of zeros, as long as a row of inputs.</param>
    /// <param name="gate">What the ReLU before the layer let through: [batch, inputs].</param>
    /// <param name="dInputs">[batch, inputs].</param>
    internal static MatrixProduct Product(Matrix dOutputs, float* transposed, int stride, float* zero, Matrix gate, Matrix dInputs) => new()
    {
        Rows = dOutputs.Rows,
        Columns = stride,
        Depth = dOutputs.Columns,
        A = dOutputs.Pointer,
        ARow = dOutputs.Stride,
        ADepth = 1,
        B = transposed,
        BRow = stride,
        C = dInputs.Pointer,
        CRow = dInputs.Stride,
        InitialC = zero,
        InitialCRow = 0,
        Gate = gate.Pointer,
        GateRow = gate.Stride,
    };

    private static void Check(Matrix dOutputs, Matrix weights, Matrix inputs, Matrix dInputs)
    {
        ArgumentNullException.ThrowIfNull(dOutputs);
        ArgumentNullException.ThrowIfNull(weights);
        Lengths.MustEqual(dOutputs.Columns, weights.Columns);
        Lengths.MustBe(inputs, dOutputs.Rows, weights.Rows);
        Lengths.MustBe(dInputs, dOutputs.Rows, weights.Rows);
    }
}
