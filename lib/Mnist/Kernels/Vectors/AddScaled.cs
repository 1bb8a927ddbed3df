using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>target[i] += factor × values[i]: [n], [n]. The outer product and vector × matrix are rows of it.</summary>
/// <remarks>
/// The same bits with every width: IEEE 754 in each element, rounded once where the CPU has a fused multiply-add. Nothing
/// is left out (a factor of 0 makes NaN of ∞ or NaN), subnormals are kept.
/// </remarks>
public static unsafe class AddScaled
{
    /// <summary>The definition: [n], [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Reference(float factor, ReadOnlySpan<float> values, Span<float> target)
    {
        Lengths.MustEqual(values.Length, target.Length);
        for (int i = 0; i < values.Length; i++) target[i] += factor * values[i];
    }

    /// <summary>With the widest vectors this CPU has: [n], [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(float factor, ReadOnlySpan<float> values, Span<float> target) => Compute(Simd.Best, factor, values, target);

    /// <summary>With vectors of a given width: [n], [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static void Compute(VectorWidth width, float factor, ReadOnlySpan<float> values, Span<float> target)
    {
        Lengths.MustEqual(values.Length, target.Length);
        fixed (float* from = values, to = target)
            Compute(Simd.Require(width), factor, from, to, values.Length);
    }

    internal static void Compute(VectorWidth width, float factor, float* values, float* target, int count)
    {
        switch (width)
        {
            case VectorWidth.Bits512: Vectorized<Lanes512, Vector512<float>>(factor, values, target, count); break;
            case VectorWidth.Bits256: Vectorized<Lanes256, Vector256<float>>(factor, values, target, count); break;
            case VectorWidth.Bits128: Vectorized<Lanes128, Vector128<float>>(factor, values, target, count); break;
            default: Vectorized<Lanes1, float>(factor, values, target, count); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vectorized<TLanes, TVector>(float factor, float* values, float* target, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector factors = TLanes.Broadcast(factor);
        int i = 0;
        for (; i + TLanes.Count <= count; i += TLanes.Count)
            TLanes.Store(TLanes.MultiplyAdd(factors, TLanes.Load(values + i), TLanes.Load(target + i)), target + i);
        for (; i < count; i++)
            target[i] = Lanes1.MultiplyAdd(factor, values[i], target[i]);
    }
}
