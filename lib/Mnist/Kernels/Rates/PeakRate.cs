using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// Multiply-adds between registers and nothing else: twelve independent chains, so that two units never wait for a latency
/// of up to six cycles. (Four units with a latency of four, as some Arm64 cores have, would need sixteen chains: more than
/// 16 registers hold.) What this reaches is the roofline of every other kernel on the same core.
/// </summary>
/// <remarks>
/// x = x × factor + step: even without a fused instruction the JIT can take nothing out of the loop. With a factor just
/// below 1 each chain tends to step ÷ (1 − factor), and no value becomes subnormal or infinite.
/// </remarks>
public static class PeakRate
{
    private const int Chains = 12;

    /// <summary>Floating-point operations of <see cref="Run"/>: a multiply and an add per lane.</summary>
    public static double Operations(VectorWidth width, int rounds) => 2.0 * (int)width * Chains * rounds;

    /// <summary>Does the multiply-adds.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="rounds">How often each chain is extended.</param>
    /// <returns>The sum of all chains, so that nothing can be left out.</returns>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static float Run(VectorWidth width, int rounds) => Simd.Require(width) switch
    {
        VectorWidth.Bits512 => Run<Lanes512, Vector512<float>>(rounds, 0.9999f, 1e-6f),
        VectorWidth.Bits256 => Run<Lanes256, Vector256<float>>(rounds, 0.9999f, 1e-6f),
        VectorWidth.Bits128 => Run<Lanes128, Vector128<float>>(rounds, 0.9999f, 1e-6f),
        _ => Run<Lanes1, float>(rounds, 0.9999f, 1e-6f),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run<TLanes, TVector>(int rounds, float factor, float step)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector f = TLanes.Broadcast(factor), s = TLanes.Broadcast(step);
        TVector c0 = s, c1 = TLanes.Add(c0, s), c2 = TLanes.Add(c1, s), c3 = TLanes.Add(c2, s), c4 = TLanes.Add(c3, s), c5 = TLanes.Add(c4, s);
        TVector c6 = TLanes.Add(c5, s), c7 = TLanes.Add(c6, s), c8 = TLanes.Add(c7, s), c9 = TLanes.Add(c8, s), c10 = TLanes.Add(c9, s), c11 = TLanes.Add(c10, s);
        for (int round = 0; round < rounds; round++)
        {
            c0 = TLanes.MultiplyAdd(c0, f, s);
            c1 = TLanes.MultiplyAdd(c1, f, s);
            c2 = TLanes.MultiplyAdd(c2, f, s);
            c3 = TLanes.MultiplyAdd(c3, f, s);
            c4 = TLanes.MultiplyAdd(c4, f, s);
            c5 = TLanes.MultiplyAdd(c5, f, s);
            c6 = TLanes.MultiplyAdd(c6, f, s);
            c7 = TLanes.MultiplyAdd(c7, f, s);
            c8 = TLanes.MultiplyAdd(c8, f, s);
            c9 = TLanes.MultiplyAdd(c9, f, s);
            c10 = TLanes.MultiplyAdd(c10, f, s);
            c11 = TLanes.MultiplyAdd(c11, f, s);
        }
        TVector sum = TLanes.Add(TLanes.Add(TLanes.Add(c0, c1), TLanes.Add(c2, c3)), TLanes.Add(TLanes.Add(c4, c5), TLanes.Add(c6, c7)));
        return TLanes.HorizontalSum(TLanes.Add(sum, TLanes.Add(TLanes.Add(c8, c9), TLanes.Add(c10, c11))));
    }
}
