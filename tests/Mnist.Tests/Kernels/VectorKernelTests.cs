using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

/// <summary>
/// Kernels on vectors, against their references, at every length 0–257 and at the network's sizes, ending at a page that
/// may not be touched and beginning at one (so both aligned and not).
/// </summary>
public class VectorKernelTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 258), 784, 1000, 4096];

    public static TheoryData<VectorWidth> AllWidths => Widths.All;

    [Theory, MemberData(nameof(AllWidths))]
    public void Dot_product(VectorWidth width) => ForEachLength(width, (a, b, length) =>
    {
        double expected = 0;
        for (int i = 0; i < length; i++) expected += (double)a[i] * b[i];
        Values.MustAgree([(float)expected], [DotProduct.Compute(width, a, b)], length, $"dot product of {length}");
        Values.MustAgree([(float)expected], [DotProduct.Reference(a, b)], length, $"reference dot product of {length}");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Adding_a_multiple(VectorWidth width) => ForEachLength(width, (a, b, length) =>
    {
        float[] expected = b.ToArray();
        AddScaled.Reference(1.7f, a, expected);
        AddScaled.Compute(width, 1.7f, a, b);
        Values.MustAgree(expected, b, 1, $"add scaled of {length}");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Reading_adds_up_every_value_in_every_pass(VectorWidth width) => ForEachLength(width, (a, _, length) =>
    {
        double expected = 0;
        foreach (float value in a) expected += 3.0 * value;
        Values.MustAgree([(float)expected], [ReadRate.Run(width, a, 3)], 3 * length, $"three passes over {length}");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Sgd_update(VectorWidth width) => ForEachLength(width, (weights, gradient, length) =>
    {
        float[] expected = weights.ToArray();
        SgdUpdate.Reference(expected, gradient, 0.3f);
        SgdUpdate.Compute(width, weights, gradient, 0.3f);
        Values.MustAgree(expected, weights, 1, $"SGD update of {length}");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Relu_and_its_mask(VectorWidth width) => ForEachLength(width, (values, dValues, length) =>
    {
        float[] expected = values.ToArray(), dExpected = dValues.ToArray();
        Relu.Reference(expected);
        Relu.Compute(width, values);
        Assert.Equal(expected, values.ToArray());
        Relu.MaskReference(expected, dExpected);
        Relu.Mask(width, values, dValues);
        Assert.Equal(dExpected, dValues.ToArray());
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Softmax_of_every_length(VectorWidth width) => ForEachLength(width, (logits, probabilities, length) =>
    {
        float[] expected = new float[length];
        Softmax.Reference(logits, expected);
        Softmax.Compute(width, logits, probabilities);
        Values.MustAgree(expected, probabilities, 1, $"softmax of {length}");
        if (length > 0) Assert.Equal(1, probabilities.ToArray().Sum(value => (double)value), 1e-5);
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Bytes_to_floats(VectorWidth width) => ForEachLength(width, (_, floats, length) =>
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var expected = new float[length];
        BytesToFloats.Reference(bytes, expected);
        BytesToFloats.Compute(width, bytes, floats);
        Assert.Equal(expected, floats.ToArray());
    });

    [Fact]
    public void A_byte_becomes_its_255th_to_one_rounding()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        var floats = new float[256];
        BytesToFloats.Compute(bytes, floats);
        for (int value = 0; value < 256; value++)
            Assert.InRange(floats[value], float.BitDecrement(value / 255f), float.BitIncrement(value / 255f));
    }

    [Theory, MemberData(nameof(AllWidths))]
    public void Relu_knows_zeros_infinities_and_nan(VectorWidth width)
    {
        Widths.Require(width);
        foreach (int length in new[] { 1, 16, 17, 40 })
        {
            foreach ((float given, float expected) in new[] { (-0f, 0f), (0f, 0f), (float.NegativeInfinity, 0f), (float.PositiveInfinity, float.PositiveInfinity), (float.NaN, float.NaN), (float.Epsilon, float.Epsilon) })
            {
                float[] values = [.. Enumerable.Repeat(given, length)];
                Relu.Compute(width, values);
                Assert.All(values, value => Assert.Equal(expected, value));
            }
        }
    }

    [Theory, MemberData(nameof(AllWidths))]
    public void Softmax_survives_large_logits_and_reports_infinite_ones(VectorWidth width)
    {
        Widths.Require(width);
        foreach (int length in new[] { 3, 16, 37 })
        {
            var logits = new float[length];
            logits[0] = 10_000;
            logits[^1] = -10_000;
            var probabilities = new float[length];
            Softmax.Compute(width, logits, probabilities);
            Assert.Equal(1, probabilities[0]);
            Assert.Equal(0, probabilities[^1]);
            logits[1] = float.PositiveInfinity;
            Softmax.Compute(width, logits, probabilities);
            Assert.Contains(probabilities, float.IsNaN);
        }
    }

    [Theory, MemberData(nameof(AllWidths))]
    public void Arg_max_is_the_first_of_the_largest(VectorWidth width) => ForEachLength(width, (values, _, length) =>
    {
        if (length == 0)
        {
            Assert.Throws<ArgumentException>(() => ArgMax.Compute(width, []));
            return;
        }
        Assert.Equal(ArgMax.Reference(values), ArgMax.Compute(width, values));
        int first = length / 3;
        values[first] = values[^1] = 9;
        Assert.Equal(first, ArgMax.Compute(width, values));
        Assert.Equal(first, ArgMax.Reference(values));
        values.Fill(float.NegativeInfinity);
        Assert.Equal(0, ArgMax.Compute(width, values));
    });

    [Fact]
    public void Lengths_that_differ_are_refused()
    {
        Assert.Throws<ArgumentException>(() => DotProduct.Compute(new float[3], new float[4]));
        Assert.Throws<ArgumentException>(() => AddScaled.Compute(1, new float[3], new float[4]));
        Assert.Throws<ArgumentException>(() => Relu.Mask(new float[3], new float[4]));
        Assert.Throws<ArgumentException>(() => Softmax.Compute(new float[3], new float[4]));
        Assert.Throws<ArgumentException>(() => BytesToFloats.Compute(new byte[3], new float[4]));
        Assert.Throws<ArgumentException>(() => SgdUpdate.Compute(new float[3], new float[4], 1));
    }

    [Fact]
    public void A_width_that_the_cpu_lacks_is_refused()
    {
        Assert.SkipWhen(Simd.Best == VectorWidth.Bits512, "this CPU has every width");
        Assert.Throws<PlatformNotSupportedException>(() => DotProduct.Compute(VectorWidth.Bits512, new float[1], new float[1]));
    }

    private delegate void Check(Span<float> a, Span<float> b, int length);

    private static void ForEachLength(VectorWidth width, Check check)
    {
        Widths.Require(width);
        foreach (int length in Lengths)
        {
            foreach (bool atEnd in new[] { true, false })
            {
                using var a = new GuardedFloats(length, atEnd);
                using var b = new GuardedFloats(length, atEnd);
                Values.Fill(a.Span, length);
                Values.Fill(b.Span, length + 1000);
                check(a.Span, b.Span, length);
            }
        }
    }
}
