using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Mnist.Kernels;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>One core's latencies and rates: as measured, and what is made of them.</summary>
public sealed class CoreRatesTests
{
    private static readonly CoreRates Core = new(3e9, 2, 3, 4, 2, 2, 1);

    [Fact]
    public void A_measured_core_has_latencies_and_rates_of_a_CPU_that_exists()
    {
        CoreRates core = CoreRates.Measure();

        Assert.InRange(core.CyclesPerSecond, 0.5e9, 8e9);
        Assert.InRange(core.AddLatency, 1, 8);
        Assert.InRange(core.MultiplyLatency, 1, 8);
        // Without a fused instruction an addition waits for each product: less than both means that one was left out.
        double waits = Fma.IsSupported || AdvSimd.IsSupported ? core.AddLatency : core.AddLatency + core.MultiplyLatency;
        Assert.InRange(core.MultiplyAddLatency, waits * 0.75, 12);
        Assert.InRange(core.MultiplyAddsPerCycle, 0.3, 4.5);
        Assert.InRange(core.LoadsPerCycle, 0.3, 4.5);
        Assert.InRange(core.StoresPerCycle, 0.2, 4.5);
        Assert.Contains("multiply-add (FMA)", core.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VectorWidth.Scalar)]
    [InlineData(VectorWidth.Bits128)]
    [InlineData(VectorWidth.Bits256)]
    [InlineData(VectorWidth.Bits512)]
    public void The_chains_compute_what_they_say(VectorWidth width)
    {
        Assert.SkipUnless(width <= Simd.Best, "this CPU does not have the width");
        int links = 2 * Latency.PerRound, lanes = (int)width;
        double power = Math.Pow(0.9999, links), sum = (1 - power) / (1 - 0.9999); // f^n, and 1 + f + … + f^(n − 1)

        Assert.Equal(7L * (links + 1), Latency.IntegerAdds(2, 7));
        Assert.Equal(1e-6 * (links + 1) * lanes, Latency.Adds(width, 2), 1e-7 * lanes);
        Assert.Equal(1e-6 * power * lanes, Latency.Multiplies(width, 2), 1e-9 * lanes);
        Assert.Equal(1e-6 * (power + sum) * lanes, Latency.MultiplyAdds(width, 2), 1e-9 * lanes);
        Assert.Equal(1e-6 * ((78 * power) + (12 * sum)) * lanes, PeakRate.Run(width, links), 1e-8 * lanes); // 1 + 2 + … + 12 = 78
    }

    [Fact]
    public void Stores_reach_every_value_and_no_other()
    {
        foreach (int length in Enumerable.Range(0, 140))
        {
            float[] values = new float[length + 2];
            WriteRate.Run(Simd.Best, values.AsSpan(1, length), 3, 2);
            Assert.Equal((0f, 0f, length), (values[0], values[^1], values.Count(value => value == 3)));
        }
    }

    [Fact]
    public void A_prediction_stands_beside_the_measured_cycles_and_the_rest()
    {
        double inCycles = Core.Arithmetic(200), atPeak = 200 / Ladder.PeakOperations; // so long takes the peak's work, and a product at the peak
        Ladder ladder = Ladder.Of("a product", 200, [("one", "")], 1, [[300 / inCycles * atPeak], [1]]); // 300 cycles, by its share of the peak
        Table table = Core.Explain(ladder, 200, ("one", "latency", 280));

        Assert.Contains("300", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("280", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("20 not explained", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("100 saved", Core.Explain(ladder, 200, ("one", "latency", 400)).ToString(), StringComparison.Ordinal);
        Assert.Contains("within 5 %", Core.Explain(ladder, 200, ("one", "latency", 310)).ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Core.Explain(ladder, 200, ("two", "latency", 1)));
        Assert.Equal(6, Core.Cycles(2e-9), 1e-9);
    }

    [Fact]
    public void Of_two_limits_of_a_step_only_the_slower_one_is_shown_whichever_comes_first()
    {
        Ladder ladder = Ladder.Of("a product", 200, [("one", "")], 1, [[1e-7], [1e-7]]);
        (string, string, double) loads = ("one", "loads", 250), latency = ("one", "latency", 310);
        foreach (string table in new[] { $"{Core.Explain(ladder, 200, loads, latency)}", $"{Core.Explain(ladder, 200, latency, loads)}" })
        {
            Assert.Contains("latency", table, StringComparison.Ordinal);
            Assert.DoesNotContain("loads", table, StringComparison.Ordinal);
            Assert.DoesNotContain("250", table, StringComparison.Ordinal);
        }
    }
}
