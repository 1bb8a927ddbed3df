using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Lab.Ladders.Tiles;

/// <summary>
/// What a tile does with one of its rows. The sums come by reference to be named variables of the caller: the JIT
/// inlines these calls and keeps each sum in a register, which an array could not be.
/// </summary>
internal static unsafe class TileRow
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(float x, Vector512<float> w0, Vector512<float> w1, ref Vector512<float> z0, ref Vector512<float> z1)
    {
        Vector512<float> value = Vector512.Create(x);
        z0 = Vector512.MultiplyAddEstimate(value, w0, z0);
        z1 = Vector512.MultiplyAddEstimate(value, w1, z1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(float x, Vector512<float> w0, Vector512<float> w1, Vector512<float> w2, Vector512<float> w3,
        ref Vector512<float> z0, ref Vector512<float> z1, ref Vector512<float> z2, ref Vector512<float> z3)
    {
        Vector512<float> value = Vector512.Create(x);
        z0 = Vector512.MultiplyAddEstimate(value, w0, z0);
        z1 = Vector512.MultiplyAddEstimate(value, w1, z1);
        z2 = Vector512.MultiplyAddEstimate(value, w2, z2);
        z3 = Vector512.MultiplyAddEstimate(value, w3, z3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* z, Vector512<float> z0, Vector512<float> z1)
    {
        z0.Store(z);
        z1.Store(z + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* z, Vector512<float> z0, Vector512<float> z1, Vector512<float> z2, Vector512<float> z3)
    {
        Store(z, z0, z1);
        Store(z + 32, z2, z3);
    }
}
