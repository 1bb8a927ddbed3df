using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>a · b = Σ a[i] b[i]: [n], [n] → one number. What a neuron does with its inputs.</summary>
/// <remarks>
/// Order of the sum: four running sums of whole registers, register r into sum r mod 4; then (0 + 1) + (2 + 3); then
/// upper half onto lower half until one number is left; then what does not fill a register, one by one.
/// NaN, ∞ and 0 × ∞ (NaN) go by IEEE 754 and subnormals are kept, but a partial sum may overflow where the whole would not.
/// </remarks>
public static unsafe class DotProduct
{
    /// <summary>The definition, one multiply and one add at a time: [n], [n] → one number.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float Reference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Lengths.MustEqual(a.Length, b.Length);
        float sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>With the widest vectors this CPU has: [n], [n] → one number.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float Compute(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Compute(Simd.Best, a, b);

    /// <summary>With vectors of a given width: [n], [n] → one number.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static float Compute(VectorWidth width, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Lengths.MustEqual(a.Length, b.Length);
        fixed (float* left = a, right = b)
            return Compute(Simd.Require(width), left, right, a.Length);
    }

    internal static float Compute(VectorWidth width, float* a, float* b, int count) => width switch
    {
        VectorWidth.Bits512 => Vectorized<Lanes512, Vector512<float>>(a, b, count),
        VectorWidth.Bits256 => Vectorized<Lanes256, Vector256<float>>(a, b, count),
        VectorWidth.Bits128 => Vectorized<Lanes128, Vector128<float>>(a, b, count),
        _ => Vectorized<Lanes1, float>(a, b, count),
    };

    /// <summary>
    /// Four sums at once, because a multiply-add takes four cycles, and each needs two loads, of which most cores do two per
    /// cycle.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Vectorized<TLanes, TVector>(float* a, float* b, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int i = 0;
        for (; i + (4 * TLanes.Count) <= count; i += 4 * TLanes.Count)
        {
            sum0 = Add<TLanes, TVector>(a + i, b + i, sum0);
            sum1 = Add<TLanes, TVector>(a + i + TLanes.Count, b + i + TLanes.Count, sum1);
            sum2 = Add<TLanes, TVector>(a + i + (2 * TLanes.Count), b + i + (2 * TLanes.Count), sum2);
            sum3 = Add<TLanes, TVector>(a + i + (3 * TLanes.Count), b + i + (3 * TLanes.Count), sum3);
        }
        if (i + TLanes.Count <= count) { sum0 = Add<TLanes, TVector>(a + i, b + i, sum0); i += TLanes.Count; }
        if (i + TLanes.Count <= count) { sum1 = Add<TLanes, TVector>(a + i, b + i, sum1); i += TLanes.Count; }
        if (i + TLanes.Count <= count) { sum2 = Add<TLanes, TVector>(a + i, b + i, sum2); i += TLanes.Count; }

        float total = TLanes.HorizontalSum(TLanes.Add(TLanes.Add(sum0, sum1), TLanes.Add(sum2, sum3)));
        for (; i < count; i++) total = Lanes1.MultiplyAdd(a[i], b[i], total);
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add<TLanes, TVector>(float* a, float* b, TVector sum)
        where TLanes : ILanes<TVector>
        where TVector : struct => TLanes.MultiplyAdd(TLanes.Load(a), TLanes.Load(b), sum);
}
