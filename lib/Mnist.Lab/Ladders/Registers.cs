using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mnist.Lab.Ladders;

/// <summary>What the steps of <see cref="DotProductSteps"/> have in common: written once, used by all.</summary>
public static class Registers
{
    /// <summary>The same floats, sixteen at a time; what does not fill a register is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<Vector512<float>> Of(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector512<float>>(values);

    /// <summary>All lanes added: upper half onto lower half, 512 → 256 → 128 bits → two floats → one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> lanes)
    {
        Vector256<float> eight = lanes.GetLower() + lanes.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    /// <summary>Adds the products that do not fill a register, one by one, each rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tail(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float sum)
    {
        for (int i = a.Length & ~15; i < a.Length; i++) sum = MathF.FusedMultiplyAdd(a[i], b[i], sum);
        return sum;
    }

    /// <summary>Fewer than sixteen floats in a register, 0 in the lanes beyond them; nothing beyond them is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<float> LoadRest(ReadOnlySpan<float> values)
    {
        if (Avx512F.IsSupported)
        {
            Vector512<int> isThere = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(values.Length));
            fixed (float* first = values) return Avx512F.MaskLoad(first, isThere.AsSingle(), Vector512<float>.Zero);
        }
        return CopyRest(values);
    }

    /// <summary>The same for a CPU without masked loads.</summary>
    private static Vector512<float> CopyRest(ReadOnlySpan<float> values)
    {
        Span<float> padded = stackalloc float[16];
        padded.Clear();
        values.CopyTo(padded);
        return Vector512.Create<float>(padded);
    }
}
