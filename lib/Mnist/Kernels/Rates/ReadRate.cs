using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// Reads memory and does next to nothing with it: eight independent sums, so that neither a chain of additions nor the
/// loop holds the loads back. What this reaches over a working set is the bandwidth of the cache that holds the set.
/// </summary>
public static unsafe class ReadRate
{
    /// <summary>Bytes that <see cref="Run"/> reads.</summary>
    public static double Bytes(int length, int passes) => (double)sizeof(float) * length * passes;

    /// <summary>Adds up all values, pass after pass.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="values">The working set: [n].</param>
    /// <param name="passes">How often it is read.</param>
    /// <returns>passes × the sum of the values, so that nothing can be left out.</returns>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static float Run(VectorWidth width, ReadOnlySpan<float> values, int passes)
    {
        fixed (float* from = values)
        {
            return Simd.Require(width) switch
            {
                VectorWidth.Bits512 => Run<Lanes512, Vector512<float>>(from, values.Length, passes),
                VectorWidth.Bits256 => Run<Lanes256, Vector256<float>>(from, values.Length, passes),
                VectorWidth.Bits128 => Run<Lanes128, Vector128<float>>(from, values.Length, passes),
                _ => Run<Lanes1, float>(from, values.Length, passes),
            };
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run<TLanes, TVector>(float* values, int length, int passes)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        float rest = 0;
        for (int pass = 0; pass < passes; pass++)
        {
            float* from = values, end = values + length;
            for (; end - from >= 8 * TLanes.Count; from += 8 * TLanes.Count)
            {
                s0 = TLanes.Add(s0, TLanes.Load(from));
                s1 = TLanes.Add(s1, TLanes.Load(from + TLanes.Count));
                s2 = TLanes.Add(s2, TLanes.Load(from + (2 * TLanes.Count)));
                s3 = TLanes.Add(s3, TLanes.Load(from + (3 * TLanes.Count)));
                s4 = TLanes.Add(s4, TLanes.Load(from + (4 * TLanes.Count)));
                s5 = TLanes.Add(s5, TLanes.Load(from + (5 * TLanes.Count)));
                s6 = TLanes.Add(s6, TLanes.Load(from + (6 * TLanes.Count)));
                s7 = TLanes.Add(s7, TLanes.Load(from + (7 * TLanes.Count)));
            }
            for (; from < end; from++) rest += *from;
        }
        return TLanes.HorizontalSum(TLanes.Add(TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3)), TLanes.Add(TLanes.Add(s4, s5), TLanes.Add(s6, s7)))) + rest;
    }
}
