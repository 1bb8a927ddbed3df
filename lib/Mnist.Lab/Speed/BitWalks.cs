using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Mnist.Kernels;

namespace Mnist.Lab.Speed;

/// <summary>How the lit pixels of a row are found, for <see cref="SkippingRace"/>.</summary>
internal enum BitWalk
{
    /// <summary>Bits of a mask, the lowest first.</summary>
    Bits,

    /// <summary>A list of positions, made beforehand.</summary>
    List,

    /// <summary>Bits, and each asks for the weights of the next one.</summary>
    Prefetch,
}

/// <summary>
/// Row by row, the weights of lit pixels times their pixels are added to up to 8 registers of sums: three ways to walk. The library's own walk, <see cref="SparseTile"/>, takes two rows at once; one is enough to compare walks.
/// </summary>
internal static unsafe class BitWalks
{
    /// <summary>Words of a mask.</summary>
    public const int Words = 13;

    /// <summary>Adds to C, on the first 8 (or, where there are 16 registers, 4) registers of columns: 64 pixels for all rows, then the next 64.</summary>
    /// <param name="walk">How lit pixels are found.</param>
    /// <param name="product">Shapes, pixels, weights and sums.</param>
    /// <param name="masks">A bit per pixel: [words, rows].</param>
    /// <param name="list">In the same order, the number of lit pixels and their positions among the 64.</param>
    public static void Compute(BitWalk walk, in MatrixProduct product, ulong* masks, byte* list)
    {
        switch (Simd.Best)
        {
            case VectorWidth.Bits512: AllWords<Lanes512, Vector512<float>>(walk, product, masks, list); break;
            case VectorWidth.Bits256: AllWords<Lanes256, Vector256<float>>(walk, product, masks, list); break;
            case VectorWidth.Bits128: AllWords<Lanes128, Vector128<float>>(walk, product, masks, list); break;
            default: AllWords<Lanes1, float>(walk, product, masks, list); break;
        }
    }

