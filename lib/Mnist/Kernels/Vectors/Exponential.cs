using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>results[i] = e^values[i]: [n] → [n].</summary>
/// <remarks>
/// Two steps. Range reduction: x = n · ln 2 + r with whole n and |r| ≤ ln 2 / 2 = 0.347, so that e^x = 2ⁿ · e^r, and 2ⁿ is
/// no arithmetic at all: n is written into a float's exponent. Then Taylor's polynomial of e^r, 1 + r + r²/2! + … + r⁷/7!:
/// the first term left out, r⁸/8!, is below 5.2 · 10⁻⁹, less than a tenth of the rounding of a float.
/// n · ln 2 is subtracted in two parts (Cody and Waite, 1980), the first of which is exact: x − n · ln 2 keeps its digits.
/// Error: at most 1.5 ULP, over all floats, on every width; results below 2⁻¹²⁶ are subnormal and rounded as such.
/// e^−∞ = 0, e^∞ = ∞, from 88.73 on it is ∞ and below −103.98 it is 0; NaN stays NaN.
/// </remarks>
public static unsafe class Exponential
{
    /// <summary>The definition, by the double-precision library function: [n] → [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Reference(ReadOnlySpan<float> values, Span<float> results)
    {
        Lengths.MustEqual(results.Length, values.Length);
        for (int i = 0; i < values.Length; i++) results[i] = (float)Math.Exp(values[i]);
    }

    /// <summary>With the widest vectors this CPU has: [n] → [n]; both may be the same memory.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(ReadOnlySpan<float> values, Span<float> results) => Compute(Simd.Best, values, results);

    /// <summary>With vectors of a given width: [n] → [n]; both may be the same memory.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static void Compute(VectorWidth width, ReadOnlySpan<float> values, Span<float> results)
    {
        Lengths.MustEqual(results.Length, values.Length);
        fixed (float* from = values, to = results)
        {
            switch (Simd.Require(width))
            {
                case VectorWidth.Bits512: Vectorized<Lanes512, Vector512<float>>(from, to, values.Length); break;
                case VectorWidth.Bits256: Vectorized<Lanes256, Vector256<float>>(from, to, values.Length); break;
                case VectorWidth.Bits128: Vectorized<Lanes128, Vector128<float>>(from, to, values.Length); break;
                default: Vectorized<Lanes1, float>(from, to, values.Length); break;
            }
        }
    }

    /// <summary>e^x in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector InLanes<TLanes, TVector>(TVector x)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        // Beyond these two nothing changes, and 2ⁿ stays within what two factors of a float can hold. A NaN passes.
        x = TLanes.Min(TLanes.Broadcast(89), TLanes.Max(TLanes.Broadcast(-104), x));
        TVector n = TLanes.Round(TLanes.Multiply(x, TLanes.Broadcast(1.44269504f))); // x / ln 2
        TVector r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Float32.Ln2High), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Float32.Ln2Low), r);

        TVector power = TLanes.Broadcast(1f / 5040);
        power = TLanes.MultiplyAdd(power, r, TLanes.Broadcast(1f / 720));
        power = TLanes.MultiplyAdd(power, r, TLanes.Broadcast(1f / 120));
        power = TLanes.MultiplyAdd(power, r, TLanes.Broadcast(1f / 24));
        power = TLanes.MultiplyAdd(power, r, TLanes.Broadcast(1f / 6));
        power = TLanes.MultiplyAdd(power, r, TLanes.Broadcast(1f / 2));
        power = TLanes.MultiplyAdd(power, r, TLanes.Broadcast(1f));
        power = TLanes.MultiplyAdd(power, r, TLanes.Broadcast(1f));

        // 2ⁿ in two factors: 2¹²⁸ and 2⁻¹⁵⁰ are no floats, and only the second product rounds.
        TVector half = TLanes.Round(TLanes.Multiply(n, TLanes.Broadcast(0.5f)));
        return TLanes.Multiply(TLanes.Multiply(power, TLanes.PowerOfTwo(half)), TLanes.PowerOfTwo(TLanes.Subtract(n, half)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vectorized<TLanes, TVector>(float* values, float* results, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        int i = 0;
        for (; i + TLanes.Count <= count; i += TLanes.Count)
            TLanes.Store(InLanes<TLanes, TVector>(TLanes.Load(values + i)), results + i);
        for (; i < count; i++) results[i] = InLanes<Lanes1, float>(values[i]);
    }
}
