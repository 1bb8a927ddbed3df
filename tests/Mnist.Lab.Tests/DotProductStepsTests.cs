using System.Runtime.Intrinsics;
using Mnist.Tests;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class DotProductStepsTests
{
    private delegate float Step(ReadOnlySpan<float> a, ReadOnlySpan<float> b);

    private static readonly (string Name, Step Step, SumOrder Order)[] Steps =
    [
        (nameof(DotProductSteps.Scalar), DotProductSteps.Scalar, SumOrder.Loop),
        (nameof(DotProductSteps.Lanes), DotProductSteps.Lanes, new(16, 1, fused: false)),
        (nameof(DotProductSteps.Fused), DotProductSteps.Fused, new(16, 1, fused: true)),
        (nameof(DotProductSteps.TwoSums), DotProductSteps.TwoSums, new(16, 2, fused: true)),
        (nameof(DotProductSteps.FourSums), DotProductSteps.FourSums, SumOrder.Kernel),
        (nameof(DotProductSteps.EightSums), DotProductSteps.EightSums, new(16, 8, fused: true)),
    ];

    public static TheoryData<string> Names => [.. Steps.Select(step => step.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_sums_in_the_order_that_its_model_says_to_the_bit(string name)
    {
        (_, Step step, SumOrder order) = Steps.Single(one => one.Name == name);
        ForEachLength((a, b) => Same(order.DotProduct(a, b), step(a, b), $"{name} of {a.Length}"));
    }

    [Fact]
    public void A_masked_tail_is_one_more_register_with_zeros_at_its_end()
    {
        var order = new SumOrder(16, 1, fused: true);
        ForEachLength((a, b) => Same(order.DotProduct(Padded(a), Padded(b)), DotProductSteps.MaskedTail(a, b), $"masked tail of {a.Length}"));
    }

    [Fact]
    public void No_step_reads_beyond_the_shorter_of_the_two()
    {
        foreach ((string name, Step step, _) in Steps.Append((nameof(DotProductSteps.MaskedTail), DotProductSteps.MaskedTail, SumOrder.Kernel)))
        {
            Assert.Equal(step([1, 2], [3, 4]), step([1, 2], [3, 4, 500]));
            Assert.True(Refuses(step), name);
        }
    }

    [Fact]
    public void No_step_touches_the_page_behind_the_last_element()
    {
        using GuardedMemory<float> first = new(100), second = new(100);
        foreach (int length in Enumerable.Range(0, 100))
        {
            foreach (Place place in Enum.GetValues<Place>())
            {
                Span<float> a = first.Take(length, place), b = second.Take(length, place);
                a.Fill(2);
                b.Fill(0.25f);
                foreach ((string name, Step step, _) in Steps) Assert.True(step(a, b) == length / 2f, $"{name} of {length}");
                Assert.Equal(length / 2f, DotProductSteps.MaskedTail(a, b));
            }
        }
    }

    [Fact]
    public void The_lanes_are_added_upper_half_onto_lower_half()
    {
        int otherOrder = 0;
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            float[] lanes = [.. Enumerable.Range(0, 16).Select(_ => (float)(random.NextDouble() - 0.3))];
            float[] two = Halved(Halved(Halved(lanes)));
            Assert.Equal(two[0] + two[1], Registers.Sum(Vector512.Create<float>(lanes)));
            if (lanes.Aggregate((sum, lane) => sum + lane) != two[0] + two[1]) otherOrder++;
        }
        Assert.InRange(otherOrder, 10, 50);
    }

    [Fact]
    public void The_peer_computes_the_same_product() => ForEachLength((a, b) =>
        Assert.Equal(Precision.DotInDouble(a, b), DotProductPeers.TensorPrimitivesDot(a, b), 1e-4));

    [Fact]
    public void Repeated_work_is_the_first_rows_product_as_often_as_asked()
    {
        var seen = new List<float>();
        Matrix a = Matrix.FromRows(2, 3, [1, 2, 3, 9, 9, 9]), b = Matrix.FromRows(1, 3, [10, 100, 1000]);
        Action work = DotProductSpeed.Repeat(
            (x, y) =>
            {
                seen.Add(DotProductSteps.Scalar(x, y));
                return 0;
            },
            a, b, times: 3);
        Assert.Empty(seen);
        work();
        Assert.Equal([3210f, 3210, 3210], seen);
    }

    [Fact]
    public void Speed_by_length_is_a_share_of_the_peak_and_sixteen_lanes_beat_one()
    {
        Figure figure = DotProductSpeed.ByLength([16, 2048], ("one at a time", DotProductSteps.Scalar), ("four sums", DotProductSteps.FourSums));
        LineTrace[] lines = [.. figure.Traces.Cast<LineTrace>()];
        Assert.Equal(["one at a time", "four sums"], lines.Select(line => line.Name));
        Assert.Equal([16.0, 2048], lines[0].X);
        Assert.All(lines.SelectMany(line => line.Y), share => Assert.InRange(share, 1e-5, 5));
        Assert.SkipUnless(Vector512.IsHardwareAccelerated, "there are no sixteen lanes in this run");
        Assert.True(lines[1].Y[1] > 2 * lines[0].Y[1], $"four sums reach {lines[1].Y[1]:P1}, one at a time {lines[0].Y[1]:P1}");
    }

    private static float[] Halved(float[] lanes) => [.. lanes.Take(lanes.Length / 2).Zip(lanes.Skip(lanes.Length / 2), (low, high) => low + high)];

    private static bool Refuses(Step step)
    {
        try
        {
            step(new float[40], new float[39]);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static void ForEachLength(Action<float[], float[]> check)
    {
        foreach (int length in Enumerable.Range(0, 258).Append(784))
        {
            var random = new Random(length);
            check([.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() * 3) - 1))], [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() * 3) - 1))]);
        }
    }

    private static float[] Padded(float[] values)
    {
        Array.Resize(ref values, (values.Length + 15) / 16 * 16);
        return values;
    }

    private static void Same(float expected, float actual, string what) =>
        Assert.True(BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(actual), $"{what}: {actual:G9}, expected {expected:G9}");
}
