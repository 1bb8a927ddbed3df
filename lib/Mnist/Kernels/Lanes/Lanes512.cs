using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mnist.Kernels;

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

    public static Vector512<float> Relu(Vector512<float> a) => Vector512.ConditionalSelect(Vector512.LessThanOrEqual(a, Vector512<float>.Zero), Vector512<float>.Zero, a);

    public static Vector512<float> WherePositive(Vector512<float> a, Vector512<float> gate) => Vector512.ConditionalSelect(Vector512.GreaterThan(gate, Vector512<float>.Zero), a, Vector512<float>.Zero);

    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Vector512.MaxNative(a, b);

    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Vector512.MinNative(a, b);

    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;

    public static Vector512<float> Round(Vector512<float> a) => Vector512.Round(a);

    public static Vector512<float> PowerOfTwo(Vector512<float> n) => ((Vector512.ConvertToInt32Native(n) + Vector512.Create(Float32.Bias)) << Float32.MantissaBits).AsSingle();

    public static Vector512<float> Exponent(Vector512<float> a) => Vector512.ConvertToSingle((a.AsInt32() >> Float32.MantissaBits) - Vector512.Create(Float32.Bias));

    public static Vector512<float> Mantissa(Vector512<float> a) => ((a.AsInt32() & Vector512.Create(Float32.MantissaMask)) | Vector512.Create(Float32.One)).AsSingle();

    public static Vector512<float> WhereLess(Vector512<float> a, Vector512<float> b, Vector512<float> less, Vector512<float> otherwise) => Vector512.ConditionalSelect(Vector512.LessThan(a, b), less, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float HorizontalMax(Vector512<float> a) => Lanes256.HorizontalMax(Vector256.MaxNative(a.GetLower(), a.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float HorizontalSum(Vector512<float> a) => Lanes256.HorizontalSum(a.GetLower() + a.GetUpper());

    public static Vector512<float> FromBytes(byte* source) => Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.Load(source)));
}
