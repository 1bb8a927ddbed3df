using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Mnist.Kernels;

/// <summary>XMM registers: 4 floats.</summary>
internal readonly unsafe struct Lanes128 : ILanes<Vector128<float>>
{
    public static int Count => 4;

    public static int TileRows => AdvSimd.Arm64.IsSupported ? 8 : 4;

    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    public static void Store(Vector128<float> value, float* target) => value.Store(target);

    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.MultiplyAddEstimate(a, b, c);

    public static Vector128<float> Relu(Vector128<float> a) => Vector128.ConditionalSelect(Vector128.LessThanOrEqual(a, Vector128<float>.Zero), Vector128<float>.Zero, a);

    public static Vector128<float> WherePositive(Vector128<float> a, Vector128<float> gate) => Vector128.ConditionalSelect(Vector128.GreaterThan(gate, Vector128<float>.Zero), a, Vector128<float>.Zero);

    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Vector128.MaxNative(a, b);

    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) => Vector128.MinNative(a, b);

    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    public static Vector128<float> Round(Vector128<float> a) => Vector128.Round(a);

    public static Vector128<float> PowerOfTwo(Vector128<float> n) => ((Vector128.ConvertToInt32Native(n) + Vector128.Create(Float32.Bias)) << Float32.MantissaBits).AsSingle();

    public static Vector128<float> Exponent(Vector128<float> a) => Vector128.ConvertToSingle((a.AsInt32() >> Float32.MantissaBits) - Vector128.Create(Float32.Bias));

    public static Vector128<float> Mantissa(Vector128<float> a) => ((a.AsInt32() & Vector128.Create(Float32.MantissaMask)) | Vector128.Create(Float32.One)).AsSingle();

    public static Vector128<float> WhereLess(Vector128<float> a, Vector128<float> b, Vector128<float> less, Vector128<float> otherwise) => Vector128.ConditionalSelect(Vector128.LessThan(a, b), less, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float HorizontalMax(Vector128<float> a) => Lanes1.Max(Lanes1.Max(a.GetElement(0), a.GetElement(2)), Lanes1.Max(a.GetElement(1), a.GetElement(3)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float HorizontalSum(Vector128<float> a) => a.GetElement(0) + a.GetElement(2) + (a.GetElement(1) + a.GetElement(3));

    public static Vector128<float> FromBytes(byte* source)
    {
        Vector128<byte> bytes = Vector128.CreateScalar(*(uint*)source).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
    }
}
