using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// The end of a product whose depth was summed in four parts: C = ((p0 + p1) + (p2 + p3)) + bias, then an epilogue. The order
/// is fixed, whoever computed the parts, so that the sum has the same bits on any number of threads.
/// </summary>
internal unsafe struct PartialSums
{
    /// <summary>Part p of C[row, column] is at First + p × Part + row × Row + column.</summary>
    public float* First;

    /// <summary>See <see cref="First"/>.</summary>
    public nint Part, Row;

    /// <summary>[columns].</summary>
    public float* Bias;

    /// <summary>C[row, column] is at C + row × Row + column.</summary>
    public float* C;

    /// <summary>Whole registers of 16.</summary>
    public int Columns;

    /// <summary>Adds the parts of some rows up.</summary>
    public readonly void Compute<TEpilogue>(VectorWidth width, int firstRow, int rows)
        where TEpilogue : IEpilogue
    {
        switch (width)
        {
            case VectorWidth.Bits512: Compute<Lanes512, Vector512<float>, TEpilogue>(this, firstRow, rows); break;
            case VectorWidth.Bits256: Compute<Lanes256, Vector256<float>, TEpilogue>(this, firstRow, rows); break;
            case VectorWidth.Bits128: Compute<Lanes128, Vector128<float>, TEpilogue>(this, firstRow, rows); break;
            default: Compute<Lanes1, float, TEpilogue>(this, firstRow, rows); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compute<TLanes, TVector, TEpilogue>(in PartialSums sums, int firstRow, int rows)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TEpilogue : IEpilogue
    {
        nint part = sums.Part;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            float* from = sums.First + (row * sums.Row), to = sums.C + (row * sums.Row);
            for (nint column = 0; column < sums.Columns; column += TLanes.Count, from += TLanes.Count)
            {
                TVector sum = TLanes.Add(
                    TLanes.Add(TLanes.Load(from), TLanes.Load(from + part)),
                    TLanes.Add(TLanes.Load(from + (2 * part)), TLanes.Load(from + (3 * part))));
                TLanes.Store(TEpilogue.Apply<TLanes, TVector>(TLanes.Add(sum, TLanes.Load(sums.Bias + column)), null), to + column);
            }
        }
    }
}
