using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Mnist.Kernels;

namespace Mnist.Lab.Speed;

/// <summary>
/// A <see cref="MatrixProduct"/> without tiles: up to 8 registers of one row of C stay in registers while the depth runs, so
/// every row loads all of B anew. The sums have the same order, and so the same bits, as the tiled product's.
/// </summary>
internal static unsafe class RowProduct
{
    /// <summary>Computes the product with the widest vectors this CPU has.</summary>
    public static void Compute<TEpilogue>(in MatrixProduct product)
        where TEpilogue : IEpilogue
    {
        switch (Simd.Best)
        {
            case VectorWidth.Bits512: Rows<Lanes512, Vector512<float>, TEpilogue>(product); break;
            case VectorWidth.Bits256: Rows<Lanes256, Vector256<float>, TEpilogue>(product); break;
            case VectorWidth.Bits128: Rows<Lanes128, Vector128<float>, TEpilogue>(product); break;
            default: Rows<Lanes1, float, TEpilogue>(product); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<TLanes, TVector, TEpilogue>(in MatrixProduct product)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TEpilogue : IEpilogue
    {
        for (int row = 0; row < product.Rows; row++)
        {
            int column = 0;
            for (; column + (8 * TLanes.Count) <= product.Columns; column += 8 * TLanes.Count)
                Row<TLanes, TVector, Columns8, TEpilogue>(product, row, column);
            for (; column + (4 * TLanes.Count) <= product.Columns; column += 4 * TLanes.Count)
                Row<TLanes, TVector, Columns4, TEpilogue>(product, row, column);
            for (; column < product.Columns; column += TLanes.Count)
                Row<TLanes, TVector, Columns1, TEpilogue>(product, row, column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TLanes, TVector, TColumns, TEpilogue>(in MatrixProduct product, int row, int column)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TColumns : ITileColumns
        where TEpilogue : IEpilogue
    {
        float* initial = product.InitialC + (row * product.InitialCRow) + column;
        TVector sum0 = TLanes.Load(initial), sum1 = default, sum2 = default, sum3 = default;
        TVector sum4 = default, sum5 = default, sum6 = default, sum7 = default;
        if (TColumns.Count > 1) Load<TLanes, TVector>(initial + TLanes.Count, ref sum1, ref sum2, ref sum3);
        if (TColumns.Count > 4)
        {
            sum4 = TLanes.Load(initial + (4 * TLanes.Count));
            Load<TLanes, TVector>(initial + (5 * TLanes.Count), ref sum5, ref sum6, ref sum7);
        }
        float* a = product.A + (row * product.ARow), b = product.B + column;
        nint aDepth = product.ADepth, bRow = product.BRow;
        for (int depth = product.Depth; depth > 0; a += aDepth, b += bRow, depth--)
        {
            TVector value = TLanes.Broadcast(*a);
            sum0 = TLanes.MultiplyAdd(value, TLanes.Load(b), sum0);
            if (TColumns.Count > 1) Step<TLanes, TVector>(value, b + TLanes.Count, ref sum1, ref sum2, ref sum3);
            if (TColumns.Count <= 4) continue;
            sum4 = TLanes.MultiplyAdd(value, TLanes.Load(b + (4 * TLanes.Count)), sum4);
            Step<TLanes, TVector>(value, b + (5 * TLanes.Count), ref sum5, ref sum6, ref sum7);
        }
        float* target = product.C + (row * product.CRow) + column, gate = product.Gate + (row * product.GateRow) + column;
        TLanes.Store(TEpilogue.Apply<TLanes, TVector>(sum0, gate), target);
        if (TColumns.Count > 1) Store<TLanes, TVector, TEpilogue>(target + TLanes.Count, gate + TLanes.Count, sum1, sum2, sum3);
        if (TColumns.Count <= 4) return;
        TLanes.Store(TEpilogue.Apply<TLanes, TVector>(sum4, gate + (4 * TLanes.Count)), target + (4 * TLanes.Count));
        Store<TLanes, TVector, TEpilogue>(target + (5 * TLanes.Count), gate + (5 * TLanes.Count), sum5, sum6, sum7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TLanes, TVector>(float* from, ref TVector sum0, ref TVector sum1, ref TVector sum2)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        sum0 = TLanes.Load(from);
        sum1 = TLanes.Load(from + TLanes.Count);
        sum2 = TLanes.Load(from + (2 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TLanes, TVector>(TVector value, float* b, ref TVector sum0, ref TVector sum1, ref TVector sum2)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        sum0 = TLanes.MultiplyAdd(value, TLanes.Load(b), sum0);
        sum1 = TLanes.MultiplyAdd(value, TLanes.Load(b + TLanes.Count), sum1);
        sum2 = TLanes.MultiplyAdd(value, TLanes.Load(b + (2 * TLanes.Count)), sum2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes, TVector, TEpilogue>(float* target, float* gate, TVector sum0, TVector sum1, TVector sum2)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TEpilogue : IEpilogue
    {
        TLanes.Store(TEpilogue.Apply<TLanes, TVector>(sum0, gate), target);
        TLanes.Store(TEpilogue.Apply<TLanes, TVector>(sum1, gate + TLanes.Count), target + TLanes.Count);
        TLanes.Store(TEpilogue.Apply<TLanes, TVector>(sum2, gate + (2 * TLanes.Count)), target + (2 * TLanes.Count));
    }
}
