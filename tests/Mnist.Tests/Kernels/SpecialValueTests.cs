using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

/// <summary>
/// NaN, ±∞, ±0, subnormals and values whose products overflow or underflow, through every kernel on vectors, at every
/// position of a register and of a tail. Kernels that compute element by element give the same bits with every width;
/// what each of them promises is said in its remarks.
/// </summary>
public class SpecialValueTests
{
    public const float Subnormal = 1e-42f;

    /// <summary>Each with another sign, size or class; 1e-30 squared underflows, 1e30 squared overflows.</summary>
    public static readonly float[] Specials =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, Subnormal, -Subnormal, float.Epsilon,
        float.MaxValue, float.MinValue, 1e30f, 1e-30f, -1.5f, 1f,
    ];

    private static readonly int[] Lengths = [1, 3, 4, 16, 17, 40, 67];

    public static TheoryData<VectorWidth> AllWidths => Widths.All;

    [Theory, MemberData(nameof(AllWidths))]
    public void Relu_lets_NaN_through_and_knows_no_negative_zero(VectorWidth width) => ForEachPosition(width, (special, values, position) =>
    {
        float[] expected = [.. values], defined = [.. values];
        for (int i = 0; i < expected.Length; i++)
            if (!float.IsNaN(expected[i])) expected[i] = expected[i] > 0 ? expected[i] : 0f;
        Relu.Reference(defined);
        Relu.Compute(width, values);
        Roundings.MustBeSameBits(expected, values, $"ReLU with {special:G9} at {position}");
        Roundings.MustBeSameBits(expected, defined, $"ReLU's definition with {special:G9} at {position}");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Relu_mask_passes_any_gradient_where_the_output_is_positive_and_else_zero(VectorWidth width) => ForEachPosition(width, (special, outputs, position) =>
    {
        foreach (float gradient in Specials)
        {
            float[] dValues = [.. Enumerable.Repeat(-3f, outputs.Length)];
            dValues[position] = gradient;
            float[] expected = [.. dValues.Select((value, i) => outputs[i] > 0 ? value : 0f)], defined = [.. dValues];
            Relu.MaskReference(outputs, defined);
            Relu.Mask(width, outputs, dValues);
            Roundings.MustBeSameBits(expected, dValues, $"mask of {gradient:G9} with output {special:G9} at {position}");
            Roundings.MustBeSameBits(expected, defined, $"mask's definition of {gradient:G9} with output {special:G9} at {position}");
        }
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Adding_a_multiple_is_IEEE_arithmetic_in_every_element(VectorWidth width) => ForEachPosition(width, (special, values, position) =>
    {
        foreach (float factor in Specials)
        {
            foreach (float before in Specials)
            {
                float[] target = [.. Enumerable.Repeat(0.25f, values.Length)];
                target[position] = before;
                float[] weights = [.. target], expected = [.. target.Select((value, i) => Roundings.MultiplyAdd(factor, values[i], value))];
                AddScaled.Compute(width, factor, values, target);
                SgdUpdate.Compute(width, weights, values, -factor);
                Roundings.MustBeSameBits(expected, target, $"{before:G9} + {factor:G9} × {special:G9} at {position}");
                Roundings.MustBeSameBits(expected, weights, $"SGD: {before:G9} − {-factor:G9} × {special:G9} at {position}");
            }
        }
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Dot_product_gives_what_double_precision_gives_or_overflows(VectorWidth width) => ForEachPosition(width, (special, a, position) =>
    {
        foreach (float other in Specials)
        {
            float[] b = [.. Enumerable.Range(1, a.Length).Select(i => i * 1e-3f)];
            b[position] = other;
            double exact = 0, magnitude = 0;
            for (int i = 0; i < a.Length; i++)
            {
                exact += (double)a[i] * b[i];
                magnitude += Math.Abs((double)a[i] * b[i]);
            }
            string what = $"{special:G9} × {other:G9} at {position}";
            foreach (float actual in new[] { DotProduct.Compute(width, a, b), DotProduct.Reference(a, b) })
            {
                if (double.IsNaN(exact)) Assert.True(float.IsNaN(actual), what);
                else if (Math.Abs(exact) > float.MaxValue) Assert.Equal(exact > 0 ? float.PositiveInfinity : float.NegativeInfinity, actual);
                else Roundings.MustAgree(actual, exact, magnitude, a.Length + 1, what, a.Length);
            }
        }
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Arg_max_takes_zeros_as_equal_and_any_infinity_as_a_value(VectorWidth width)
    {
        Widths.Require(width);
        foreach (int length in Lengths)
        {
            MustBeFirst(width, 0, [.. Enumerable.Repeat(float.NegativeInfinity, length)]);
            MustBeFirst(width, 0, [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? -0f : 0f)]);
            MustBeFirst(width, 0, [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? 0f : -0f)]);
            for (int position = 0; position < length; position++)
            {
                foreach ((float rest, float best) in new[] { (float.NegativeInfinity, float.MinValue), (-Subnormal, -0f), (0f, float.Epsilon), (float.MaxValue, float.PositiveInfinity), (-2f, -1f) })
                {
                    float[] values = [.. Enumerable.Repeat(rest, length)];
                    values[position] = best;
                    MustBeFirst(width, position, values);
                }
            }
        }
    }

    [Theory, MemberData(nameof(AllWidths))]
    public void Arg_max_of_values_with_a_NaN_is_still_an_index(VectorWidth width) => ForEachPosition(width, (_, values, position) =>
    {
        values[position] = float.NaN;
        Assert.InRange(ArgMax.Compute(width, values), 0, values.Length - 1);
        Assert.InRange(ArgMax.Reference(values), 0, values.Length - 1);
        Array.Fill(values, float.NaN);
        Assert.Equal(0, ArgMax.Compute(width, values));
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Softmax_of_infinite_and_undefined_logits(VectorWidth width) => ForEachPosition(width, (special, logits, position) =>
    {
        float[] probabilities = new float[logits.Length];
        Softmax.Compute(width, logits, probabilities);
        string what = $"softmax with {special:G9} at {position} of {logits.Length}";
        bool undefined = float.IsNaN(special) || float.IsPositiveInfinity(special) || (float.IsNegativeInfinity(special) && logits.Length == 1);
        if (undefined)
        {
            Assert.All(probabilities, probability => Assert.True(float.IsNaN(probability), what));
            return;
        }
        if (float.IsNegativeInfinity(special) || special == float.MinValue) Assert.Equal(logits.Length == 1 ? 1 : 0, probabilities[position]);
        if (special >= 1e30f) Assert.Equal(1, probabilities[position]);
        Assert.All(probabilities, probability => Assert.InRange(probability, 0f, 1f));
        Roundings.MustAgree((float)probabilities.Sum(probability => (double)probability), 1, 1, logits.Length + 8, what, logits.Length);
    });

    private static void MustBeFirst(VectorWidth width, int expected, float[] values)
    {
        Assert.Equal(expected, ArgMax.Compute(width, values));
        Assert.Equal(expected, ArgMax.Reference(values));
    }

    /// <summary>Ordinary values of both signs with one special value at each position in turn.</summary>
    private static void ForEachPosition(VectorWidth width, Action<float, float[], int> check)
    {
        Widths.Require(width);
        foreach (int length in Lengths)
        {
            for (int position = 0; position < length; position++)
            {
                foreach (float special in Specials)
                {
                    float[] values = [.. Enumerable.Range(1, length).Select(i => i % 3 == 0 ? -0.5f * i : 0.125f * i)];
                    values[position] = special;
                    check(special, values, position);
                }
            }
        }
    }
}
