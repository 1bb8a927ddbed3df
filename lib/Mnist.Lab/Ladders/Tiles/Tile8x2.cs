using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Lab.Ladders.Tiles;

/// <summary>Eight samples × 32 outputs: each step of the depth loads eight values of x and two registers of weights for sixteen multiply-adds.</summary>
/// <remarks>Two loads more than 4 × 4 has, but each weight, which comes from farther away than x, is used for eight samples.</remarks>
internal readonly unsafe struct Tile8x2 : ITile
{
    public static Tile Shape => new(8, 2);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Compute(float* x, nint xRow, float* w, nint wRow, float* z, nint zRow, int depth)
    {
        Vector512<float> z00 = default, z01 = default;
        Vector512<float> z10 = default, z11 = default;
        Vector512<float> z20 = default, z21 = default;
        Vector512<float> z30 = default, z31 = default;
        Vector512<float> z40 = default, z41 = default;
        Vector512<float> z50 = default, z51 = default;
        Vector512<float> z60 = default, z61 = default;
        Vector512<float> z70 = default, z71 = default;
        float* x1 = x + xRow, x2 = x + (2 * xRow), x3 = x + (3 * xRow), x4 = x + (4 * xRow), x5 = x + (5 * xRow), x6 = x + (6 * xRow), x7 = x + (7 * xRow);
        for (int k = 0; k < depth; k++, w += wRow)
        {
            Vector512<float> w0 = Vector512.Load(w), w1 = Vector512.Load(w + 16);
            TileRow.MultiplyAdd(x[k], w0, w1, ref z00, ref z01);
            TileRow.MultiplyAdd(x1[k], w0, w1, ref z10, ref z11);
            TileRow.MultiplyAdd(x2[k], w0, w1, ref z20, ref z21);
            TileRow.MultiplyAdd(x3[k], w0, w1, ref z30, ref z31);
            TileRow.MultiplyAdd(x4[k], w0, w1, ref z40, ref z41);
            TileRow.MultiplyAdd(x5[k], w0, w1, ref z50, ref z51);
            TileRow.MultiplyAdd(x6[k], w0, w1, ref z60, ref z61);
            TileRow.MultiplyAdd(x7[k], w0, w1, ref z70, ref z71);
        }
        TileRow.Store(z, z00, z01);
        TileRow.Store(z + zRow, z10, z11);
        TileRow.Store(z + (2 * zRow), z20, z21);
        TileRow.Store(z + (3 * zRow), z30, z31);
        TileRow.Store(z + (4 * zRow), z40, z41);
        TileRow.Store(z + (5 * zRow), z50, z51);
        TileRow.Store(z + (6 * zRow), z60, z61);
        TileRow.Store(z + (7 * zRow), z70, z71);
    }
}
