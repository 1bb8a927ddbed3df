using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// A <see cref="MatrixProduct"/> that visits only the depths where A is not zero, found by walking the bits of a mask.
/// Adding 0 × b changes nothing, so the result has the same bits as the dense product's (as long as B is finite).
/// </summary>
/// <remarks>
/// Masks[row, word] holds a bit for each depth, 64 a word. Two rows are done together where that helps: they share the
/// loads of B, at the price of a few multiplications by zero where only one of the two is live.
/// </remarks>
internal unsafe struct SkippingProduct
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
    /// <param name="width">The vector width.</param>
    /// <param name="pairs">True: two rows at a time even where one row alone fills the registers.</param>
    public readonly void Compute<TLast>(VectorWidth width, bool pairs)
        where TLast : ILastStep
    {
        switch (width)
        {
            case VectorWidth.Bits512: Compute<Lanes512, Vector512<float>, TLast>(this, pairs); break;
            case VectorWidth.Bits256: Compute<Lanes256, Vector256<float>, TLast>(this, pairs); break;
            case VectorWidth.Bits128: Compute<Lanes128, Vector128<float>, TLast>(this, pairs); break;
            default: Compute<Lanes1, float, TLast>(this, pairs); break;
        }
    }

    /// <summary>Strips of 8, then 4, 2 and 1 registers; 8 with two rows only where there are 32 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compute<TLanes, TVector, TLast>(in SkippingProduct product, bool pairs)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TLast : ILastStep
    {
        int column = 0, columns = product.Product.Columns;
        if (!pairs)
            for (; column + (8 * TLanes.Count) <= columns; column += 8 * TLanes.Count)
                Strip<TLanes, TVector, Rows1, Columns8, TLast>(product, column);
        else if (TLanes.TileRows == 8)
            for (; column + (8 * TLanes.Count) <= columns; column += 8 * TLanes.Count)
                Strip<TLanes, TVector, Rows2, Columns8, TLast>(product, column);
        for (; column + (4 * TLanes.Count) <= columns; column += 4 * TLanes.Count)
            Strip<TLanes, TVector, Rows2, Columns4, TLast>(product, column);
        for (; column < columns; column += TLanes.Count)
            Strip<TLanes, TVector, Rows2, Columns1, TLast>(product, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Strip<TLanes, TVector, TRows, TColumns, TLast>(in SkippingProduct product, int column)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TRows : ITileRows
        where TColumns : ITileColumns
        where TLast : ILastStep
    {
        int row = 0;
        for (; row + TRows.Count <= product.Product.Rows; row += TRows.Count)
            Tile<TLanes, TVector, TRows, TColumns, TLast>(product, row, column);
        for (; row < product.Product.Rows; row++)
            Tile<TLanes, TVector, Rows1, TColumns, TLast>(product, row, column);
    }

    /// <summary>One or two rows × up to 8 registers of C, kept in registers while the bits are walked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TLanes, TVector, TRows, TColumns, TLast>(in SkippingProduct skipping, int row, int column)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TRows : ITileRows
        where TColumns : ITileColumns
        where TLast : ILastStep
    {
        MatrixProduct product = skipping.Product;
        TVector sum00 = default, sum01 = default, sum02 = default, sum03 = default;
        TVector sum04 = default, sum05 = default, sum06 = default, sum07 = default;
        TVector sum10 = default, sum11 = default, sum12 = default, sum13 = default;
        TVector sum14 = default, sum15 = default, sum16 = default, sum17 = default;

        float* start = product.Start + (row * product.StartRow) + column;
        Begin<TLanes, TVector, TColumns>(start, ref sum00, ref sum01, ref sum02, ref sum03, ref sum04, ref sum05, ref sum06, ref sum07);
        if (TRows.Count > 1)
            Begin<TLanes, TVector, TColumns>(start + product.StartRow, ref sum10, ref sum11, ref sum12, ref sum13, ref sum14, ref sum15, ref sum16, ref sum17);

        ulong* masks = skipping.Masks + (row * skipping.MaskRow);
        nint maskRow = skipping.MaskRow, aDepth = product.ADepth, aRow = product.ARow, bRow = product.BRow;
        float* a = product.A + (row * aRow), b = product.B + column;
        for (int word = 0; word < skipping.Words; word++, a += 64 * aDepth, b += 64 * bRow)
        {
            ulong live = masks[word];
            if (TRows.Count > 1) live |= masks[maskRow + word];
            for (; live != 0; live &= live - 1)
            {
                nint depth = BitOperations.TrailingZeroCount(live);
                float* values = a + (depth * aDepth), from = b + (depth * bRow);
                TVector value0 = TLanes.Broadcast(*values);
                TVector value1 = TRows.Count > 1 ? TLanes.Broadcast(values[aRow]) : default;
                Step<TLanes, TVector, TRows>(from, 0, value0, value1, ref sum00, ref sum10);
                if (TColumns.Count > 1)
                {
                    Step<TLanes, TVector, TRows>(from, 1, value0, value1, ref sum01, ref sum11);
                    Step<TLanes, TVector, TRows>(from, 2, value0, value1, ref sum02, ref sum12);
                    Step<TLanes, TVector, TRows>(from, 3, value0, value1, ref sum03, ref sum13);
                }
                if (TColumns.Count > 4)
                {
                    Step<TLanes, TVector, TRows>(from, 4, value0, value1, ref sum04, ref sum14);
                    Step<TLanes, TVector, TRows>(from, 5, value0, value1, ref sum05, ref sum15);
                    Step<TLanes, TVector, TRows>(from, 6, value0, value1, ref sum06, ref sum16);
                    Step<TLanes, TVector, TRows>(from, 7, value0, value1, ref sum07, ref sum17);
                }
            }
        }

        float* target = product.C + (row * product.CRow) + column;
        End<TLanes, TVector, TColumns, TLast>(target, sum00, sum01, sum02, sum03, sum04, sum05, sum06, sum07);
        if (TRows.Count > 1)
            End<TLanes, TVector, TColumns, TLast>(target + product.CRow, sum10, sum11, sum12, sum13, sum14, sum15, sum16, sum17);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TLanes, TVector, TRows>(float* b, int register, TVector value0, TVector value1, ref TVector sum0, ref TVector sum1)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TRows : ITileRows
    {
        TVector weights = TLanes.Load(b + (register * TLanes.Count));
        sum0 = TLanes.MultiplyAdd(value0, weights, sum0);
        if (TRows.Count > 1) sum1 = TLanes.MultiplyAdd(value1, weights, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Begin<TLanes, TVector, TColumns>(float* start, ref TVector sum0, ref TVector sum1, ref TVector sum2, ref TVector sum3,
        ref TVector sum4, ref TVector sum5, ref TVector sum6, ref TVector sum7)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TColumns : ITileColumns
    {
        sum0 = TLanes.Load(start);
        if (TColumns.Count > 1)
        {
            sum1 = TLanes.Load(start + TLanes.Count);
            sum2 = TLanes.Load(start + (2 * TLanes.Count));
            sum3 = TLanes.Load(start + (3 * TLanes.Count));
        }
        if (TColumns.Count > 4)
        {
            sum4 = TLanes.Load(start + (4 * TLanes.Count));
            sum5 = TLanes.Load(start + (5 * TLanes.Count));
            sum6 = TLanes.Load(start + (6 * TLanes.Count));
            sum7 = TLanes.Load(start + (7 * TLanes.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void End<TLanes, TVector, TColumns, TLast>(float* target, TVector sum0, TVector sum1, TVector sum2, TVector sum3,
        TVector sum4, TVector sum5, TVector sum6, TVector sum7)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TColumns : ITileColumns
        where TLast : ILastStep
    {
        Finish<TLanes, TVector, TLast>(sum0, target);
        if (TColumns.Count > 1)
        {
            Finish<TLanes, TVector, TLast>(sum1, target + TLanes.Count);
            Finish<TLanes, TVector, TLast>(sum2, target + (2 * TLanes.Count));
            Finish<TLanes, TVector, TLast>(sum3, target + (3 * TLanes.Count));
        }
        if (TColumns.Count > 4)
        {
            Finish<TLanes, TVector, TLast>(sum4, target + (4 * TLanes.Count));
            Finish<TLanes, TVector, TLast>(sum5, target + (5 * TLanes.Count));
            Finish<TLanes, TVector, TLast>(sum6, target + (6 * TLanes.Count));
            Finish<TLanes, TVector, TLast>(sum7, target + (7 * TLanes.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TLanes, TVector, TLast>(TVector sum, float* target)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TLast : ILastStep => TLanes.Store(TLast.Apply<TLanes, TVector>(sum, null), target);
}
