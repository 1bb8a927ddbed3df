using FsCheck.Xunit;
using Xunit;

namespace Mnist.Tests;

public class Xoshiro256Tests
{
    [Fact]
    public void From_the_state_1_2_3_4_come_the_reference_implementations_numbers()
    {
        var random = new Xoshiro256(1, 2, 3, 4);
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360,
            607988272756665600, 16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];

        Assert.Equal(expected, expected.Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void SplitMix64_fills_the_state()
    {
        // the first four outputs of splitmix64.c from 0
        var filled = new Xoshiro256(0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC);
        var seeded = new Xoshiro256(0);

        Assert.Equal(0x99EC5F36CB75F2B4ul, seeded.NextUInt64());
        _ = filled.NextUInt64();
        Assert.Equal(Enumerable.Range(0, 10).Select(_ => filled.NextUInt64()), Enumerable.Range(0, 10).Select(_ => seeded.NextUInt64()));
    }

    [Fact]
    public void Numbers_between_0_and_1_are_uniform()
    {
        var random = new Xoshiro256(7);
        double[] numbers = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())];

        Assert.All(numbers, number => Assert.InRange(number, 0, Math.BitDecrement(1.0)));
        Assert.Equal(0.5, numbers.Average(), 0.005);
        Assert.Equal(1 / 12.0, numbers.Average(number => (number - 0.5) * (number - 0.5)), 0.001);
    }

    [Fact]
    public void Whole_numbers_below_a_bound_are_equally_likely()
    {
        var random = new Xoshiro256(8);
        var counts = new int[6];
        for (int i = 0; i < 60_000; i++) counts[random.NextInt(6)]++;

        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(0));
    }

    [Fact]
    public void A_draw_that_would_favour_some_numbers_is_thrown_away()
    {
        // From this state come first 0, which 2⁶⁴ mod 6 makes one draw too many for zero, then a number in the upper half.
        Xoshiro256 raw = new(1, 0, 1ul << 56, ulong.MaxValue), six = new(1, 0, 1ul << 56, ulong.MaxValue), eight = new(1, 0, 1ul << 56, ulong.MaxValue);
        Assert.Equal(0ul, raw.NextUInt64());
        ulong second = raw.NextUInt64();

        Assert.InRange(second, 1ul << 63, ulong.MaxValue);
        Assert.Equal((int)Math.BigMul(second, 6ul, out _), six.NextInt(6));
        Assert.Equal(0, eight.NextInt(8)); // 8 divides 2⁶⁴: nothing to throw away
    }

    [Property]
    public void A_shuffle_keeps_every_element(uint seed, byte length)
    {
        int[] order = [.. Enumerable.Range(0, length)];
        Xoshiro256.ForShuffle(seed).Shuffle(order);

        Assert.Equal(Enumerable.Range(0, length), order.Order());
    }

    [Fact]
    public void Every_order_of_three_is_equally_likely()
    {
        var random = new Xoshiro256(9);
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < 60_000; i++)
        {
            int[] order = [0, 1, 2];
            random.Shuffle(order);
            string key = string.Join(' ', order);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void Weights_and_shuffle_of_one_seed_draw_different_numbers() =>
        Assert.NotEqual(Xoshiro256.ForWeights(42).NextUInt64(), Xoshiro256.ForShuffle(42).NextUInt64());

    [Fact]
    public void Normal_numbers_have_the_shares_of_the_bell_curve()
    {
        const int Count = 200_000;
        var random = new Xoshiro256(10);
        double[] numbers = [.. Enumerable.Range(0, Count).Select(_ => random.NextNormal())];

        Assert.Equal(0, numbers.Average(), 0.01);
        Assert.Equal(1, numbers.Average(x => x * x), 0.015);
        Assert.Equal(0, numbers.Average(x => x * x * x), 0.03);
        Assert.Equal(3, numbers.Average(x => x * x * x * x), 0.1);
        Assert.Equal(0.6827, numbers.Count(x => Math.Abs(x) < 1) / (double)Count, 0.005);
        Assert.Equal(0.9545, numbers.Count(x => Math.Abs(x) < 2) / (double)Count, 0.002);
        Assert.Equal(0.9973, numbers.Count(x => Math.Abs(x) < 3) / (double)Count, 0.0005);
    }

    [Fact]
    public void The_logarithm_is_right_to_the_last_places()
    {
        var random = new Xoshiro256(11);
        for (int i = 0; i < 100_000; i++)
        {
            double value = random.NextDouble() * Math.Pow(2, -random.NextInt(100));
            if (value == 0) continue;
            double exact = Math.Log(value);
            Assert.Equal(exact, Xoshiro256.Logarithm(value), Math.Abs(exact) * 1e-15);
        }
        Assert.Equal(0, Xoshiro256.Logarithm(1));
    }
}