    private static void AllWords<TLanes, TVector>(BitWalk walk, in MatrixProduct product, ulong* masks, byte* list)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        for (int word = 0; word < Words; word++, masks += product.Rows)
        {
            MatrixProduct part = product.OfDepths(64 * word, 64);
            if (walk == BitWalk.List) list = Listed<TLanes, TVector>(part, list);
            else if (walk == BitWalk.Prefetch) Bits<TLanes, TVector, WithPrefetch>(part, masks);
            else Bits<TLanes, TVector, WithoutPrefetch>(part, masks);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bits<TLanes, TVector, TPrefetch>(in MatrixProduct product, ulong* masks)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TPrefetch : struct, IPrefetch
    {
        float* a = product.A, b = product.B, c = product.C;
        nint bRow = product.BRow;
        for (int row = 0; row < product.Rows; row++, a += product.ARow, c += product.CRow)
        {
            TVector sum4 = default, sum5 = default, sum6 = default, sum7 = default;
            Load<TLanes, TVector>(c, out TVector sum0, out TVector sum1, out TVector sum2, out TVector sum3);
            if (TLanes.TileRows == 8) Load<TLanes, TVector>(c + (4 * TLanes.Count), out sum4, out sum5, out sum6, out sum7);
            for (ulong live = masks[row]; live != 0; live &= live - 1)
            {
                nint depth = BitOperations.TrailingZeroCount(live);
                if (TPrefetch.IsWanted) Prefetch(b + (BitOperations.TrailingZeroCount(live & (live - 1)) * bRow), TLanes.TileRows * TLanes.Count);
                TVector value = TLanes.Broadcast(a[depth]);
                float* from = b + (depth * bRow);
                Four<TLanes, TVector>(value, from, ref sum0, ref sum1, ref sum2, ref sum3);
                if (TLanes.TileRows == 8) Four<TLanes, TVector>(value, from + (4 * TLanes.Count), ref sum4, ref sum5, ref sum6, ref sum7);
            }
            Store<TLanes, TVector>(c, sum0, sum1, sum2, sum3);
            if (TLanes.TileRows == 8) Store<TLanes, TVector>(c + (4 * TLanes.Count), sum4, sum5, sum6, sum7);
        }
    }

    /// <summary>Asks for each cache line of a strip of 128 floats or at most 32. Not a loop, which the JIT would leave one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* strip, int floats)
    {
        if (!Sse.IsSupported) return;
        Sse.Prefetch0(strip);
        if (floats > 16) Sse.Prefetch0(strip + 16);
        if (floats <= 32) return;
        Sse.Prefetch0(strip + 32);
        Sse.Prefetch0(strip + 48);
        Sse.Prefetch0(strip + 64);
        Sse.Prefetch0(strip + 80);
        Sse.Prefetch0(strip + 96);
        Sse.Prefetch0(strip + 112);
    }

    /// <summary>Gives back where the next word's list begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static byte* Listed<TLanes, TVector>(in MatrixProduct product, byte* list)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        float* a = product.A, b = product.B, c = product.C;
        nint bRow = product.BRow;
        for (int row = 0; row < product.Rows; row++, a += product.ARow, c += product.CRow)
        {
            TVector sum4 = default, sum5 = default, sum6 = default, sum7 = default;
            Load<TLanes, TVector>(c, out TVector sum0, out TVector sum1, out TVector sum2, out TVector sum3);
            if (TLanes.TileRows == 8) Load<TLanes, TVector>(c + (4 * TLanes.Count), out sum4, out sum5, out sum6, out sum7);
            byte* end = list + 1 + *list;
            for (list++; list < end; list++)
            {
                nint depth = *list;
                TVector value = TLanes.Broadcast(a[depth]);
                float* from = b + (depth * bRow);
                Four<TLanes, TVector>(value, from, ref sum0, ref sum1, ref sum2, ref sum3);
                if (TLanes.TileRows == 8) Four<TLanes, TVector>(value, from + (4 * TLanes.Count), ref sum4, ref sum5, ref sum6, ref sum7);
            }
            Store<TLanes, TVector>(c, sum0, sum1, sum2, sum3);
            if (TLanes.TileRows == 8) Store<TLanes, TVector>(c + (4 * TLanes.Count), sum4, sum5, sum6, sum7);
        }
        return list;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TLanes, TVector>(float* c, out TVector sum0, out TVector sum1, out TVector sum2, out TVector sum3)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        sum0 = TLanes.Load(c);
        sum1 = TLanes.Load(c + TLanes.Count);
        sum2 = TLanes.Load(c + (2 * TLanes.Count));
        sum3 = TLanes.Load(c + (3 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four<TLanes, TVector>(TVector value, float* b, ref TVector sum0, ref TVector sum1, ref TVector sum2, ref TVector sum3)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        sum0 = TLanes.MultiplyAdd(value, TLanes.Load(b), sum0);
        sum1 = TLanes.MultiplyAdd(value, TLanes.Load(b + TLanes.Count), sum1);
        sum2 = TLanes.MultiplyAdd(value, TLanes.Load(b + (2 * TLanes.Count)), sum2);
        sum3 = TLanes.MultiplyAdd(value, TLanes.Load(b + (3 * TLanes.Count)), sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes, TVector>(float* c, TVector sum0, TVector sum1, TVector sum2, TVector sum3)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TLanes.Store(sum0, c);
        TLanes.Store(sum1, c + TLanes.Count);
        TLanes.Store(sum2, c + (2 * TLanes.Count));
        TLanes.Store(sum3, c + (3 * TLanes.Count));
    }

    /// <summary>A constant to the JIT.</summary>
    private interface IPrefetch
    {
        static abstract bool IsWanted { get; }
    }

    private readonly struct WithPrefetch : IPrefetch
    {
        public static bool IsWanted => true;
    }

    private readonly struct WithoutPrefetch : IPrefetch
    {
        public static bool IsWanted => false;
    }
}
