using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

/// <summary>exp and log in lanes against the double-precision library, over the whole range of float32.</summary>
public class ExponentialTests
{
    /// <summary>Every so many-th of all 2³² floats; a prime, so that all exponents and all low bits come. 1 tests them all, in minutes.</summary>
    private static readonly uint Stride = uint.Parse(Environment.GetEnvironmentVariable("MNIST_TEST_FLOAT_STRIDE") ?? "1999", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly float[] Special =
    [
        0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, 1, -1,
        1.17549421e-38f, 1.17549435e-38f, 1.41421354f, 1.41421366f, 0.707106769f, 0.99999994f, 1.00000012f,
        88.72283f, 88.7228394f, 88.722847f, 89, 90, 1e10f, -87.3365402f, -87.4f, -103.27893f, -103.972076f, -103.972084f, -104, -105, -1e10f, 0.34657359f, -0.34657359f,
    ];

    public static TheoryData<VectorWidth> AllWidths => Widths.All;

    [Theory, MemberData(nameof(AllWidths))]
    public void Exponential_is_within_the_stated_bound_everywhere(VectorWidth width) =>
        MustBeNear(width, (values, results) => Exponential.Compute(width, values, results), Math.Exp, 1.5);

    [Theory, MemberData(nameof(AllWidths))]
    public void Logarithm_is_within_the_stated_bound_everywhere(VectorWidth width) =>
        MustBeNear(width, (values, results) => Logarithm.Compute(width, values, results), Math.Log, 1.5);

    [Theory, MemberData(nameof(AllWidths))]
    public void Every_length_and_no_float_beyond(VectorWidth width)
    {
        Widths.Require(width);
        const int Longest = 1100;
        using GuardedMemory<float> first = new(Longest), second = new(Longest), third = new(Longest);
        for (int length = 0; length <= Longest; length++)
        {
            foreach (Place place in Enum.GetValues<Place>())
            {
                Span<float> values = first.Take(length, place), exponentials = second.Take(length, place), logarithms = third.Take(length, place);
                Values.Fill(values, length);
                Exponential.Compute(width, values, exponentials);
                Logarithm.Compute(width, exponentials, logarithms);
                for (int i = 0; i < length; i++) Assert.Equal(values[i], logarithms[i], 1e-6f);
                foreach (GuardedMemory<float> memory in new[] { first, second, third }) memory.MustBeUntouchedBeside($"exp and log of {length}");
            }
        }
    }

    private delegate void Kernel(ReadOnlySpan<float> values, Span<float> results);

    private static void MustBeNear(VectorWidth width, Kernel kernel, Func<double, double> exact, double bound)
    {
        Widths.Require(width);
        float[] values = new float[4096], results = new float[4096];
        int count = 0;
        foreach (float special in Special) values[count++] = special;
        double worst = 0;
        float worstAt = 0;
        for (ulong bits = 0; bits <= uint.MaxValue; bits += Stride)
        {
            values[count++] = BitConverter.UInt32BitsToSingle((uint)bits);
            if (count < values.Length && bits + Stride <= uint.MaxValue) continue;
            kernel(values.AsSpan(0, count), results.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                double error = ErrorInUlp(exact(values[i]), results[i]);
                if (!(error > worst)) continue;
                (worst, worstAt) = (error, values[i]);
            }
            count = 0;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{width}: worst {worst:F3} ULP at {worstAt:G9}");
        Assert.True(worst <= bound, $"{worst:F3} ULP at {worstAt:G9}, more than {bound}");
    }

    /// <summary>Distance in steps of float32 at the exact value, subnormal steps below 2⁻¹²⁶; infinite where only one is a number, or a zero has the wrong place.</summary>
    private static double ErrorInUlp(double exact, float actual)
    {
        if (double.IsNaN(exact) || float.IsNaN(actual)) return double.IsNaN(exact) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        if (float.IsInfinity((float)exact) || float.IsInfinity(actual)) return (float)exact == actual ? 0 : double.PositiveInfinity;
        double size = Math.Max(Math.Abs(exact), Math.ScaleB(1, -126));
        return Math.Abs(exact - actual) / Math.ScaleB(1, Math.ILogB(size) - 23);
    }
}
