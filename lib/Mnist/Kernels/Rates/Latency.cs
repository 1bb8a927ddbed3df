using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// Chains in which each operation needs the result of the one before, and nothing else. An operation that is waited for
/// takes its latency, so the time of a chain divided by its length is the latency.
/// </summary>
/// <remarks>The chain of integer additions is the clock: an addition of two integers takes one cycle on every x86-64 core.</remarks>
public static class Latency
{
    private const MethodImplOptions Timed = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    /// <summary>Operations in each round of a chain.</summary>
    public const int PerRound = 16;

    /// <summary>x = x + step on integers, <see cref="PerRound"/> times per round: one cycle each.</summary>
    /// <param name="rounds">How often the chain is extended.</param>
    /// <param name="step">What is added; a variable, for constants could be added up beforehand.</param>
    /// <returns>The end of the chain, so that nothing can be left out.</returns>
    [MethodImpl(Timed)]
    public static long IntegerAdds(int rounds, long step)
    {
        long x = step;
        for (int round = 0; round < rounds; round++)
        {
            x += step; x += step; x += step; x += step; x += step; x += step; x += step; x += step;
            x += step; x += step; x += step; x += step; x += step; x += step; x += step; x += step;
        }
        return x;
    }

    /// <summary>sum = sum + step in vectors, <see cref="PerRound"/> times per round.</summary>
    /// <inheritdoc cref="MultiplyAdds"/>
    public static float Adds(VectorWidth width, int rounds) => Run<Add>(width, rounds);

    /// <summary>product = product × factor in vectors, <see cref="PerRound"/> times per round.</summary>
    /// <inheritdoc cref="MultiplyAdds"/>
    public static float Multiplies(VectorWidth width, int rounds) => Run<Multiply>(width, rounds);

    /// <summary>x = x × a + b in vectors, <see cref="PerRound"/> times per round: a polynomial's chain.</summary>
    /// <remarks>
    /// A dot product's chain, sum = a × b + sum, takes as long where there is a fused instruction; without one its products
    /// wait for nothing, and only its additions are a chain.
    /// </remarks>
    /// <param name="width">The vector width.</param>
    /// <param name="rounds">How often the chain is extended.</param>
    /// <returns>The end of the chain, so that nothing can be left out.</returns>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static float MultiplyAdds(VectorWidth width, int rounds) => Run<MultiplyAdd>(width, rounds);

    private static float Run<TLink>(VectorWidth width, int rounds)
        where TLink : ILink => Simd.Require(width) switch
        {
            VectorWidth.Bits512 => Chain<Lanes512, Vector512<float>, TLink>(rounds, 0.9999f, 1e-6f),
            VectorWidth.Bits256 => Chain<Lanes256, Vector256<float>, TLink>(rounds, 0.9999f, 1e-6f),
            VectorWidth.Bits128 => Chain<Lanes128, Vector128<float>, TLink>(rounds, 0.9999f, 1e-6f),
            _ => Chain<Lanes1, float, TLink>(rounds, 0.9999f, 1e-6f),
        };

    /// <summary>In 40,000 rounds no value becomes subnormal or infinite: such ones may take longer.</summary>
    [MethodImpl(Timed)]
    private static float Chain<TLanes, TVector, TLink>(int rounds, float factor, float step)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TLink : ILink
    {
        TVector f = TLanes.Broadcast(factor), s = TLanes.Broadcast(step), x = s;
        for (int round = 0; round < rounds; round++)
        {
            x = Four<TLanes, TVector, TLink>(x, f, s);
            x = Four<TLanes, TVector, TLink>(x, f, s);
            x = Four<TLanes, TVector, TLink>(x, f, s);
            x = Four<TLanes, TVector, TLink>(x, f, s);
        }
        return TLanes.HorizontalSum(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Four<TLanes, TVector, TLink>(TVector x, TVector f, TVector s)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TLink : ILink
    {
        x = TLink.Next<TLanes, TVector>(x, f, s);
        x = TLink.Next<TLanes, TVector>(x, f, s);
        x = TLink.Next<TLanes, TVector>(x, f, s);
        return TLink.Next<TLanes, TVector>(x, f, s);
    }

    /// <summary>What a chain is made of.</summary>
    private interface ILink
    {
        static abstract TVector Next<TLanes, TVector>(TVector x, TVector factor, TVector step)
            where TLanes : ILanes<TVector>
            where TVector : struct;
    }

    private readonly struct Add : ILink
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Next<TLanes, TVector>(TVector x, TVector factor, TVector step)
            where TLanes : ILanes<TVector>
            where TVector : struct => TLanes.Add(x, step);
    }

    private readonly struct Multiply : ILink
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Next<TLanes, TVector>(TVector x, TVector factor, TVector step)
            where TLanes : ILanes<TVector>
            where TVector : struct => TLanes.Multiply(x, factor);
    }

    private readonly struct MultiplyAdd : ILink
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Next<TLanes, TVector>(TVector x, TVector factor, TVector step)
            where TLanes : ILanes<TVector>
            where TVector : struct => TLanes.MultiplyAdd(x, factor, step);
    }
}
