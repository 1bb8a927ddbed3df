using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mnist.Lab.Recording.Compiled;

/// <summary>What compiled kernels need beside the operations of <c>Vector512</c> and its like, 16 floats in a register; the compiler finds these methods by their names.</summary>
internal static unsafe class Lanes16
{
    public static Vector512<float> Zero() => Vector512<float>.Zero;

    public static Vector512<float> Constant(float number) => Vector512.Create(number);

    public static Vector512<float> Broadcast(float* source) => Vector512.Create(*source);

    public static Vector512<float> FirstLanes(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), a, b);

    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Vector512.ConditionalSelect(Vector512.LessThan(a, b), a, b);

    /// <summary>One instruction where the CPU has it; else lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Pair(Vector512<float> a, Vector512<float> b, [ConstantExpected] byte lanes) =>
        Avx512F.IsSupported ? Avx512F.Shuffle(a, b, lanes) : LaneByLane.Pair(a, b, lanes);

    /// <inheritdoc cref="Pair"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MaskedLoad(Vector512<float> mask, float* source) =>
        Avx512F.IsSupported ? Avx512F.MaskLoad(source, mask, Vector512<float>.Zero) : LaneByLane.MaskedLoad(mask, source);

    /// <inheritdoc cref="Pair"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MaskedStore(Vector512<float> value, Vector512<float> mask, float* target)
    {
        if (Avx512F.IsSupported) Avx512F.MaskStore(target, mask, value);
        else LaneByLane.MaskedStore(value, mask, target);
    }
}
