using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Lab.Ladders.Tiles;

/// <summary>One sample and its 128 outputs in eight sums: each step of the depth loads one value of x and eight registers of weights.</summary>
/// <remarks>Eight chains hide the latency. The weights are used once and come anew for the next sample.</remarks>
internal readonly unsafe struct Tile1x8 : ITile
{
    public static Tile Shape => new(1, 8);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Compute(float* x, nint xRow, float* w, nint wRow, float* z, nint zRow, int depth)
    {
        Vector512<float> z0 = default, z1 = default, z2 = default, z3 = default, z4 = default, z5 = default, z6 = default, z7 = default;
        for (int k = 0; k < depth; k++, w += wRow)
        {
            Vector512<float> value = Vector512.Create(x[k]);
            z0 = Vector512.MultiplyAddEstimate(value, Vector512.Load(w), z0);
            z1 = Vector512.MultiplyAddEstimate(value, Vector512.Load(w + 16), z1);
            z2 = Vector512.MultiplyAddEstimate(value, Vector512.Load(w + 32), z2);
            z3 = Vector512.MultiplyAddEstimate(value, Vector512.Load(w + 48), z3);
            z4 = Vector512.MultiplyAddEstimate(value, Vector512.Load(w + 64), z4);
            z5 = Vector512.MultiplyAddEstimate(value, Vector512.Load(w + 80), z5);
            z6 = Vector512.MultiplyAddEstimate(value, Vector512.Load(w + 96), z6);
            z7 = Vector512.MultiplyAddEstimate(value, Vector512.Load(w + 112), z7);
        }
        z0.Store(z);
        z1.Store(z + 16);
        z2.Store(z + 32);
        z3.Store(z + 48);
        z4.Store(z + 64);
        z5.Store(z + 80);
        z6.Store(z + 96);
        z7.Store(z + 112);
    }
}
