using Xunit;

namespace Mnist.Lab.Tests;

public sealed class PeakTests
{
    [Fact]
    public void A_fall_is_marked_at_the_last_size_before_it()
    {
        Assert.Equal([32 * 1024, 1024 * 1024], Samples.Bandwidth([]).Falls());
        Assert.Empty(new Bandwidth([1024, 2048, 4096, 8192, 16384, 32768], [100e9, 99e9, 40e9, 98e9, 100e9, 97e9], []).Falls());
        Assert.Empty(new Bandwidth([4096, 8192, 16384], [100e9, 95e9, 90e9], []).Falls());
    }

    [Fact]
    public void A_level_has_the_rate_of_the_sizes_well_within_it()
    {
        Cache[] caches = [new(1, 48 * 1024), new(2, 2 * 1024 * 1024)];

        Assert.Equal([("L1", 48 * 1024.0, 200e9), ("L2", 2 * 1024 * 1024.0, 90e9), ("memory", double.PositiveInfinity, 10e9)], Samples.Bandwidth(caches).Levels());
        Assert.Equal([("L1", 32 * 1024.0, 200e9), ("L2", 1024 * 1024.0, 91e9), ("memory", double.PositiveInfinity, 10e9)], Samples.Bandwidth([]).Levels());
        Assert.Equal([("L1", 48 * 1024.0, 200e9), ("L2", 1024 * 1024.0, 90e9), ("memory", double.PositiveInfinity, 10e9)], Samples.Bandwidth([new(1, 48 * 1024)]).Levels()); // L2 is not named, but the curve shows its end
    }

    [Fact]
    public void A_thing_lies_in_the_nearest_place_that_has_room_and_far_places_are_drawn_only_for_what_lies_there()
    {
        Diagram few = Samples.Peak.Places(("a sum", 64), ("W1", 401_408), ("images", 47e6)), far = new Peak(128e9, Samples.Bandwidth([])).Places(("pixels", 64 * 1024));

        Assert.Contains("core: ", few.Description, StringComparison.Ordinal);
        Assert.Contains(" B, a sum: 64 B; L1, 200 GB/s, 0.6 op/byte: 48 KB; L2, 90 GB/s, 1.4 op/byte: 2 MB, W1: 392 KB; memory, 10 GB/s, 12.8 op/byte: all the rest, images: 44.8 MB.", few.Description, StringComparison.Ordinal);
        Assert.Contains("L2, 91 GB/s, 1.4 op/byte: 1 MB, pixels: 64 KB;", far.Description, StringComparison.Ordinal);
        Assert.Contains(">W1: 392 KB</text>", few.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_curve_shows_sizes_in_bytes_and_the_caches_that_are_known()
    {
        string svg = Samples.Bandwidth([new(1, 48 * 1024)]).Figure().ToSvg();

        Assert.Contains(">64 KB</text>", svg, StringComparison.Ordinal);
        Assert.Contains("falls after 1 MB", svg, StringComparison.Ordinal);
        Assert.Contains("size of L1", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("size of L", Samples.Bandwidth([]).Figure().ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void Byte_ticks_are_powers_of_two_equally_far_apart()
    {
        Assert.Equal(["4 KB", "32 KB", "256 KB", "2 MB", "16 MB", "128 MB"], ByteTicks.Log(4096, 256e6, 7).Select(tick => tick.Text));
        Assert.Equal(["512 B", "1 KB", "2 KB"], ByteTicks.Log(500, 2048, 10).Select(tick => tick.Text));
        Assert.Equal(("1.5 MB", "0 B"), (ByteTicks.Text(1.5 * 1024 * 1024), ByteTicks.Text(0)));
    }

    [Fact]
    public void Caches_are_read_from_the_systems_description_and_absent_elsewhere()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        void Write(string index, string type, string level, string size)
        {
            Directory.CreateDirectory(Path.Combine(folder, index));
            foreach ((string name, string value) in new[] { ("type", type), ("level", level), ("size", size) })
                File.WriteAllText(Path.Combine(folder, index, name), value + "\n");
        }

        Write("index0", "Instruction", "1", "32K");
        Write("index1", "Unified", "2", "2M");
        Write("index2", "Data", "1", "48K");
        Write("index3", "Unified", "3", "unknown");
        Directory.CreateDirectory(Path.Combine(folder, "index4"));
        try
        {
            Assert.Equal([new Cache(1, 48 * 1024), new Cache(2, 2 * 1024 * 1024)], Cache.In(folder));
            Assert.Empty(Cache.In(Path.Combine(folder, "nowhere")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void No_point_of_the_roof_is_above_the_arithmetic_or_the_memory()
    {
        Peak peak = Samples.Peak;
        Figure figure = Roofline.Draw(peak, [new("one sample", 0.5, 40e9), new("batch of 32", 12.4, 120e9)]);

        foreach (((string name, double rate), LineTrace roof) in peak.Levels.Zip(figure.Traces.OfType<LineTrace>()))
        {
            Assert.Contains(name, roof.Name, StringComparison.Ordinal);
            Assert.All(roof.X.Zip(roof.Y), point => Assert.Equal(Math.Min(128, point.First * rate / 1e9), point.Second, 1e-6));
        }
        Assert.Equal((200e9, 90e9, 10e9, 10e9), (peak.ReadRate(1), peak.ReadRate(2), peak.ReadRate(3), peak.ReadRate(9)));
        Assert.Equal([40, 120], figure.Traces.OfType<PointTrace>().Single().Y);
        Assert.Contains(">batch of 32</text>", figure.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_measured_machine_is_slower_the_farther_the_bytes_are_and_shows_itself()
    {
        Peak peak = Peak.Measure();
        float[] values = new float[1 << 20];

        Assert.InRange(peak.OperationsPerSecond, 1e8, 1e12);
        Assert.NotEmpty(peak.Levels);
        Assert.All(peak.Levels, level => Assert.InRange(level.BytesPerSecond, 1e7, 1e13));
        Assert.True(peak.Levels[0].BytesPerSecond > peak.Levels[^1].BytesPerSecond, peak.ToString());
        Figure roofline = peak.Roofline(("negative part", values.Length, 8.0 * values.Length, () => Kernels.Relu.Compute(values)));
        Assert.InRange(roofline.Traces.OfType<PointTrace>().Single().Y[0], 1e-3, peak.OperationsPerSecond / 1e9);
        Assert.Contains("reading from", peak.ToHtml(), StringComparison.Ordinal);
    }
}
