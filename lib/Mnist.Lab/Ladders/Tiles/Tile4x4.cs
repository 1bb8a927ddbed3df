using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Lab.Ladders.Tiles;

/// <summary>Four samples × 64 outputs: each step of the depth loads four values of x and four registers of weights for sixteen multiply-adds.</summary>
/// <remarks>The fewest loads that sixteen sums can have; each weight is used for four samples.</remarks>
internal readonly unsafe struct Tile4x4 : ITile
{
    public static Tile Shape => new(4, 4);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Compute(float* x, nint xRow, float* w, nint wRow, float* z, nint zRow, int depth)
    {
        Vector512<float> z00 = default, z01 = default, z02 = default, z03 = default;
        Vector512<float> z10 = default, z11 = default, z12 = default, z13 = default;
        Vector512<float> z20 = default, z21 = default, z22 = default, z23 = default;
        Vector512<float> z30 = default, z31 = default, z32 = default, z33 = default;
        float* x1 = x + xRow, x2 = x + (2 * xRow), x3 = x + (3 * xRow);
        for (int k = 0; k < depth; k++, w += wRow)
        {
            Vector512<float> w0 = Vector512.Load(w), w1 = Vector512.Load(w + 16), w2 = Vector512.Load(w + 32), w3 = Vector512.Load(w + 48);
            TileRow.MultiplyAdd(x[k], w0, w1, w2, w3, ref z00, ref z01, ref z02, ref z03);
            TileRow.MultiplyAdd(x1[k], w0, w1, w2, w3, ref z10, ref z11, ref z12, ref z13);
            TileRow.MultiplyAdd(x2[k], w0, w1, w2, w3, ref z20, ref z21, ref z22, ref z23);
            TileRow.MultiplyAdd(x3[k], w0, w1, w2, w3, ref z30, ref z31, ref z32, ref z33);
        }
        TileRow.Store(z, z00, z01, z02, z03);
        TileRow.Store(z + zRow, z10, z11, z12, z13);
        TileRow.Store(z + (2 * zRow), z20, z21, z22, z23);
        TileRow.Store(z + (3 * zRow), z30, z31, z32, z33);
    }
}
