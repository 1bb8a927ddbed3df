using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Xunit;

namespace Mnist.Tests;

/// <summary>
/// How far a float result may be from the exact one. Each rounding moves a value by at most half a unit in the last
/// place (2⁻²⁴ of its size), so a chain of n operations stays within n · 2⁻²⁴ of the sum of the magnitudes of all that
/// was added up (Higham, Accuracy and Stability of Numerical Algorithms, 3.1). Nothing here is tuned until it passes.
/// </summary>
internal static class Roundings
{
    private const double UnitRoundoff = 1.0 / (1 << 24);

    /// <summary>Half of the smallest subnormal: what a rounding costs where there are no more digits to lose.</summary>
    private const double Underflow = float.Epsilon / 2.0;

    /// <summary>One rounding per multiply-add where the CPU has the instruction, two where it has not.</summary>
    public static bool MultiplyAddIsFused => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>a × b + c as every kernel computes it on this CPU.</summary>
    public static float MultiplyAdd(float a, float b, float c) => MultiplyAddIsFused ? MathF.FusedMultiplyAdd(a, b, c) : (a * b) + c;

    /// <summary>Fails unless a value is within some roundings of the exact one.</summary>
    /// <param name="actual">What the kernel computed.</param>
    /// <param name="exact">The same in double precision.</param>
    /// <param name="magnitude">The sum of the magnitudes of all terms.</param>
    /// <param name="roundings">Roundings on the longest way from an operand to the result.</param>
    /// <param name="what">The kernel, for the message.</param>
    /// <param name="length">Its length, for the message.</param>
    /// <param name="index">Which result, for the message.</param>
    public static void MustAgree(float actual, double exact, double magnitude, double roundings, string what, int length, int index = 0)
    {
        double tolerance = roundings * ((UnitRoundoff * magnitude) + Underflow);
        if (!(Math.Abs(actual - exact) <= tolerance))
            Assert.Fail($"{what} of {length}: result {index} is {actual:G9}, exactly {exact:G12}; {roundings} roundings of {magnitude:G6} allow {tolerance:G3}, but it is off by {Math.Abs(actual - exact):G3}");
    }

    /// <summary>Fails unless all values have the same bits; any NaN is equal to any other, but 0 is not −0.</summary>
    public static void MustBeSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = float.IsNaN(expected[i]) ? float.IsNaN(actual[i])
                : BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]);
            if (!same) Assert.Fail($"{what}: element {i} of {expected.Length} is {actual[i]:G9}, but {expected[i]:G9} is right");
        }
    }
}
