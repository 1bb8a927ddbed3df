using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Mnist.Kernels;

/// <summary>
/// The innermost loop of every matrix product, what the literature on GEMM calls its microkernel: a tile of C, MR rows
/// × NR columns, that stays in registers while A and B stream by. 8 rows × 2 ZMM registers (MR × NR = 8 × 32) are 16 running sums; each step of the depth loads 2 registers of B, broadcasts 8 values of
/// A and does 16 multiply-adds: 256 multiplications for 10 loads.
/// </summary>
/// <remarks>
/// One source makes every tile shape: <c>TRows.Count</c> and <c>TColumns.Count</c> are constants to the JIT, so the
/// sums of a smaller tile's missing rows and columns are never computed. The sums must be 16 named variables: an array
/// or a stackalloc would live in memory, three times slower.
/// </remarks>
internal static unsafe class RegisterTile
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute<TLanes, TVector, TRows, TColumns, TEpilogue>(in MatrixProduct product, int row, int column)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TRows : ITileRows
        where TColumns : ITileColumns
        where TEpilogue : IEpilogue
    {
        Debug.Assert(TRows.Count is 1 or 4 or 8 && TColumns.Count is 1 or 2, "another tile would compute and write more than it says");
        TVector sum00 = default, sum01 = default, sum10 = default, sum11 = default;
        TVector sum20 = default, sum21 = default, sum30 = default, sum31 = default;
        TVector sum40 = default, sum41 = default, sum50 = default, sum51 = default;
        TVector sum60 = default, sum61 = default, sum70 = default, sum71 = default;

        nint initialRow = product.InitialCRow;
        float* initial = product.InitialC + (row * initialRow) + column;
        Begin<TLanes, TVector, TColumns>(initial, ref sum00, ref sum01);
        if (TRows.Count > 1) BeginThree<TLanes, TVector, TColumns>(initial + initialRow, initialRow, ref sum10, ref sum11, ref sum20, ref sum21, ref sum30, ref sum31);
        if (TRows.Count > 4)
        {
            Begin<TLanes, TVector, TColumns>(initial + (4 * initialRow), ref sum40, ref sum41);
            BeginThree<TLanes, TVector, TColumns>(initial + (5 * initialRow), initialRow, ref sum50, ref sum51, ref sum60, ref sum61, ref sum70, ref sum71);
        }

        // Two pointers and three distances reach all eight rows: a pointer per row would need more registers than there are.
        nint aRow1 = product.ARow, aRow2 = 2 * aRow1, aRow3 = 3 * aRow1, aDepth = product.ADepth, bRow = product.BRow;
        float* a = product.A + (row * aRow1), a4 = a + (4 * aRow1), b = product.B + column;
        for (int depth = product.Depth; depth > 0; a += aDepth, a4 += aDepth, b += bRow, depth--)
        {
            TVector b0 = TLanes.Load(b);
            TVector b1 = TColumns.Count > 1 ? TLanes.Load(b + TLanes.Count) : default;
            Step<TLanes, TVector, TColumns>(a, b0, b1, ref sum00, ref sum01);
            if (TRows.Count > 1) StepThree<TLanes, TVector, TColumns>(a + aRow1, a + aRow2, a + aRow3, b0, b1, ref sum10, ref sum11, ref sum20, ref sum21, ref sum30, ref sum31);
            if (TRows.Count > 4)
            {
                Step<TLanes, TVector, TColumns>(a4, b0, b1, ref sum40, ref sum41);
                StepThree<TLanes, TVector, TColumns>(a4 + aRow1, a4 + aRow2, a4 + aRow3, b0, b1, ref sum50, ref sum51, ref sum60, ref sum61, ref sum70, ref sum71);
            }
        }

        End<TLanes, TVector, TColumns, TEpilogue>(product, row, column, sum00, sum01);
        if (TRows.Count > 1) EndThree<TLanes, TVector, TColumns, TEpilogue>(product, row + 1, column, sum10, sum11, sum20, sum21, sum30, sum31);
        if (TRows.Count > 4)
        {
            End<TLanes, TVector, TColumns, TEpilogue>(product, row + 4, column, sum40, sum41);
            EndThree<TLanes, TVector, TColumns, TEpilogue>(product, row + 5, column, sum50, sum51, sum60, sum61, sum70, sum71);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Begin<TLanes, TVector, TColumns>(float* initial, ref TVector sum0, ref TVector sum1)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TColumns : ITileColumns
    {
        sum0 = TLanes.Load(initial);
        if (TColumns.Count > 1) sum1 = TLanes.Load(initial + TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BeginThree<TLanes, TVector, TColumns>(float* initial, nint initialRow, ref TVector sum10, ref TVector sum11,
        ref TVector sum20, ref TVector sum21, ref TVector sum30, ref TVector sum31)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TColumns : ITileColumns
    {
        Begin<TLanes, TVector, TColumns>(initial, ref sum10, ref sum11);
        Begin<TLanes, TVector, TColumns>(initial + initialRow, ref sum20, ref sum21);
        Begin<TLanes, TVector, TColumns>(initial + (2 * initialRow), ref sum30, ref sum31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TLanes, TVector, TColumns>(float* a, TVector b0, TVector b1, ref TVector sum0, ref TVector sum1)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TColumns : ITileColumns
    {
        TVector value = TLanes.Broadcast(*a);
        sum0 = TLanes.MultiplyAdd(value, b0, sum0);
        if (TColumns.Count > 1) sum1 = TLanes.MultiplyAdd(value, b1, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StepThree<TLanes, TVector, TColumns>(float* a1, float* a2, float* a3, TVector b0, TVector b1,
        ref TVector sum10, ref TVector sum11, ref TVector sum20, ref TVector sum21, ref TVector sum30, ref TVector sum31)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TColumns : ITileColumns
    {
        Step<TLanes, TVector, TColumns>(a1, b0, b1, ref sum10, ref sum11);
        Step<TLanes, TVector, TColumns>(a2, b0, b1, ref sum20, ref sum21);
        Step<TLanes, TVector, TColumns>(a3, b0, b1, ref sum30, ref sum31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void End<TLanes, TVector, TColumns, TEpilogue>(in MatrixProduct product, int row, int column, TVector sum0, TVector sum1)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TColumns : ITileColumns
        where TEpilogue : IEpilogue
    {
        float* target = product.C + (row * product.CRow) + column;
        float* gate = product.Gate + (row * product.GateRow) + column;
        TLanes.Store(TEpilogue.Apply<TLanes, TVector>(sum0, gate), target);
        if (TColumns.Count > 1)
            TLanes.Store(TEpilogue.Apply<TLanes, TVector>(sum1, gate + TLanes.Count), target + TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EndThree<TLanes, TVector, TColumns, TEpilogue>(in MatrixProduct product, int row, int column,
        TVector sum10, TVector sum11, TVector sum20, TVector sum21, TVector sum30, TVector sum31)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TColumns : ITileColumns
        where TEpilogue : IEpilogue
    {
        End<TLanes, TVector, TColumns, TEpilogue>(product, row, column, sum10, sum11);
        End<TLanes, TVector, TColumns, TEpilogue>(product, row + 1, column, sum20, sum21);
        End<TLanes, TVector, TColumns, TEpilogue>(product, row + 2, column, sum30, sum31);
    }
}
