namespace Mnist.Kernels;

/// <summary>
/// A dense layer for a whole batch: outputs = inputs · weights + bias, with ReLU if wanted.
/// [batch, inputs] · [inputs, outputs] + [1, outputs] → [batch, outputs].
/// </summary>
/// <remarks>
/// Order of each sum: the bias, then input after input. IEEE 754 all the way: zeros are multiplied too (0 × ∞ is NaN), a
/// NaN passes the ReLU, subnormals are kept. An input of ∞ or NaN also makes its row's padding NaN, until the next call.
/// </remarks>
public static unsafe class DenseForward
{
    /// <summary>The definition, three nested loops.</summary>
    /// <param name="inputs">[batch, inputs].</param>
    /// <param name="weights">[inputs, outputs].</param>
    /// <param name="bias">[1, outputs].</param>
    /// <param name="outputs">[batch, outputs].</param>
    /// <param name="relu">True: negative outputs become 0.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Reference(Matrix inputs, Matrix weights, Matrix bias, Matrix outputs, bool relu)
    {
        Check(inputs, weights, bias, outputs);
        for (int row = 0; row < inputs.Rows; row++)
        {
            for (int column = 0; column < weights.Columns; column++)
            {
                float sum = bias[0, column];
                for (int i = 0; i < weights.Rows; i++) sum += inputs[row, i] * weights[i, column];
                outputs[row, column] = relu && sum <= 0 ? 0 : sum;
            }
        }
    }

    /// <summary>With the widest vectors this CPU has.</summary>
    /// <inheritdoc cref="Reference"/>
    public static void Compute(Matrix inputs, Matrix weights, Matrix bias, Matrix outputs, bool relu) =>
        Compute(Simd.Best, inputs, weights, bias, outputs, relu);

    /// <summary>With vectors of a given width.</summary>
    /// <inheritdoc cref="Reference"/>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static void Compute(VectorWidth width, Matrix inputs, Matrix weights, Matrix bias, Matrix outputs, bool relu)
    {
        Check(inputs, weights, bias, outputs);
        MatrixProduct product = Product(inputs, weights, bias, outputs);
        if (relu) product.Compute<ReluEpilogue>(Simd.Require(width));
        else product.Compute<NoEpilogue>(Simd.Require(width));
        GC.KeepAlive(inputs);
        GC.KeepAlive(weights);
        GC.KeepAlive(bias);
        GC.KeepAlive(outputs);
    }

    /// <summary>The layer as a matrix product.</summary>
    internal static MatrixProduct Product(Matrix inputs, Matrix weights, Matrix bias, Matrix outputs) => new()
    {
        Rows = inputs.Rows,
        Columns = weights.Stride,
        Depth = weights.Rows,
        A = inputs.Pointer,
        ARow = inputs.Stride,
        ADepth = 1,
        B = weights.Pointer,
        BRow = weights.Stride,
        C = outputs.Pointer,
        CRow = outputs.Stride,
        InitialC = bias.Pointer,
        InitialCRow = 0,
    };

    private static void Check(Matrix inputs, Matrix weights, Matrix bias, Matrix outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(weights);
        Lengths.MustEqual(inputs.Columns, weights.Rows);
        Lengths.MustBe(bias, 1, weights.Columns);
        Lengths.MustBe(outputs, inputs.Rows, weights.Columns);
    }
}
