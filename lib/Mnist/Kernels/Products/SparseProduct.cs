using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// A <see cref="MatrixProduct"/> that visits only the depths where A is not zero: a bitmask-sparse product. Adding 0 × b
/// changes nothing, so the result has the same bits as the dense product's (as long as B is finite and no sum is −0, which
/// 0 × b can make +0).
/// </summary>
/// <remarks>
/// Masks[row, word] holds a bit for each depth, 64 per word. Two rows are done together, over the union of their bits: they
/// share the loads of B, at the price of a few multiplications by zero where only one of the two has a value.
/// </remarks>
internal unsafe struct SparseProduct
{
    /// <summary>The product; its depth is at most 64 × <see cref="Words"/>.</summary>
    public MatrixProduct Product;

    /// <summary>The mask of row r begins at Masks + r × MaskRow.</summary>
    public ulong* Masks;

    /// <summary>See <see cref="Masks"/>.</summary>
    public nint MaskRow;

    /// <summary>Words of each row's mask that are walked.</summary>
    public int Words;

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

    /// <summary>Strips of 8 registers where there are 32 of them, then of 4, then of 1; each strip for all rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compute<TLanes, TVector, TEpilogue>(in SparseProduct product)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TEpilogue : IEpilogue
    {
        int column = 0, columns = product.Product.Columns;
        if (TLanes.TileRows == 8)
            for (; column + (8 * TLanes.Count) <= columns; column += 8 * TLanes.Count)
                Strip<TLanes, TVector, Columns8, TEpilogue>(product, column);
        for (; column + (4 * TLanes.Count) <= columns; column += 4 * TLanes.Count)
            Strip<TLanes, TVector, Columns4, TEpilogue>(product, column);
        for (; column < columns; column += TLanes.Count)
            Strip<TLanes, TVector, Columns1, TEpilogue>(product, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Strip<TLanes, TVector, TColumns, TEpilogue>(in SparseProduct product, int column)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TColumns : ITileColumns
        where TEpilogue : IEpilogue
    {
        int pairs = product.Product.Rows & ~1;
        SparseTile.Compute<TLanes, TVector, Rows2, TColumns, TEpilogue>(product, 0, pairs, column);
        SparseTile.Compute<TLanes, TVector, Rows1, TColumns, TEpilogue>(product, pairs, product.Product.Rows, column);
    }
}
