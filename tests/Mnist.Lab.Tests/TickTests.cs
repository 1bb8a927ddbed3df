using System.Globalization;
using FsCheck.Xunit;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class TickTests
{
    [Property(MaxTest = 500)]
    public void Ticks_lie_in_the_range_evenly_and_are_as_many_as_wanted(int start, uint length, byte power, byte wish)
    {
        double scale = Math.Pow(10, (power % 13) - 6);
        double from = start * scale, to = from + ((1 + (length % 10_000)) * scale);
        int wanted = 2 + (wish % 10);
        IReadOnlyList<Tick> ticks = Ticks.Linear(from, to, wanted);

        double slack = (to - from) * 1e-6;
        Assert.InRange(ticks.Count, wanted / 3, wanted + 1);
        Assert.All(ticks, tick => Assert.InRange(tick.Value, from - slack, to + slack));
        for (int i = 2; i < ticks.Count; i++)
            Assert.Equal(ticks[1].Value - ticks[0].Value, ticks[i].Value - ticks[i - 1].Value, slack);
        Assert.Equal(ticks.Count, ticks.Select(tick => tick.Text).Distinct().Count());
    }

    [Property(MaxTest = 300)]
    public void A_linear_step_is_1_2_or_5_times_a_power_of_ten(uint length, byte wish)
    {
        double to = 1 + (length % 100_000);
        IReadOnlyList<Tick> ticks = Ticks.Linear(0, to, 2 + (wish % 10));
        if (ticks.Count < 2) return;
        double step = ticks[1].Value - ticks[0].Value;
        double leading = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9));
        Assert.Contains(Math.Round(leading, 6), (double[])[1, 2, 5]);
    }

    [Property(MaxTest = 300)]
    public void Log_ticks_lie_in_the_range_and_are_never_many(byte low, byte decades)
    {
        double from = Math.Pow(10, -(low % 12)), to = from * Math.Pow(10, 0.5 + (decades % 20));
        IReadOnlyList<Tick> ticks = Ticks.Log(from, to, 8);

        Assert.InRange(ticks.Count, 1, 12);
        Assert.All(ticks, tick => Assert.InRange(tick.Value, from * 0.999, to * 1.001));
    }

    [Fact]
    public void Labels_have_as_many_decimals_as_the_step_needs()
    {
        Assert.Equal(["0.0", "0.5", "1.0", "1.5"], Ticks.Linear(0, 1.7, 4).Select(tick => tick.Text));
        Assert.Equal(["1", "2", "3"], Ticks.Linear(1, 3, 8, whole: true).Select(tick => tick.Text));
        Assert.Equal(["−5", "0", "5"], Ticks.Linear(-5, 5, 3).Select(tick => tick.Text));
        Assert.Equal(["90 %", "95 %", "100 %"], Ticks.Linear(0.9, 1, 2, percent: true).Select(tick => tick.Text));
        Assert.Equal(["10⁻⁴", "0.01", "1"], Ticks.Log(1e-4, 1, 3).Select(tick => tick.Text));
        Assert.Equal(["1", "2", "5", "10"], Ticks.Log(1, 10, 8).Select(tick => tick.Text));
        Assert.Equal("1.2·10⁻⁶", Ticks.Scientific(1.2e-6, 1));
        Assert.Equal("−10⁸", Ticks.Scientific(-1e8, 1));
    }

    [Property(MaxTest = 300)]
    public void Names_at_the_ends_of_lines_never_lie_on_one_another(byte a, byte b, byte c, byte d)
    {
        double[] sorted = [.. new double[] { a, b, c, d }.Order()];
        double[] places = EndLabels.Spread(sorted, 255);
        for (int i = 1; i < places.Length; i++)
            Assert.True(places[i] - places[i - 1] >= 15.999, string.Join(" ", places.Select(place => place.ToString(CultureInfo.InvariantCulture))));
        Assert.True(places[^1] <= 255);
    }
}
