using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// The gradients of a dense layer's own parameters: dWeights = inputsᵀ · dOutputs and dBias = the column sums of
/// dOutputs. [batch, inputs]ᵀ · [batch, outputs] → [inputs, outputs] and [1, outputs].
/// </summary>
/// <remarks>
/// Order of each sum: 0 (or what is there already), then sample after sample. Adding to what is there is the fused
/// update: with dOutputs scaled by −learningRate beforehand, the "gradient" is added straight into the weights.
/// Special values go by IEEE 754: zeros are multiplied too, so an input of ∞ or NaN spoils the gradients of its own weights.
/// </remarks>
public static unsafe class DenseWeightGradient
{
    /// <summary>The definition, three nested loops.</summary>
    /// <param name="inputs">[batch, inputs].</param>
    /// <param name="dOutputs">[batch, outputs].</param>
    /// <param name="dWeights">[inputs, outputs].</param>
    /// <param name="dBias">[1, outputs].</param>
    /// <param name="add">True: add to what dWeights and dBias hold; false: overwrite it.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Reference(Matrix inputs, Matrix dOutputs, Matrix dWeights, Matrix dBias, bool add = false)
    {
        Check(inputs, dOutputs, dWeights, dBias);
        if (!add) Clear(dWeights, dBias);
        for (int row = 0; row < inputs.Rows; row++)
        {
            for (int column = 0; column < dOutputs.Columns; column++)
            {
                dBias[0, column] += dOutputs[row, column];
                for (int i = 0; i < inputs.Columns; i++) dWeights[i, column] += inputs[row, i] * dOutputs[row, column];
            }
        }
    }

    /// <summary>With the widest vectors this CPU has.</summary>
    /// <inheritdoc cref="Reference"/>
    public static void Compute(Matrix inputs, Matrix dOutputs, Matrix dWeights, Matrix dBias, bool add = false) =>
        Compute(Simd.Best, inputs, dOutputs, dWeights, dBias, add);

    /// <summary>With vectors of a given width.</summary>
    /// <inheritdoc cref="Reference"/>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static void Compute(VectorWidth width, Matrix inputs, Matrix dOutputs, Matrix dWeights, Matrix dBias, bool add = false)
    {
        Simd.Require(width);
        Check(inputs, dOutputs, dWeights, dBias);
        if (!add) Clear(dWeights, dBias);
        Product(inputs, dOutputs, dWeights).Compute<NoEpilogue>(width);
        AddBias(width, dOutputs, dOutputs.Rows, dBias);
        GC.KeepAlive(inputs);
        GC.KeepAlive(dOutputs);
        GC.KeepAlive(dWeights);
        GC.KeepAlive(dBias);
    }

    /// <summary>The gradient as a matrix product, added to what the target holds.</summary>
    internal static MatrixProduct Product(Matrix inputs, Matrix dOutputs, Matrix target) => new()
    {
        Rows = target.Rows,
        Columns = target.Stride,
        Depth = inputs.Rows,
        A = inputs.Pointer,
        ARow = 1,
        ADepth = inputs.Stride,
        B = dOutputs.Pointer,
        BRow = dOutputs.Stride,
        C = target.Pointer,
        CRow = target.Stride,
        InitialC = target.Pointer,
        InitialCRow = target.Stride,
    };

    /// <summary>Adds the first rows of dOutputs to the bias (or its gradient).</summary>
    internal static void AddBias(VectorWidth width, Matrix dOutputs, int rows, Matrix bias)
    {
        float* from = dOutputs.Pointer;
        switch (width)
        {
            case VectorWidth.Bits512: AddRows<Lanes512, Vector512<float>>(from, dOutputs.Stride, rows, bias.Pointer, bias.Stride); break;
            case VectorWidth.Bits256: AddRows<Lanes256, Vector256<float>>(from, dOutputs.Stride, rows, bias.Pointer, bias.Stride); break;
            case VectorWidth.Bits128: AddRows<Lanes128, Vector128<float>>(from, dOutputs.Stride, rows, bias.Pointer, bias.Stride); break;
            default: AddRows<Lanes1, float>(from, dOutputs.Stride, rows, bias.Pointer, bias.Stride); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows<TLanes, TVector>(float* from, nint stride, int rows, float* sums, int columns)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        for (int column = 0; column < columns; column += TLanes.Count)
        {
            TVector sum = TLanes.Load(sums + column);
            for (int row = 0; row < rows; row++) sum = TLanes.Add(sum, TLanes.Load(from + (row * stride) + column));
            TLanes.Store(sum, sums + column);
        }
    }

    private static void Check(Matrix inputs, Matrix dOutputs, Matrix dWeights, Matrix dBias)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(dOutputs);
        Lengths.MustEqual(dOutputs.Rows, inputs.Rows);
        Lengths.MustBe(dWeights, inputs.Columns, dOutputs.Columns);
        Lengths.MustBe(dBias, 1, dOutputs.Columns);
    }

    private static void Clear(Matrix dWeights, Matrix dBias)
    {
        dWeights.Clear();
        dBias.Clear();
    }
}
