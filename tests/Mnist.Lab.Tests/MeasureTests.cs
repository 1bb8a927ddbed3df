using Xunit;

namespace Mnist.Lab.Tests;

public sealed class MeasureTests
{
    private static void Spin(int turns)
    {
        for (int i = 0; i < turns; i++) Thread.SpinWait(20);
    }

    [Fact]
    public void It_finds_which_of_two_is_slower_by_much_and_how_sure_that_is()
    {
        Timings timings = Measure.Ratios(("long", () => Spin(400)), ("short", () => Spin(10)));
        Spread spread = timings.SpeedupSpread(1);

        Assert.True(spread.Median > 5, timings.ToString());
        Assert.True(spread.Low <= spread.Median && spread.Median <= spread.High, timings.ToString());
        Assert.Equal(spread.Median, timings.Speedup("short"));
        Assert.Equal(1, timings.Speedup(0));
        Assert.Equal(timings.All[0].Rounds.Count, timings.All[1].Rounds.Count);
        Assert.Throws<ArgumentException>(() => timings.Speedup("other"));
        Assert.Throws<ArgumentException>(() => Measure.Ratios());
    }

    [Fact]
    public void A_machine_that_slows_down_slows_all_and_leaves_the_ratio()
    {
        double[] machine = [1, 1, 9, 8, 1, 2, 7];
        var timings = new Timings([Timing.Of("a", [.. machine.Select(slow => 3 * slow)]), Timing.Of("b", [.. machine.Select(slow => 1.5 * slow)])]);

        Assert.Equal(new Spread(2, 2, 2), timings.SpeedupSpread(1));
        Assert.Equal(6, timings.All[0].Seconds);
    }

    [Fact]
    public void Half_of_the_rounds_lie_between_the_quartiles()
    {
        Assert.Equal(new Spread(3, 5, 7), Spread.Of([9, 1, 5, 3, 7, 2, 8, 4, 6]));
        Assert.Equal(new Spread(4, 4, 4), Spread.Of([4]));
        Assert.Equal("0.21 … 120", new Spread(0.211, 3, 119.7).ToString());
        Assert.Throws<ArgumentException>(() => Spread.Of([]));
    }

    [Fact]
    public void What_differs_from_run_to_run_is_marked()
    {
        var timings = new Timings([new Timing("scalar", 3.1e-7), new Timing("vectors", 2.2e-8)]);
        string html = timings.ToHtml();

        Assert.Contains("<span data-volatile=\"\">310 ns</span>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("14.1", System.Text.RegularExpressions.Regex.Replace(html, "<span data-volatile=\"\">.*?</td>", ""), StringComparison.Ordinal);
    }
}
