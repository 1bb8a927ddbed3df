using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mnist.Kernels;

/// <summary>
/// The microkernel of <see cref="SparseProduct"/>: one or two rows × up to 8 registers of C stay in registers while the
/// bits of their masks are walked. A bit costs one count of trailing zeros; a depth whose bit is clear costs nothing.
/// </summary>
/// <remarks>The loop over the rows is in here: a call for each pair of rows would cost as much as a third of its work.</remarks>
internal static unsafe class SparseTile
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute<TLanes, TVector, TRows, TColumns, TEpilogue>(in SparseProduct sparse, int firstRow, int endRow, int column)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TRows : ITileRows
        where TColumns : ITileColumns
        where TEpilogue : IEpilogue
    {
        Debug.Assert(TRows.Count is 1 or 2 && TColumns.Count is 1 or 4 or 8, "another tile would compute and write more than it says");
        nint aRow = sparse.Product.ARow, aDepth = sparse.Product.ADepth, bRow = sparse.Product.BRow, cRow = sparse.Product.CRow;
        nint initialRow = sparse.Product.InitialCRow, maskRow = sparse.MaskRow;
        int words = sparse.Words;
        float* a = sparse.Product.A + (firstRow * aRow), b = sparse.Product.B + column;
        float* initial = sparse.Product.InitialC + (firstRow * initialRow) + column, target = sparse.Product.C + (firstRow * cRow) + column;
        ulong* masks = sparse.Masks + (firstRow * maskRow);
        for (int row = firstRow; row < endRow; row += TRows.Count)
        {
            TVector sum00 = default, sum01 = default, sum02 = default, sum03 = default;
            TVector sum04 = default, sum05 = default, sum06 = default, sum07 = default;
            TVector sum10 = default, sum11 = default, sum12 = default, sum13 = default;
            TVector sum14 = default, sum15 = default, sum16 = default, sum17 = default;
            Begin<TLanes, TVector, TColumns>(initial, ref sum00, ref sum01, ref sum02, ref sum03, ref sum04, ref sum05, ref sum06, ref sum07);
            if (TRows.Count > 1)
                Begin<TLanes, TVector, TColumns>(initial + initialRow, ref sum10, ref sum11, ref sum12, ref sum13, ref sum14, ref sum15, ref sum16, ref sum17);

            for (int word = 0; word < words; word++)
            {
                ulong live = masks[word];
                if (TRows.Count > 1) live |= masks[maskRow + word];
                for (; live != 0; live &= live - 1)
                {
                    nint depth = (64 * word) + BitOperations.TrailingZeroCount(live);
                    float* value = a + (depth * aDepth), from = b + (depth * bRow);
                    TVector value0 = TLanes.Broadcast(*value);
                    TVector value1 = TRows.Count > 1 ? TLanes.Broadcast(value[aRow]) : default;
                    Step<TLanes, TVector, TRows>(from, value0, value1, ref sum00, ref sum10);
                    if (TColumns.Count > 1) StepThree<TLanes, TVector, TRows>(from + TLanes.Count, value0, value1, ref sum01, ref sum11, ref sum02, ref sum12, ref sum03, ref sum13);
                    if (TColumns.Count > 4)
                    {
                        Step<TLanes, TVector, TRows>(from + (4 * TLanes.Count), value0, value1, ref sum04, ref sum14);
                        StepThree<TLanes, TVector, TRows>(from + (5 * TLanes.Count), value0, value1, ref sum05, ref sum15, ref sum06, ref sum16, ref sum07, ref sum17);
                    }
                }
            }

            End<TLanes, TVector, TColumns, TEpilogue>(target, sum00, sum01, sum02, sum03, sum04, sum05, sum06, sum07);
            if (TRows.Count > 1)
                End<TLanes, TVector, TColumns, TEpilogue>(target + cRow, sum10, sum11, sum12, sum13, sum14, sum15, sum16, sum17);
            a += TRows.Count * aRow;
            initial += TRows.Count * initialRow;
            target += TRows.Count * cRow;
            masks += TRows.Count * maskRow;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TLanes, TVector, TRows>(float* b, TVector value0, TVector value1, ref TVector sum0, ref TVector sum1)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TRows : ITileRows
    {
        TVector weights = TLanes.Load(b);
        sum0 = TLanes.MultiplyAdd(value0, weights, sum0);
        if (TRows.Count > 1) sum1 = TLanes.MultiplyAdd(value1, weights, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StepThree<TLanes, TVector, TRows>(float* b, TVector value0, TVector value1,
        ref TVector sum01, ref TVector sum11, ref TVector sum02, ref TVector sum12, ref TVector sum03, ref TVector sum13)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TRows : ITileRows
    {
        Step<TLanes, TVector, TRows>(b, value0, value1, ref sum01, ref sum11);
        Step<TLanes, TVector, TRows>(b + TLanes.Count, value0, value1, ref sum02, ref sum12);
        Step<TLanes, TVector, TRows>(b + (2 * TLanes.Count), value0, value1, ref sum03, ref sum13);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Begin<TLanes, TVector, TColumns>(float* initial, ref TVector sum0, ref TVector sum1, ref TVector sum2, ref TVector sum3,
        ref TVector sum4, ref TVector sum5, ref TVector sum6, ref TVector sum7)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TColumns : ITileColumns
    {
        sum0 = TLanes.Load(initial);
        if (TColumns.Count > 1)
        {
            sum1 = TLanes.Load(initial + TLanes.Count);
            sum2 = TLanes.Load(initial + (2 * TLanes.Count));
            sum3 = TLanes.Load(initial + (3 * TLanes.Count));
        }
        if (TColumns.Count > 4)
        {
            sum4 = TLanes.Load(initial + (4 * TLanes.Count));
            sum5 = TLanes.Load(initial + (5 * TLanes.Count));
            sum6 = TLanes.Load(initial + (6 * TLanes.Count));
            sum7 = TLanes.Load(initial + (7 * TLanes.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void End<TLanes, TVector, TColumns, TEpilogue>(float* target, TVector sum0, TVector sum1, TVector sum2, TVector sum3,
        TVector sum4, TVector sum5, TVector sum6, TVector sum7)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TColumns : ITileColumns
        where TEpilogue : IEpilogue
    {
        Finish<TLanes, TVector, TEpilogue>(sum0, target);
        if (TColumns.Count > 1)
        {
            Finish<TLanes, TVector, TEpilogue>(sum1, target + TLanes.Count);
            Finish<TLanes, TVector, TEpilogue>(sum2, target + (2 * TLanes.Count));
            Finish<TLanes, TVector, TEpilogue>(sum3, target + (3 * TLanes.Count));
        }
        if (TColumns.Count > 4)
        {
            Finish<TLanes, TVector, TEpilogue>(sum4, target + (4 * TLanes.Count));
            Finish<TLanes, TVector, TEpilogue>(sum5, target + (5 * TLanes.Count));
            Finish<TLanes, TVector, TEpilogue>(sum6, target + (6 * TLanes.Count));
            Finish<TLanes, TVector, TEpilogue>(sum7, target + (7 * TLanes.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TLanes, TVector, TEpilogue>(TVector sum, float* target)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TEpilogue : IEpilogue => TLanes.Store(TEpilogue.Apply<TLanes, TVector>(sum, null), target);
}
