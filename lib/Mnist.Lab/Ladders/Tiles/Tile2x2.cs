using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Lab.Ladders.Tiles;

/// <summary>Two samples × 32 outputs: each step of the depth loads two values of x and two registers of weights for four multiply-adds.</summary>
/// <remarks>Each load is used twice; four chains are half of what hides the latency.</remarks>
internal readonly unsafe struct Tile2x2 : ITile
{
    public static Tile Shape => new(2, 2);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Compute(float* x, nint xRow, float* w, nint wRow, float* z, nint zRow, int depth)
    {
        Vector512<float> z00 = default, z01 = default;
        Vector512<float> z10 = default, z11 = default;
        float* x1 = x + xRow;
        for (int k = 0; k < depth; k++, w += wRow)
        {
            Vector512<float> w0 = Vector512.Load(w), w1 = Vector512.Load(w + 16);
            TileRow.MultiplyAdd(x[k], w0, w1, ref z00, ref z01);
            TileRow.MultiplyAdd(x1[k], w0, w1, ref z10, ref z11);
        }
        TileRow.Store(z, z00, z01);
        TileRow.Store(z + zRow, z10, z11);
    }
}
