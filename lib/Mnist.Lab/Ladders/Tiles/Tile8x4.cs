using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Lab.Ladders.Tiles;

/// <summary>Eight samples × 64 outputs: 32 sums, four registers of weights and one of x are 37 registers, and there are 32.</summary>
/// <remarks>Broken on purpose: what does not fit is kept on the stack and is loaded and stored in every step.</remarks>
internal readonly unsafe struct Tile8x4 : ITile
{
    public static Tile Shape => new(8, 4);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Compute(float* x, nint xRow, float* w, nint wRow, float* z, nint zRow, int depth)
    {
        Vector512<float> z00 = default, z01 = default, z02 = default, z03 = default;
        Vector512<float> z10 = default, z11 = default, z12 = default, z13 = default;
        Vector512<float> z20 = default, z21 = default, z22 = default, z23 = default;
        Vector512<float> z30 = default, z31 = default, z32 = default, z33 = default;
        Vector512<float> z40 = default, z41 = default, z42 = default, z43 = default;
        Vector512<float> z50 = default, z51 = default, z52 = default, z53 = default;
        Vector512<float> z60 = default, z61 = default, z62 = default, z63 = default;
        Vector512<float> z70 = default, z71 = default, z72 = default, z73 = default;
        float* x1 = x + xRow, x2 = x + (2 * xRow), x3 = x + (3 * xRow), x4 = x + (4 * xRow), x5 = x + (5 * xRow), x6 = x + (6 * xRow), x7 = x + (7 * xRow);
        for (int k = 0; k < depth; k++, w += wRow)
        {
            Vector512<float> w0 = Vector512.Load(w), w1 = Vector512.Load(w + 16), w2 = Vector512.Load(w + 32), w3 = Vector512.Load(w + 48);
            TileRow.MultiplyAdd(x[k], w0, w1, w2, w3, ref z00, ref z01, ref z02, ref z03);
            TileRow.MultiplyAdd(x1[k], w0, w1, w2, w3, ref z10, ref z11, ref z12, ref z13);
            TileRow.MultiplyAdd(x2[k], w0, w1, w2, w3, ref z20, ref z21, ref z22, ref z23);
            TileRow.MultiplyAdd(x3[k], w0, w1, w2, w3, ref z30, ref z31, ref z32, ref z33);
            TileRow.MultiplyAdd(x4[k], w0, w1, w2, w3, ref z40, ref z41, ref z42, ref z43);
            TileRow.MultiplyAdd(x5[k], w0, w1, w2, w3, ref z50, ref z51, ref z52, ref z53);
            TileRow.MultiplyAdd(x6[k], w0, w1, w2, w3, ref z60, ref z61, ref z62, ref z63);
            TileRow.MultiplyAdd(x7[k], w0, w1, w2, w3, ref z70, ref z71, ref z72, ref z73);
        }
        TileRow.Store(z, z00, z01, z02, z03);
        TileRow.Store(z + zRow, z10, z11, z12, z13);
        TileRow.Store(z + (2 * zRow), z20, z21, z22, z23);
        TileRow.Store(z + (3 * zRow), z30, z31, z32, z33);
        TileRow.Store(z + (4 * zRow), z40, z41, z42, z43);
        TileRow.Store(z + (5 * zRow), z50, z51, z52, z53);
        TileRow.Store(z + (6 * zRow), z60, z61, z62, z63);
        TileRow.Store(z + (7 * zRow), z70, z71, z72, z73);
    }
}
