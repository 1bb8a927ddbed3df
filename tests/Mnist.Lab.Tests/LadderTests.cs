using Mnist.Kernels;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class LadderTests
{
    [Fact]
    public void Steps_are_compared_with_the_step_before_and_peers_with_the_last_step()
    {
        Ladder ladder = Samples.Ladder;

        Assert.Null(ladder.Rungs[0].OverBefore);
        Assert.Equal(8, ladder["lanes"].OverBefore!.Median, 1e-9);
        Assert.Equal(0.5, ladder["a step back"].OverBefore!.Median, 1e-9);
        Assert.Equal(5, ladder["tiles"].OverBefore!.Median, 1e-9);
        Assert.Equal(0.25, ladder["a library"].OverBefore!.Median, 1e-9);
        Assert.Equal(0.1, ladder["another"].OverBefore!.Median, 1e-9);
        Assert.Equal(20, ladder.Speedup("tiles", over: "naive"), 1e-9);
        Assert.Equal((true, false), (ladder["a step back"].IsSlower, ladder["tiles"].IsSlower));
        Assert.Throws<ArgumentException>(() => ladder["nothing"]);
    }

    [Fact]
    public void The_share_of_the_peak_is_that_of_each_round()
    {
        double peak = PeakRate.Operations(Simd.Best, 5_000);
        double[][] seconds = [[2, 20, 2], [1, 10, 1]]; // the second round met a neighbour
        Ladder ladder = Ladder.Of("noisy", peak, [("all there is", "")], 1, seconds);

        Assert.Equal(new Spread(0.5, 0.5, 0.5), ladder.Rungs[0].OfPeak);
        Assert.Equal(peak / 2, ladder.Rungs[0].OperationsPerSecond);
    }

    [Fact]
    public void A_step_that_made_it_slower_keeps_its_rung_and_says_so_without_colour()
    {
        string html = Samples.Ladder.ToHtml();

        Assert.Contains("▼ 0.50 ×", html, StringComparison.Ordinal);
        Assert.Contains(">a library (peer)<", html, StringComparison.Ordinal);
        Assert.Contains("0.25 ×", html, StringComparison.Ordinal);
        Assert.DoesNotContain("▼ 0.25 ×", html, StringComparison.Ordinal);
        Assert.Contains("peer is compared with the last step.", html, StringComparison.Ordinal);
        Assert.Equal(6, Samples.Ladder.Chart.Traces.OfType<BarTrace>().Single().Values.Length);
    }

    [Fact]
    public void A_real_ladder_finds_the_vectors_faster_and_nothing_faster_than_the_peak()
    {
        float[] a = [.. Enumerable.Range(0, 4096).Select(i => (i % 7) - 2f)], b = [.. Enumerable.Range(0, 4096).Select(i => (i % 5) - 1f)];
        Ladder ladder = Ladder.Climb("Dot product", 2 * a.Length, ("scalar", "one at a time", () => DotProduct.Compute(VectorWidth.Scalar, a, b)), ("vectors", "many at a time", () => DotProduct.Compute(a, b)));

        Assert.All(ladder.Rungs, rung => Assert.InRange(rung.OfPeak.Median, 1e-4, 1.1));
        if (Simd.Best > VectorWidth.Scalar) Assert.True(ladder.Speedup("vectors", over: "scalar") > 1.5, ladder.ToString());
        Assert.Throws<ArgumentException>(() => Ladder.Climb("nothing", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ladder.Climb("no work", 0, ("a", "", () => { })));
    }
}
