using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Lab.Ladders.Tiles;

/// <summary>One sum in one register: each step of the depth loads a value of x and a register of weights for a single multiply-add.</summary>
/// <remarks>Nothing is stored until the sum is done, but each multiply-add waits four cycles for the one before.</remarks>
internal readonly unsafe struct Tile1x1 : ITile
{
    public static Tile Shape => new(1, 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Compute(float* x, nint xRow, float* w, nint wRow, float* z, nint zRow, int depth)
    {
        Vector512<float> z0 = default;
        for (int k = 0; k < depth; k++, w += wRow)
        {
            z0 = Vector512.MultiplyAddEstimate(Vector512.Create(x[k]), Vector512.Load(w), z0);
        }
        z0.Store(z);
    }
}
