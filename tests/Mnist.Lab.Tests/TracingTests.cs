using Mnist.Kernels;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class TracingTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(1, 257), 784];

    public static TheoryData<VectorWidth> Widths => [.. Simd.Supported];

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_last_number_of_a_dot_product_is_the_kernels_to_the_bit(VectorWidth width)
    {
        foreach (int length in Lengths)
        {
            float[] a = Some(length, length), b = Some(length, length + 1000);
            Same(DotProduct.Compute(width, a, b), RegisterRecorder.DotProduct(width, a, b).Result, $"{width}, {length}");
        }
        Same(DotProduct.Compute(width, [], []), SumOrder.Of(width).DotProduct([], []), $"{width}, nothing");
    }

    [Fact]
    public void Without_a_width_it_is_the_kernel_of_a_cpu_with_AVX_512()
    {
        float[] a = Some(100, 1), b = Some(100, 2);
        Assert.SkipUnless(Simd.Best == VectorWidth.Bits512, "there are no 512-bit vectors in this run to compare with");
        Same(DotProduct.Compute(a, b), RegisterRecorder.DotProduct(a, b).Result, "100");
    }

    [Fact]
    public void Another_order_gives_other_bits_so_the_order_is_really_tested()
    {
        SumOrder[] orders = [SumOrder.Loop, SumOrder.Kernel, new(16, 1, true), new(16, 1, false), new(16, 2, true), new(8, 4, true), new(4, 4, true)];
        string[] bits = [.. orders.Select(order => string.Join(' ', Enumerable.Range(0, 20).Select(seed => order.DotProduct(Some(784, seed), Some(784, seed + 50)))))];
        Assert.Equal(orders.Length, bits.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Scaling_and_adding_gives_the_kernels_bits_and_leaves_the_target_alone(VectorWidth width)
    {
        foreach (int length in Lengths)
        {
            float[] values = Some(length, length), target = Some(length, length + 1000), expected = [.. target];
            RegisterTrace play = RegisterRecorder.AddScaled(width, 1.7f, values, target);
            Assert.Equal(Some(length, length + 1000), target);
            AddScaled.Compute(width, 1.7f, values, expected);
            Assert.Equal(expected, play.Results);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void An_outer_product_gives_the_kernels_bits_row_after_row(VectorWidth width)
    {
        float[] left = Some(3, 1), right = Some(21, 2);
        Matrix target = Matrix.FromRows(3, 21, Some(63, 3));
        RegisterTrace play = RegisterRecorder.OuterProduct(width, left, right, target);
        OuterProduct.Add(width, left, right, target);
        Assert.Equal(target.ToArray(), play.Results);
        Assert.StartsWith("Row 2, element", play.Frames[^1].Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_step_shows_what_it_does_with_the_values_that_it_says()
    {
        float[] a = Some(83, 5), b = Some(83, 6);
        IReadOnlyList<TraceFrame> frames = RegisterRecorder.DotProduct(a, b).Frames;
        Assert.Equal(5 + 1 + 1 + 3, frames.Count); // whole registers, pairs, tree, tail
        for (int step = 0; step < 5; step++)
        {
            Assert.Equal(a.Skip(16 * step).Take(16), frames[step].Registers[0].Lanes);
            Assert.Equal(b.Skip(16 * step).Take(16), frames[step].Registers[1].Lanes);
            Assert.Equal($"sum{step % 4}", frames[step].Registers[3].Name);
        }
        Assert.Equal(frames[0].Result, frames[4].Registers[2].Lanes); // the fifth goes into the sum of the first
        Assert.Equal([16, 8, 4, 2, 1], frames[6].Registers.Select(level => level.Lanes.Count));
        for (int level = 1; level < 5; level++)
            for (int lane = 0; lane < frames[6].Registers[level].Lanes.Count; lane++)
                Assert.Equal(frames[6].Registers[level - 1].Lanes[lane] + frames[6].Registers[level - 1].Lanes[lane + (16 >> level)], frames[6].Registers[level].Lanes[lane]);
        Assert.Equal(frames[8].Registers[2].Lanes[0], frames[7].Result[0]);
        Assert.Equal(82, int.Parse(frames[9].Title.Split(' ', ':')[2], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Some_steps_can_be_chosen_and_a_long_play_is_cut_short()
    {
        RegisterTrace play = RegisterRecorder.DotProduct(Some(784, 1), Some(784, 2));
        Assert.Equal([0, 1, 2, 48, 49, 50], play.Shown);
        Assert.Equal([0, 4, 50], play.Only(4, 0, ^1, 0).Shown);
        Assert.Contains("steps 2–4 are not shown", play.Only(4, 0).ToHtml(), StringComparison.Ordinal);
        Assert.Contains("steps 6–51 are not shown", play.Only(4, 0).ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("Result", play.Only(0).ToHtml().Split("<text")[1..].Aggregate(string.Concat), StringComparison.Ordinal);
        Assert.Contains($"bits {BitConverter.SingleToUInt32Bits(play.Result):X8}", play.ToHtml(), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => play.Only(51));
        Assert.Throws<ArgumentOutOfRangeException>(() => play.Only(^52));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RegisterRecorder.DotProduct([1f], [1f, 2f]));
        Assert.Throws<ArgumentException>(() => RegisterRecorder.DotProduct([], []));
        Assert.Throws<ArgumentException>(() => RegisterRecorder.AddScaled(1, [1f], [1f, 2f]));
        Assert.Throws<ArgumentException>(() => RegisterRecorder.OuterProduct([1f], [1f, 2f], new Matrix(2, 1)));
        Assert.Throws<ArgumentException>(() => new SumOrder(3, 4, true));
        Assert.Throws<ArgumentException>(() => new SumOrder(16, 3, true));
    }

    [Fact]
    public void A_box_holds_six_letters_and_they_are_near_the_value()
    {
        var random = new Random(3);
        foreach (float value in Enumerable.Range(0, 5000).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 13)))))
        {
            string text = ShortNumber.Of(value, 6);
            Assert.InRange(text.Length, 1, 6);
            Assert.InRange(float.Parse(text, System.Globalization.CultureInfo.InvariantCulture) / value, 0.5, 1.5);
        }
        Assert.Equal(["0", "-0.037", "0.005", "0.0014", "-.0014", "12.5", "123.46", "1e-45", "NaN", "-∞"],
            new[] { -0f, -0.0366f, 0.00501f, 0.00142f, -0.00142f, 12.5f, 123.4567f, 1e-45f, float.NaN, float.NegativeInfinity }.Select(value => ShortNumber.Of(value, 6)));
    }

    [Theory]
    [InlineData(49, 1, 196)]
    [InlineData(49, 2, 100)]
    [InlineData(49, 4, 52)]
    [InlineData(49, 8, 52)]
    [InlineData(1, 4, 4)]
    [InlineData(0, 4, 0)]
    public void The_model_of_latency_counts_cycles(int registers, int accumulators, int cycles) =>
        Assert.Equal(cycles, FmaTimeline.Cycles(registers, accumulators));

    [Fact]
    public void No_multiply_add_starts_before_its_sum_is_there_nor_with_another()
    {
        foreach (int accumulators in new[] { 1, 2, 3, 4, 8 })
        {
            IReadOnlyList<int> starts = FmaTimeline.Starts(30, accumulators);
            Assert.Equal(30, starts.Distinct().Count());
            for (int r = accumulators; r < 30; r++)
                Assert.True(starts[r] - starts[r - accumulators] >= FmaTimeline.Latency, $"{accumulators} sums, multiply-add {r}");
        }
    }

    [Fact]
    public void Errors_of_all_pairs_of_rows_are_those_of_the_order()
    {
        Matrix left = Matrix.FromRows(2, 50, Some(100, 1)), right = Matrix.FromRows(3, 50, Some(150, 2));
        double[] errors = SumErrors.InUlp(SumOrder.Loop, left, right);
        Assert.Equal(6, errors.Length);
        double exact = Enumerable.Range(0, 50).Sum(i => (double)left[1, i] * right[2, i]);
        Assert.Equal(Ulp.Error(SumOrder.Loop.DotProduct(left.Row(1), right.Row(2)), exact), errors[5]);
        Assert.True(errors.Max() > 0.5, "no sum of 50 floats was rounded");
        Assert.Throws<ArgumentException>(() => SumErrors.InUlp(SumOrder.Loop, left, new Matrix(3, 49)));
    }

    [Fact]
    public void An_error_is_counted_in_floats()
    {
        Assert.Equal(0, Ulp.Error(1.5f, 1.5));
        Assert.Equal(1, Ulp.Error(MathF.BitIncrement(3f), 3));
        Assert.Equal(2, Ulp.Error(1 - MathF.ScaleB(1, -22), 1)); // below 1 floats stand twice as close
        Assert.Equal(0.5, Ulp.Error(1024f, 1024 + Math.ScaleB(1, -14)));
    }

    private static void Same(float expected, float actual, string what) =>
        Assert.True(BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(actual), $"{what}: {actual:G9}, expected {expected:G9}");

    private static float[] Some(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 3) - 1))];
    }
}
