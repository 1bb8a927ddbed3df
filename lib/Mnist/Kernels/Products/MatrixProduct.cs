using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// C = initial C + A · B, then an epilogue on each value: the GEMM of BLAS, with its tiles (MR × NR, see
/// <see cref="RegisterTile"/>) but without its packing, for the matrices here fit the caches. The three matrix products of a
/// dense layer are this one product with different strides: reading A by columns is reading its transpose.
/// </summary>
/// <remarks>
/// Strides are in floats. B, C, initial C and gate have rows padded to 16 floats, and the product is computed for whole
/// registers, padding included; it stays zero as long as A is finite, and what it holds reaches no other column. Each
/// value of C is one chain of multiply-adds over the depth, in ascending order, beginning with its initial value: the
/// same chain for every tile shape, every split into threads, every vector width that has a fused multiply-add.
/// </remarks>
internal unsafe struct MatrixProduct
{
    /// <summary>Rows of A and C.</summary>
    public int Rows;

    /// <summary>Columns of B and C, a multiple of 16.</summary>
    public int Columns;

    /// <summary>Columns of A and rows of B: the length of the chain.</summary>
    public int Depth;

    /// <summary>A[row, depth] is at A + row × ARow + depth × ADepth.</summary>
    public float* A;

    /// <summary>See <see cref="A"/>.</summary>
    public nint ARow, ADepth;

    /// <summary>B[depth, column] is at B + depth × BRow + column.</summary>
    public float* B;

    /// <summary>See <see cref="B"/>.</summary>
    public nint BRow;

    /// <summary>C[row, column] is at C + row × CRow + column.</summary>
    public float* C;

    /// <summary>See <see cref="C"/>.</summary>
    public nint CRow;

    /// <summary>What each chain begins with; row stride 0 repeats one row, as a bias does.</summary>
    public float* InitialC;

    /// <summary>See <see cref="InitialC"/>.</summary>
    public nint InitialCRow;

    /// <summary>Values that decide what <see cref="ReluMaskEpilogue"/> lets through.</summary>
    public float* Gate;

    /// <summary>See <see cref="Gate"/>.</summary>
    public nint GateRow;

    /// <summary>The same product for some of its rows.</summary>
    public readonly MatrixProduct OfRows(int first, int count) => this with
    {
        Rows = count,
        A = A + (first * ARow),
        C = C + (first * CRow),
        InitialC = InitialC + (first * InitialCRow),
        Gate = Gate + (first * GateRow),
    };

    /// <summary>The same product for some of its depths: a part of each chain.</summary>
    public readonly MatrixProduct OfDepths(int first, int count) => this with { Depth = count, A = A + (first * ADepth), B = B + (first * BRow) };

    /// <summary>Computes the product with vectors of the given width.</summary>
    public readonly void Compute<TEpilogue>(VectorWidth width)
        where TEpilogue : IEpilogue
    {
        switch (width)
        {
            case VectorWidth.Bits512: Compute<Lanes512, Vector512<float>, TEpilogue>(this); break;
            case VectorWidth.Bits256: Compute<Lanes256, Vector256<float>, TEpilogue>(this); break;
            case VectorWidth.Bits128: Compute<Lanes128, Vector128<float>, TEpilogue>(this); break;
            default: Compute<Lanes1, float, TEpilogue>(this); break;
        }
    }

    /// <summary>Covers C with tiles of 8 (or 4) rows × 2 registers, and what is left over with rows one at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compute<TLanes, TVector, TEpilogue>(in MatrixProduct product)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TEpilogue : IEpilogue
    {
        int row = 0;
        if (TLanes.TileRows == 8)
            for (; row + 8 <= product.Rows; row += 8)
                RowOfTiles<TLanes, TVector, Rows8, TEpilogue>(product, row);
        for (; row + 4 <= product.Rows; row += 4)
            RowOfTiles<TLanes, TVector, Rows4, TEpilogue>(product, row);
        for (; row < product.Rows; row++)
            RowOfTiles<TLanes, TVector, Rows1, TEpilogue>(product, row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowOfTiles<TLanes, TVector, TRows, TEpilogue>(in MatrixProduct product, int row)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TRows : ITileRows
        where TEpilogue : IEpilogue
    {
        int column = 0;
        for (; column + (2 * TLanes.Count) <= product.Columns; column += 2 * TLanes.Count)
            RegisterTile.Compute<TLanes, TVector, TRows, Columns2, TEpilogue>(product, row, column);
        for (; column < product.Columns; column += TLanes.Count)
            RegisterTile.Compute<TLanes, TVector, TRows, Columns1, TEpilogue>(product, row, column);
    }
}

/// <summary>The epilogue of a product: what is done with each finished value before it is stored.</summary>
internal unsafe interface IEpilogue
{
    static abstract TVector Apply<TLanes, TVector>(TVector value, float* gate)
        where TLanes : ILanes<TVector>
        where TVector : struct;
}

/// <summary>Nothing.</summary>
internal readonly unsafe struct NoEpilogue : IEpilogue
{
    public static TVector Apply<TLanes, TVector>(TVector value, float* gate)
        where TLanes : ILanes<TVector>
        where TVector : struct => value;
}

/// <summary>max(value, 0).</summary>
internal readonly unsafe struct ReluEpilogue : IEpilogue
{
    public static TVector Apply<TLanes, TVector>(TVector value, float* gate)
        where TLanes : ILanes<TVector>
        where TVector : struct => TLanes.Relu(value);
}

/// <summary>The value where the gate is positive, else 0.</summary>
internal readonly unsafe struct ReluMaskEpilogue : IEpilogue
{
    public static TVector Apply<TLanes, TVector>(TVector value, float* gate)
        where TLanes : ILanes<TVector>
        where TVector : struct => TLanes.WherePositive(value, TLanes.Load(gate));
}
