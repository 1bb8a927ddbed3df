using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>The index of the largest value, the first of equals: [n] → 0 … n − 1. It turns probabilities into an answer.</summary>
/// <remarks>
/// 0 and −0 are equal. With a NaN among the values there is no largest one: the index is one of 0 … n − 1, but means nothing.
/// </remarks>
public static unsafe class ArgMax
{
    /// <summary>The definition: [n] → 0 … n − 1.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static int Reference(ReadOnlySpan<float> values)
    {
        MustNotBeEmpty(values);
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }

    /// <summary>With the widest vectors this CPU has: [n] → 0 … n − 1.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static int Compute(ReadOnlySpan<float> values) => Compute(Simd.Best, values);

    /// <summary>With vectors of a given width: [n] → 0 … n − 1.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static int Compute(VectorWidth width, ReadOnlySpan<float> values)
    {
        MustNotBeEmpty(values);
        fixed (float* first = values)
        {
            float largest = Simd.Require(width) switch
            {
                VectorWidth.Bits512 => Largest<Lanes512, Vector512<float>>(first, values.Length),
                VectorWidth.Bits256 => Largest<Lanes256, Vector256<float>>(first, values.Length),
                VectorWidth.Bits128 => Largest<Lanes128, Vector128<float>>(first, values.Length),
                _ => Largest<Lanes1, float>(first, values.Length),
            };
            return Math.Max(0, values.IndexOf(largest));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Largest<TLanes, TVector>(float* values, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector maxima = TLanes.Broadcast(float.NegativeInfinity);
        int i = 0;
        for (; i + TLanes.Count <= count; i += TLanes.Count) maxima = TLanes.Max(maxima, TLanes.Load(values + i));
        float largest = TLanes.HorizontalMax(maxima);
        for (; i < count; i++) largest = Lanes1.Max(largest, values[i]);
        return largest;
    }

    private static void MustNotBeEmpty(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty) throw new ArgumentException("there is no value to choose from", nameof(values));
    }
}
