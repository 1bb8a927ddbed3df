using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mnist.Lab.Recording.Compiled;

/// <summary>What compiled kernels need beside the operations of <c>Vector512</c> and its like, 4 floats in a register; the compiler finds these methods by their names.</summary>
internal static unsafe class Lanes4
{
    public static Vector128<float> Zero() => Vector128<float>.Zero;

    public static Vector128<float> Constant(float number) => Vector128.Create(number);

    public static Vector128<float> Broadcast(float* source) => Vector128.Create(*source);

    public static Vector128<float> FirstLanes(int count) => Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();

    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Vector128.ConditionalSelect(Vector128.GreaterThan(a, b), a, b);

    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) => Vector128.ConditionalSelect(Vector128.LessThan(a, b), a, b);

    /// <summary>One instruction where the CPU has it; else lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Pair(Vector128<float> a, Vector128<float> b, [ConstantExpected] byte lanes) =>
        Sse.IsSupported ? Sse.Shuffle(a, b, lanes) : LaneByLane.Pair(a, b, lanes);

    /// <inheritdoc cref="Pair"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MaskedLoad(Vector128<float> mask, float* source) =>
        Avx.IsSupported ? Avx.MaskLoad(source, mask) : LaneByLane.MaskedLoad(mask, source);

    /// <inheritdoc cref="Pair"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MaskedStore(Vector128<float> value, Vector128<float> mask, float* target)
    {
        if (Avx.IsSupported) Avx.MaskStore(target, mask, value);
        else LaneByLane.MaskedStore(value, mask, target);
    }
}
