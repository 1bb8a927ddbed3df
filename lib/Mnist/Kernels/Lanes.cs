using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// The few operations that the kernels are made of, for one vector width. A kernel written against this interface is
/// one source for ZMM, YMM and XMM registers and for plain floats: the JIT compiles it anew for each implementing
/// struct, and every call below becomes one instruction.
/// </summary>
/// <typeparam name="TVector">What lies in a register: Vector512, Vector256, Vector128 of float, or float.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats in a register.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of a register tile (see <see cref="MatrixProduct"/>): 8 where there are 32 registers, 4 where 16.</summary>
    static abstract int TileRows { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>Reads <see cref="Count"/> floats; any alignment.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Writes <see cref="Count"/> floats; any alignment.</summary>
    static abstract void Store(TVector value, float* target);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a − b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a × b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a × b + c, rounded once where the CPU has a fused instruction. The JIT never makes one of a*b+c by itself.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>max(a, 0), the ReLU; a NaN stays NaN.</summary>
    static abstract TVector Positive(TVector a);

    /// <summary>a where gate &gt; 0, else 0: the ReLU's gradient.</summary>
    static abstract TVector WherePositive(TVector a, TVector gate);

    /// <summary>The larger of a and b.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>e to the power a.</summary>
    static abstract TVector Exp(TVector a);

    /// <summary>The largest lane.</summary>
    static abstract float Largest(TVector a);

    /// <summary>All lanes added in our own fixed order: upper half onto lower half, until one is left.</summary>
    static abstract float Sum(TVector a);

    /// <summary>Reads <see cref="Count"/> bytes as floats.</summary>
    static abstract TVector FromBytes(byte* source);
}

/// <summary>ZMM registers: 16 floats.</summary>
internal readonly unsafe struct Lanes512 : ILanes<Vector512<float>>
{
    public static int Count => 16;

    public static int TileRows => 8;

    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    public static void Store(Vector512<float> value, float* target) => value.Store(target);

    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, b, c);

    public static Vector512<float> Positive(Vector512<float> a) => Vector512.ConditionalSelect(Vector512.LessThanOrEqual(a, Vector512<float>.Zero), Vector512<float>.Zero, a);

    public static Vector512<float> WherePositive(Vector512<float> a, Vector512<float> gate) => Vector512.ConditionalSelect(Vector512.GreaterThan(gate, Vector512<float>.Zero), a, Vector512<float>.Zero);

    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Vector512.MaxNative(a, b);

    public static Vector512<float> Exp(Vector512<float> a) => Vector512.Exp(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(Vector512<float> a) => Lanes256.Largest(Vector256.MaxNative(a.GetLower(), a.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> a) => Lanes256.Sum(a.GetLower() + a.GetUpper());

    public static Vector512<float> FromBytes(byte* source) => Vector512.ConvertToSingle(System.Runtime.Intrinsics.X86.Avx512F.ConvertToVector512Int32(Vector128.Load(source)));
}

/// <summary>YMM registers: 8 floats.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Vector256<float>>
{
    public static int Count => 8;

    public static int TileRows => 4;

    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    public static void Store(Vector256<float> value, float* target) => value.Store(target);

    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.FusedMultiplyAdd(a, b, c);

    public static Vector256<float> Positive(Vector256<float> a) => Vector256.ConditionalSelect(Vector256.LessThanOrEqual(a, Vector256<float>.Zero), Vector256<float>.Zero, a);

    public static Vector256<float> WherePositive(Vector256<float> a, Vector256<float> gate) => Vector256.ConditionalSelect(Vector256.GreaterThan(gate, Vector256<float>.Zero), a, Vector256<float>.Zero);

    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Vector256.MaxNative(a, b);

    public static Vector256<float> Exp(Vector256<float> a) => Vector256.Exp(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(Vector256<float> a) => Lanes128.Largest(Vector128.MaxNative(a.GetLower(), a.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> a) => Lanes128.Sum(a.GetLower() + a.GetUpper());

    public static Vector256<float> FromBytes(byte* source) => Vector256.ConvertToSingle(System.Runtime.Intrinsics.X86.Avx2.ConvertToVector256Int32(source));
}

/// <summary>XMM registers: 4 floats.</summary>
internal readonly unsafe struct Lanes128 : ILanes<Vector128<float>>
{
    public static int Count => 4;

    public static int TileRows => 4;

    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    public static void Store(Vector128<float> value, float* target) => value.Store(target);

    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.MultiplyAddEstimate(a, b, c);

    public static Vector128<float> Positive(Vector128<float> a) => Vector128.ConditionalSelect(Vector128.LessThanOrEqual(a, Vector128<float>.Zero), Vector128<float>.Zero, a);

    public static Vector128<float> WherePositive(Vector128<float> a, Vector128<float> gate) => Vector128.ConditionalSelect(Vector128.GreaterThan(gate, Vector128<float>.Zero), a, Vector128<float>.Zero);

    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Vector128.MaxNative(a, b);

    public static Vector128<float> Exp(Vector128<float> a) => Vector128.Exp(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(Vector128<float> a) => Lanes1.Max(Lanes1.Max(a.GetElement(0), a.GetElement(2)), Lanes1.Max(a.GetElement(1), a.GetElement(3)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> a) => a.GetElement(0) + a.GetElement(2) + (a.GetElement(1) + a.GetElement(3));

    public static Vector128<float> FromBytes(byte* source)
    {
        Vector128<byte> bytes = Vector128.CreateScalar(*(uint*)source).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
    }
}

/// <summary>Plain floats, for a CPU or a runtime setting without vectors.</summary>
internal readonly unsafe struct Lanes1 : ILanes<float>
{
    public static int Count => 1;

    public static int TileRows => 4;

    public static float Broadcast(float value) => value;

    public static float Load(float* source) => *source;

    public static void Store(float value, float* target) => *target = value;

    public static float Add(float a, float b) => a + b;

    public static float Subtract(float a, float b) => a - b;

    public static float Multiply(float a, float b) => a * b;

    public static float MultiplyAdd(float a, float b, float c) => float.MultiplyAddEstimate(a, b, c);

    public static float Positive(float a) => a <= 0 ? 0 : a;

    public static float WherePositive(float a, float gate) => gate > 0 ? a : 0;

    public static float Max(float a, float b) => a > b ? a : b;

    public static float Exp(float a) => MathF.Exp(a);

    public static float Largest(float a) => a;

    public static float Sum(float a) => a;

    public static float FromBytes(byte* source) => *source;
}
