using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mnist.Kernels;

/// <summary>How many floats one instruction works on.</summary>
public enum VectorWidth
{
    /// <summary>One: plain C#, runs everywhere.</summary>
    Scalar = 1,

    /// <summary>Four: XMM registers (SSE), or NEON.</summary>
    Bits128 = 4,

    /// <summary>Eight: YMM registers (AVX2 with FMA).</summary>
    Bits256 = 8,

    /// <summary>Sixteen: ZMM registers (AVX-512).</summary>
    Bits512 = 16,
}

/// <summary>Decides which vector width the kernels use.</summary>
/// <remarks>
/// Every kernel can be called with a width of your choice; without one it takes <see cref="Best"/>. Results of
/// different widths may differ in the last bits, because sums are taken in another order; those of one width do not.
/// </remarks>
public static class Simd
{
    /// <summary>The widest vectors that this process may use; a JIT-time constant.</summary>
    /// <remarks>
    /// <c>Vector512.IsHardwareAccelerated</c> is false when the runtime was told to prefer narrower vectors, where
    /// <c>Avx512F.IsSupported</c> stays true; so both are asked. Kernels whose result does not depend on the width (transposing,
    /// bit masks) ask for the instructions that they need themselves.
    /// </remarks>
    public static VectorWidth Best =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Avx512BW.IsSupported ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? VectorWidth.Bits256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Bits128
        : VectorWidth.Scalar;

    /// <summary>The widths that this process may use, the narrowest first.</summary>
    public static IReadOnlyList<VectorWidth> Supported =>
        [.. new[] { VectorWidth.Scalar, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512 }.Where(width => width <= Best)];

    /// <summary>The name of a width's instruction set, for people: "AVX-512 (16 floats)".</summary>
    public static string Describe(VectorWidth width) => width switch
    {
        VectorWidth.Bits512 => "AVX-512 (16 floats)",
        VectorWidth.Bits256 => "AVX2 (8 floats)",
        VectorWidth.Bits128 => "128-bit (4 floats)",
        _ => "scalar (1 float)",
    };

    /// <summary>Checks, at a kernel's public border, that the CPU has the width that was asked for.</summary>
    /// <exception cref="PlatformNotSupportedException">It has not.</exception>
    internal static VectorWidth Require(VectorWidth width) => width <= Best
        ? width
        : throw new PlatformNotSupportedException($"{Describe(width)} is not available here; the widest is {Describe(Best)}");
}
