namespace Mnist.Kernels;

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

    public static float Relu(float a) => a <= 0 ? 0 : a;

    public static float WherePositive(float a, float gate) => gate > 0 ? a : 0;

    public static float Max(float a, float b) => a > b ? a : b;

    public static float Min(float a, float b) => a < b ? a : b;

    public static float Divide(float a, float b) => a / b;

    public static float Round(float a) => MathF.Round(a);

    public static float PowerOfTwo(float n) => BitConverter.Int32BitsToSingle(((int)n + Float32.Bias) << Float32.MantissaBits);

    public static float Exponent(float a) => (BitConverter.SingleToInt32Bits(a) >> Float32.MantissaBits) - Float32.Bias;

    public static float Mantissa(float a) => BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(a) & Float32.MantissaMask) | Float32.One);

    public static float WhereLess(float a, float b, float less, float otherwise) => a < b ? less : otherwise;

    public static float HorizontalMax(float a) => a;

    public static float HorizontalSum(float a) => a;

    public static float FromBytes(byte* source) => *source;
}
