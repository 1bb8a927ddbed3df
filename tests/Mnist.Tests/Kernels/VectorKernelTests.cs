using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

/// <summary>
/// Kernels on vectors, against the same formula in double precision, at every length 0–1,100 and at 4,096: ending at a
/// page that may not be touched, beginning at one, and at odd addresses. So are the definitions that lessons show.
/// </summary>
public class VectorKernelTests
{
    public const int Longest = 4096;
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 1101), Longest];

    public static TheoryData<VectorWidth> AllWidths => Widths.All;

    [Theory, MemberData(nameof(AllWidths))]
    public void Dot_product(VectorWidth width) => ForEachLength(width, (a, b, length) =>
    {
        double exact = 0, magnitude = 0;
        for (int i = 0; i < length; i++)
        {
            exact += (double)a[i] * b[i];
            magnitude += Math.Abs((double)a[i] * b[i]);
        }
        Roundings.MustAgree(DotProduct.Compute(width, a, b), exact, magnitude, LongestChain(width, length, sums: 4), "dot product", length);
        Roundings.MustAgree(DotProduct.Reference(a, b), exact, magnitude, length + 1, "dot product's definition", length);
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Dot_product_adds_in_the_documented_order(VectorWidth width) => ForEachLength(width, (a, b, length) =>
    {
        // Register r goes into sum r mod 4; (0 + 1) + (2 + 3); upper half onto lower; the rest one by one.
        int lanes = (int)width, whole = length / lanes * lanes;
        var sums = new float[4 * lanes];
        for (int i = 0; i < whole; i++) sums[i % sums.Length] = Roundings.MultiplyAdd(a[i], b[i], sums[i % sums.Length]);
        for (int i = 0; i < lanes; i++) sums[i] = sums[i] + sums[lanes + i] + (sums[(2 * lanes) + i] + sums[(3 * lanes) + i]);
        for (int half = lanes / 2; half > 0; half /= 2)
            for (int i = 0; i < half; i++) sums[i] += sums[half + i];
        float expected = sums[0];
        for (int i = whole; i < length; i++) expected = Roundings.MultiplyAdd(a[i], b[i], expected);
        Roundings.MustBeSameBits([expected], [DotProduct.Compute(width, a, b)], $"dot product of {length}");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Adding_a_multiple(VectorWidth width) => ForEachLength(width, (values, target, length) =>
    {
        float[] before = target.ToArray(), defined = target.ToArray();
        AddScaled.Reference(1.7f, values, defined);
        AddScaled.Compute(width, 1.7f, values, target);
        MustBeSum(before, 1.7f, values, target, "add scaled");
        MustBeSum(before, 1.7f, values, defined, "add scaled's definition");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Sgd_update(VectorWidth width) => ForEachLength(width, (gradient, weights, length) =>
    {
        float[] before = weights.ToArray(), defined = weights.ToArray();
        SgdUpdate.Reference(defined, gradient, 0.3f);
        SgdUpdate.Compute(width, weights, gradient, 0.3f);
        MustBeSum(before, -0.3f, gradient, weights, "SGD update");
        MustBeSum(before, -0.3f, gradient, defined, "SGD update's definition");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Reading_adds_up_every_value_in_every_pass(VectorWidth width) => ForEachLength(width, (values, _, length) =>
    {
        double exact = 0, magnitude = 0;
        foreach (float value in values)
        {
            exact += 3.0 * value;
            magnitude += 3.0 * Math.Abs(value);
        }
        int roundings = 3 * LongestChain(width, length, sums: 8);
        Roundings.MustAgree(ReadRate.Run(width, values, 3), exact, magnitude, roundings, "three passes", length);
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Relu_and_its_mask(VectorWidth width) => ForEachLength(width, (values, dValues, length) =>
    {
        float[] expected = [.. values.ToArray().Select(value => value > 0 ? value : 0)], defined = values.ToArray();
        float[] dExpected = [.. dValues.ToArray().Select((value, i) => expected[i] > 0 ? value : 0)], dDefined = dValues.ToArray();
        Relu.Reference(defined);
        Relu.Compute(width, values);
        Roundings.MustBeSameBits(expected, values, $"ReLU of {length}");
        Roundings.MustBeSameBits(expected, defined, $"ReLU's definition of {length}");

        Relu.MaskReference(values, dDefined);
        Relu.Mask(width, values, dValues);
        Roundings.MustBeSameBits(dExpected, dValues, $"ReLU mask of {length}");
        Roundings.MustBeSameBits(dExpected, dDefined, $"ReLU mask's definition of {length}");
        Roundings.MustBeSameBits(expected, values, $"ReLU mask of {length}, what it only reads");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Softmax_of_every_length(VectorWidth width) => ForEachLength(width, (logits, probabilities, length) =>
    {
        foreach (ref float logit in logits) logit *= 8;
        Softmax.Compute(width, logits, probabilities);
        MustBeSoftmax(logits, probabilities, LongestChain(width, length, sums: 1), "softmax");
        Softmax.Compute(width, logits, logits);
        Roundings.MustBeSameBits(probabilities, logits, $"softmax of {length} in place");

        Values.Fill(logits, length);
        Softmax.Reference(logits, probabilities);
        MustBeSoftmax(logits, probabilities, length, "softmax's definition");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Bytes_to_floats(VectorWidth width)
    {
        using var memory = new GuardedMemory<byte>(Longest);
        Place place = Place.Odd;
        ForEachLength(width, (floats, defined, length) =>
        {
            place = (Place)(((int)place + 1) % 3);
            Span<byte> bytes = memory.Take(length, place);
            new Random(length).NextBytes(bytes);
            BytesToFloats.Reference(bytes, defined);
            BytesToFloats.Compute(width, bytes, floats);
            for (int i = 0; i < length; i++)
                Assert.InRange(floats[i], float.BitDecrement(bytes[i] / 255f), float.BitIncrement(bytes[i] / 255f));
            Roundings.MustBeSameBits(defined, floats, $"bytes to floats of {length}");
            memory.MustBeUntouchedBeside($"bytes of {length}");
        });
    }

    [Theory, MemberData(nameof(AllWidths))]
    public void Arg_max_is_the_first_of_the_largest(VectorWidth width) => ForEachLength(width, (values, _, length) =>
    {
        if (length == 0)
        {
            Assert.Throws<ArgumentException>(() => ArgMax.Compute(width, []));
            Assert.Throws<ArgumentException>(() => ArgMax.Reference([]));
            return;
        }
        for (int largest = 1; largest <= 3; largest++)
        {
            // At a third, and again behind it and at the very end: the first one counts.
            int first = length * largest / 4;
            values[first] = values[(first + length) / 2] = values[^1] = 9 + largest;
            Assert.Equal(first, ArgMax.Compute(width, values));
            Assert.Equal(first, ArgMax.Reference(values));
        }
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

    private static void MustBeSum(ReadOnlySpan<float> before, float factor, ReadOnlySpan<float> values, ReadOnlySpan<float> actual, string what)
    {
        for (int i = 0; i < before.Length; i++)
        {
            double product = (double)factor * values[i];
            Roundings.MustAgree(actual[i], before[i] + product, Math.Abs(before[i]) + Math.Abs(product), 2, what, before.Length, i);
        }
    }

    /// <summary>Each probability relative to itself: z − m is rounded (so |z − m| more ULPs after e^), e^ twice, their sum, the division.</summary>
    private static void MustBeSoftmax(ReadOnlySpan<float> logits, ReadOnlySpan<float> probabilities, int chain, string what)
    {
        double max = double.NegativeInfinity, sum = 0, total = 0;
        foreach (float logit in logits) max = Math.Max(max, logit);
        foreach (float logit in logits) sum += Math.Exp(logit - max);
        for (int i = 0; i < logits.Length; i++)
        {
            double exact = Math.Exp(logits[i] - max) / sum;
            Roundings.MustAgree(probabilities[i], exact, exact, (max - logits[i]) + chain + 8, what, logits.Length, i);
            total += probabilities[i];
        }
        if (logits.Length > 0) Roundings.MustAgree((float)total, 1, 1, max - logits.ToArray().Min() + chain + 8, what + ", the sum", logits.Length);
    }

    /// <summary>Roundings on the longest way through a sum kept in some registers, then added up, then what fills no register.</summary>
    private static int LongestChain(VectorWidth width, int length, int sums)
    {
        int lanes = (int)width, rest = length % (sums * lanes);
        return (length / (sums * lanes)) + sums + int.Log2(lanes * sums) + rest + 2;
    }

    private delegate void Check(Span<float> a, Span<float> b, int length);

    private static void ForEachLength(VectorWidth width, Check check)
    {
        Widths.Require(width);
        using GuardedMemory<float> first = new(Longest), second = new(Longest);
        foreach (int length in Lengths)
        {
            foreach (Place place in Enum.GetValues<Place>())
            {
                Span<float> a = first.Take(length, place), b = second.Take(length, place);
                Values.Fill(a, length);
                Values.Fill(b, length + 10_000);
                check(a, b, length);
                first.MustBeUntouchedBeside($"first operand of {length}");
                second.MustBeUntouchedBeside($"second operand of {length}");
            }
        }
    }
}
