using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>floats[i] = bytes[i] / 255: [n] → [n], 0 … 1. Done as × (1/255), which is at most one ULP from the division.</summary>
public static unsafe class BytesToFloats
{
    internal const float Scale = 1f / 255f;

    /// <summary>The definition: [n] → [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Reference(ReadOnlySpan<byte> bytes, Span<float> floats)
    {
        Lengths.MustEqual(bytes.Length, floats.Length);
        for (int i = 0; i < bytes.Length; i++) floats[i] = bytes[i] * Scale;
    }

    /// <summary>With the widest vectors this CPU has: [n] → [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(ReadOnlySpan<byte> bytes, Span<float> floats) => Compute(Simd.Best, bytes, floats);

    /// <summary>With vectors of a given width: [n] → [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static void Compute(VectorWidth width, ReadOnlySpan<byte> bytes, Span<float> floats)
    {
        Lengths.MustEqual(bytes.Length, floats.Length);
        fixed (byte* from = bytes)
        fixed (float* to = floats)
            Compute(Simd.Require(width), from, to, bytes.Length);
    }

    internal static void Compute(VectorWidth width, byte* bytes, float* floats, int count)
    {
        switch (width)
        {
            case VectorWidth.Bits512: Vectorized<Lanes512, Vector512<float>>(bytes, floats, count); break;
            case VectorWidth.Bits256: Vectorized<Lanes256, Vector256<float>>(bytes, floats, count); break;
            case VectorWidth.Bits128: Vectorized<Lanes128, Vector128<float>>(bytes, floats, count); break;
            default: Vectorized<Lanes1, float>(bytes, floats, count); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vectorized<TLanes, TVector>(byte* bytes, float* floats, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector scale = TLanes.Broadcast(Scale);
        int i = 0;
        for (; i + TLanes.Count <= count; i += TLanes.Count)
            TLanes.Store(TLanes.Multiply(TLanes.FromBytes(bytes + i), scale), floats + i);
        for (; i < count; i++) floats[i] = bytes[i] * Scale;
    }
}
