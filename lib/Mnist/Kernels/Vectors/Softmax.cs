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
            Compute(Simd.Require(width), from, to, logits.Length, 1);
    }

    /// <summary>The softmax times a factor.</summary>
    /// <returns>The logarithm of the sum of e^z, which cross-entropy needs: log Σ e^z = m + log Σ e^(z − m).</returns>
    internal static float Compute(VectorWidth width, float* logits, float* probabilities, int count, float factor) => width switch
    {
        VectorWidth.Bits512 => Vectorized<Lanes512, Vector512<float>>(logits, probabilities, count, factor),
        VectorWidth.Bits256 => Vectorized<Lanes256, Vector256<float>>(logits, probabilities, count, factor),
        VectorWidth.Bits128 => Vectorized<Lanes128, Vector128<float>>(logits, probabilities, count, factor),
        _ => Vectorized<Lanes1, float>(logits, probabilities, count, factor),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Vectorized<TLanes, TVector>(float* logits, float* probabilities, int count, float factor)
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

        float share = factor / sum;
        TVector shares = TLanes.Broadcast(share);
        for (i = 0; i + TLanes.Count <= count; i += TLanes.Count)
            TLanes.Store(TLanes.Multiply(TLanes.Load(probabilities + i), shares), probabilities + i);
        for (; i < count; i++) probabilities[i] *= share;
        return max + Logarithm.InLanes<Lanes1, float>(sum);
    }
}
