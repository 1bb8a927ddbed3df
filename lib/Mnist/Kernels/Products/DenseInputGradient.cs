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
        var transposed = new Matrix(weights.Columns, weights.Rows);
        var zero = new Matrix(1, weights.Rows);
        Transpose.Compute(weights, transposed);
        Product(dOutputs, dOutputs.Rows, transposed, 0, transposed.Stride, zero, inputs, dInputs).Compute<ReluMaskEpilogue>(width);
        GC.KeepAlive((dOutputs, transposed, zero, inputs, dInputs));
    }

    /// <summary>The product for the first rows of a batch and a range of the inputs.</summary>
    internal static MatrixProduct Product(Matrix dOutputs, int rows, Matrix transposed, int firstColumn, int columns, Matrix zero, Matrix gate, Matrix dInputs) => new()
    {
        Rows = rows,
        Columns = columns,
        Depth = transposed.Rows,
        A = dOutputs.Pointer,
        ARow = dOutputs.Stride,
        ADepth = 1,
        B = transposed.Pointer + firstColumn,
        BRow = transposed.Stride,
        C = dInputs.Pointer + firstColumn,
        CRow = dInputs.Stride,
        InitialC = zero.Pointer,
        InitialCRow = 0,
        Gate = gate.Pointer + firstColumn,
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
