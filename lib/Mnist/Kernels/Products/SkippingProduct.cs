using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// A <see cref="MatrixProduct"/> that visits only the depths where A is not zero, found by walking the bits of a mask.
/// Adding 0 × b changes nothing, so the result has the same bits as the dense product's (as long as B is finite).
/// </summary>
/// <remarks>
/// A are pixels: bytes, each turned into its float by a table of 256. Few of them are looked at, so turning all of them
/// into floats beforehand, four times the memory, would cost more than it saves.
/// Masks[row, word] holds a bit for each depth, 64 a word. Two rows are done together where that helps: they share the
/// loads of B, at the price of a few multiplications by zero where only one of the two is live.
/// </remarks>
internal unsafe struct SkippingProduct
{
    /// <summary>The product; its A is not used, its depth is at most 64 × <see cref="Words"/>.</summary>
    public MatrixProduct Product;

    /// <summary>The byte of A[row, depth] is at Pixels + row × PixelRow + depth × PixelDepth.</summary>
    public byte* Pixels;

    /// <summary>See <see cref="Pixels"/>.</summary>
    public nint PixelRow, PixelDepth;

    /// <summary>The float of each byte: [256].</summary>
    public float* Values;

    /// <summary>The mask of row r begins at Masks + r × MaskRow.</summary>
    public ulong* Masks;

    /// <summary>See <see cref="Masks"/>.</summary>
    public nint MaskRow;

    /// <summary>Words of each row's mask that are walked.</summary>
    public int Words;

    /// <summary>Computes the product with vectors of the given width.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="pairs">True: two rows at a time even where one row alone fills the registers.</param>
    public readonly void Compute<TEpilogue>(VectorWidth width, bool pairs)
        where TEpilogue : IEpilogue
    {
        switch (width)
        {
            case VectorWidth.Bits512: Compute<Lanes512, Vector512<float>, TEpilogue>(this, pairs); break;
            case VectorWidth.Bits256: Compute<Lanes256, Vector256<float>, TEpilogue>(this, pairs); break;
            case VectorWidth.Bits128: Compute<Lanes128, Vector128<float>, TEpilogue>(this, pairs); break;
            default: Compute<Lanes1, float, TEpilogue>(this, pairs); break;
        }
    }

    /// <summary>Strips of 8, then 4, 2 and 1 registers; 8 with two rows only where there are 32 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compute<TLanes, TVector, TEpilogue>(in SkippingProduct product, bool pairs)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TEpilogue : IEpilogue
    {
        int column = 0, columns = product.Product.Columns;
        if (!pairs)
            for (; column + (8 * TLanes.Count) <= columns; column += 8 * TLanes.Count)
                Strip<TLanes, TVector, Rows1, Columns8, TEpilogue>(product, column);
        else if (TLanes.TileRows == 8)
            for (; column + (8 * TLanes.Count) <= columns; column += 8 * TLanes.Count)
                Strip<TLanes, TVector, Rows2, Columns8, TEpilogue>(product, column);
        for (; column + (4 * TLanes.Count) <= columns; column += 4 * TLanes.Count)
            Strip<TLanes, TVector, Rows2, Columns4, TEpilogue>(product, column);
        for (; column < columns; column += TLanes.Count)
            Strip<TLanes, TVector, Rows2, Columns1, TEpilogue>(product, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Strip<TLanes, TVector, TRows, TColumns, TEpilogue>(in SkippingProduct product, int column)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TRows : ITileRows
        where TColumns : ITileColumns
        where TEpilogue : IEpilogue
    {
        int row = 0;
        for (; row + TRows.Count <= product.Product.Rows; row += TRows.Count)
            SkippingTile.Compute<TLanes, TVector, TRows, TColumns, TEpilogue>(product, row, column);
        for (; row < product.Product.Rows; row++)
            SkippingTile.Compute<TLanes, TVector, Rows1, TColumns, TEpilogue>(product, row, column);
    }
}
