using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// p[i] = e^(z[i] − m) / Σ e^(z[j] − m) with m = max z: [n] → [n], positive, sum 1. Without the m, a logit of 100
/// overflows and the answer is NaN.
/// </summary>
/// <remarks>A logit of −∞ has probability 0; one of +∞ or NaN, or nothing but −∞, gives NaN everywhere, so that training notices.</remarks>
public static unsafe class Softmax
{
    /// <summary>The definition: [n] → [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Reference(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        Lengths.MustEqual(probabilities.Length, logits.Length);
        float max = float.NegativeInfinity, sum = 0;
        foreach (float logit in logits) max = MathF.Max(max, logit);
        for (int i = 0; i < logits.Length; i++) sum += probabilities[i] = MathF.Exp(logits[i] - max);
        for (int i = 0; i < logits.Length; i++) probabilities[i] /= sum;
    }

    /// <summary>With the widest vectors this CPU has: [n] → [n]; both may be the same memory.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(ReadOnlySpan<float> logits, Span<float> probabilities) => Compute(Simd.Best, logits, probabilities);

    /// <summary>With vectors of a given width: [n] → [n]; both may be the same memory.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static void Compute(VectorWidth width, ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        Lengths.MustEqual(probabilities.Length, logits.Length);
        fixed (float* from = logits, to = probabilities)
            Compute(Simd.Require(width), from, to, logits.Length);
    }

    /// <summary>The same, and the logarithm of Σ e^z: [n] → [n].</summary>
    /// <returns>m + ln Σ e^(z − m), which cross-entropy needs: finite even where a probability is rounded to 0.</returns>
    internal static double ComputeWithLogSum(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        Lengths.MustEqual(probabilities.Length, logits.Length);
        fixed (float* from = logits, to = probabilities)
            return Compute(Simd.Best, from, to, logits.Length);
    }

    private static double Compute(VectorWidth width, float* logits, float* probabilities, int count) => width switch
    {
        VectorWidth.Bits512 => Vectorized<Lanes512, Vector512<float>>(logits, probabilities, count),
        VectorWidth.Bits256 => Vectorized<Lanes256, Vector256<float>>(logits, probabilities, count),
        VectorWidth.Bits128 => Vectorized<Lanes128, Vector128<float>>(logits, probabilities, count),
        _ => Vectorized<Lanes1, float>(logits, probabilities, count),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Vectorized<TLanes, TVector>(float* logits, float* probabilities, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector maxima = TLanes.Broadcast(float.NegativeInfinity), sums = default;
        int i = 0;
        for (; i + TLanes.Count <= count; i += TLanes.Count) maxima = TLanes.Max(maxima, TLanes.Load(logits + i));
        float max = TLanes.HorizontalMax(maxima);
        for (; i < count; i++) max = Lanes1.Max(logits[i], max);

        maxima = TLanes.Broadcast(max);
        i = 0;
        for (; i + TLanes.Count <= count; i += TLanes.Count)
        {
            TVector power = Exponential.InLanes<TLanes, TVector>(TLanes.Subtract(TLanes.Load(logits + i), maxima));
            TLanes.Store(power, probabilities + i);
            sums = TLanes.Add(sums, power);
        }
        float sum = TLanes.HorizontalSum(sums);
        for (; i < count; i++) sum += probabilities[i] = Exponential.InLanes<Lanes1, float>(logits[i] - max);

        float share = 1 / sum;
        TVector shares = TLanes.Broadcast(share);
        for (i = 0; i + TLanes.Count <= count; i += TLanes.Count)
            TLanes.Store(TLanes.Multiply(TLanes.Load(probabilities + i), shares), probabilities + i);
        for (; i < count; i++) probabilities[i] *= share;
        return (double)max + Logarithm.InLanes<Lanes1, float>(sum);
    }
}
