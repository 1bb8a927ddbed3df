using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>results[i] = ln values[i]: [n] → [n].</summary>
/// <remarks>
/// A float is m · 2ᵉ, so ln x = e · ln 2 + ln m, with m brought into √½ … √2 and f = m − 1, which is exact. The series of
/// ln m in s = f / (2 + f), |s| ≤ 0.172, has odd powers only: 2 (s + s³/3 + s⁵/5 + s⁷/7 + s⁹/9), and the first term left out
/// is below 10⁻⁹ of it. 2s is written f − s · f, so that the largest part is exact (fdlibm, e_log.c, Sun Microsystems 1993).
/// Error: at most 1.5 ULP, over all positive floats, subnormal ones too, on every width.
/// ln 0 = −∞, ln ∞ = ∞; of a negative number or a NaN it is NaN.
/// </remarks>
public static unsafe class Logarithm
{
    /// <summary>The definition, by the double-precision library function: [n] → [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Reference(ReadOnlySpan<float> values, Span<float> results)
    {
        Lengths.MustEqual(results.Length, values.Length);
        for (int i = 0; i < values.Length; i++) results[i] = (float)Math.Log(values[i]);
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

    /// <summary>ln x in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector InLanes<TLanes, TVector>(TVector x)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector zero = TLanes.Broadcast(0), one = TLanes.Broadcast(1), smallest = TLanes.Broadcast(Float32.SmallestNormal);
        TVector normal = TLanes.WhereLess(x, smallest, TLanes.Multiply(x, TLanes.Broadcast(1 << Float32.MantissaBits)), x);
        TVector e = TLanes.Add(TLanes.Exponent(normal), TLanes.WhereLess(x, smallest, TLanes.Broadcast(-Float32.MantissaBits), zero));
        TVector m = TLanes.Mantissa(normal), root = TLanes.Broadcast(1.41421356f);
        e = TLanes.WhereLess(m, root, e, TLanes.Add(e, one));
        m = TLanes.WhereLess(m, root, m, TLanes.Multiply(m, TLanes.Broadcast(0.5f)));

        TVector f = TLanes.Subtract(m, one), s = TLanes.Divide(f, TLanes.Add(m, one)), square = TLanes.Multiply(s, s);
        TVector rest = TLanes.Broadcast(2f / 9);
        rest = TLanes.MultiplyAdd(rest, square, TLanes.Broadcast(2f / 7));
        rest = TLanes.MultiplyAdd(rest, square, TLanes.Broadcast(2f / 5));
        rest = TLanes.MultiplyAdd(rest, square, TLanes.Broadcast(2f / 3));
        rest = TLanes.Subtract(TLanes.Multiply(rest, square), f); // ln m = f + s · rest
        TVector low = TLanes.MultiplyAdd(s, rest, TLanes.Multiply(e, TLanes.Broadcast(Float32.Ln2Low)));
        TVector log = TLanes.MultiplyAdd(e, TLanes.Broadcast(Float32.Ln2High), TLanes.Add(f, low));

        TVector notPositive = TLanes.WhereLess(x, zero, TLanes.Broadcast(float.NaN), TLanes.Add(x, TLanes.Broadcast(float.NegativeInfinity)));
        log = TLanes.WhereLess(x, TLanes.Broadcast(float.PositiveInfinity), log, x);
        return TLanes.WhereLess(zero, x, log, notPositive);
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
