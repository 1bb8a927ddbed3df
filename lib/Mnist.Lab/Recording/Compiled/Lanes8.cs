using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mnist.Lab.Recording.Compiled;

/// <summary>What compiled kernels need beside the operations of <c>Vector512</c> and its like, 8 floats in a register; the compiler finds these methods by their names.</summary>
internal static unsafe class Lanes8
{
    public static Vector256<float> Zero() => Vector256<float>.Zero;

    public static Vector256<float> Constant(float number) => Vector256.Create(number);

    public static Vector256<float> Broadcast(float* source) => Vector256.Create(*source);

    public static Vector256<float> FirstLanes(int count) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), a, b);

    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) => Vector256.ConditionalSelect(Vector256.LessThan(a, b), a, b);

    /// <summary>One instruction where the CPU has it; else lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pair(Vector256<float> a, Vector256<float> b, [ConstantExpected] byte lanes) =>
        Avx.IsSupported ? Avx.Shuffle(a, b, lanes) : LaneByLane.Pair(a, b, lanes);

    /// <inheritdoc cref="Pair"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MaskedLoad(Vector256<float> mask, float* source) =>
        Avx.IsSupported ? Avx.MaskLoad(source, mask) : LaneByLane.MaskedLoad(mask, source);

    /// <inheritdoc cref="Pair"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MaskedStore(Vector256<float> value, Vector256<float> mask, float* target)
    {
        if (Avx.IsSupported) Avx.MaskStore(target, mask, value);
        else LaneByLane.MaskedStore(value, mask, target);
    }
}
