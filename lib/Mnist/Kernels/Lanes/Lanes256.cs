using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mnist.Kernels;

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

    public static Vector256<float> Relu(Vector256<float> a) => Vector256.ConditionalSelect(Vector256.LessThanOrEqual(a, Vector256<float>.Zero), Vector256<float>.Zero, a);

    public static Vector256<float> WherePositive(Vector256<float> a, Vector256<float> gate) => Vector256.ConditionalSelect(Vector256.GreaterThan(gate, Vector256<float>.Zero), a, Vector256<float>.Zero);

    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Vector256.MaxNative(a, b);

    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) => Vector256.MinNative(a, b);

    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    public static Vector256<float> Round(Vector256<float> a) => Vector256.Round(a);

    public static Vector256<float> PowerOfTwo(Vector256<float> n) => ((Vector256.ConvertToInt32Native(n) + Vector256.Create(Float32.Bias)) << Float32.MantissaBits).AsSingle();

    public static Vector256<float> Exponent(Vector256<float> a) => Vector256.ConvertToSingle((a.AsInt32() >> Float32.MantissaBits) - Vector256.Create(Float32.Bias));

    public static Vector256<float> Mantissa(Vector256<float> a) => ((a.AsInt32() & Vector256.Create(Float32.MantissaMask)) | Vector256.Create(Float32.One)).AsSingle();

    public static Vector256<float> WhereLess(Vector256<float> a, Vector256<float> b, Vector256<float> less, Vector256<float> otherwise) => Vector256.ConditionalSelect(Vector256.LessThan(a, b), less, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float HorizontalMax(Vector256<float> a) => Lanes128.HorizontalMax(Vector128.MaxNative(a.GetLower(), a.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float HorizontalSum(Vector256<float> a) => Lanes128.HorizontalSum(a.GetLower() + a.GetUpper());

    public static Vector256<float> FromBytes(byte* source) => Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(source));
}
