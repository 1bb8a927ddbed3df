using Mnist.Kernels;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>The drawing of the machine: how it is measured, and what is drawn.</summary>
public sealed class MachineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public unsafe void A_chain_of_loads_visits_every_line_once_and_comes_home(int lines)
    {
        fixed (byte* memory = new byte[lines * LoadLatency.Line])
        {
            LoadLatency.Link(memory, lines * LoadLatency.Line, seed: 7);
            var seen = new HashSet<long>();
            for (int steps = 0; steps < lines; steps++) seen.Add((LoadLatency.Follow(memory, steps) - memory) / LoadLatency.Line);

            Assert.Equal(Enumerable.Range(0, lines).Select(line => (long)line), seen.Order());
            Assert.True(LoadLatency.Follow(memory, lines) == memory);
        }
    }

    [Fact]
    public unsafe void A_working_set_is_whole_lines()
    {
        Assert.Throws<ArgumentException>(() => LoadLatency.Link(null, LoadLatency.Line + 1, 1));
        Assert.Throws<ArgumentException>(() => LoadLatency.Link(null, 0, 1));
    }

    [Fact]
    public void Each_level_is_measured_over_half_its_size_and_what_is_not_told_is_not_named()
    {
        Cache[] two = [new(1, 48 * 1024), new(2, 1024 * 1024)], three = [.. two, new(3, 32 * 1024 * 1024)];

        Assert.Equal([("L1", "48 KB", 24 * 1024), ("L2", "1 MB", 512 * 1024), ("L3", "32 MB", 16 * 1024 * 1024), ("memory", "256 MB at random", 256 * 1024 * 1024)], Machine.WorkingSets(three));
        Assert.Equal(["L1", "L2", "beyond 1 MB", "memory"], Machine.WorkingSets(two).Select(set => set.Name));
        Assert.Equal(["beyond 4 KB", "memory"], Machine.WorkingSets([]).Select(set => set.Name));
    }

    [Fact]
    public void The_first_cache_is_measured_at_places_that_lie_apart_and_inside_the_memory()
    {
        int[] places = [.. Machine.Places("L1")];
        const int Largest = 64 * 1024; // half of the largest first cache there is

        Assert.Equal(8, places.Length);
        Assert.All(places, place => Assert.Equal(0, place % 4096));
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(pair.Second - pair.First >= Largest, $"{pair}"));
        Assert.All(places.Skip(1), place => Assert.False(int.IsPow2(place)));
        Assert.InRange(places[^1] + Largest, 0, Machine.WorkingSets([]).Last().Bytes);
        Assert.All(["L2", "L3", "beyond 1 MB", "memory"], level => Assert.Equal([0], Machine.Places(level)));
    }

    [Fact]
    public void Memory_is_farther_than_the_first_cache()
    {
        Machine machine = Machine.Measure();

        Assert.InRange(machine.CyclesPerSecond, 0.5e9, 8e9);
        Assert.Equal("memory", machine.Levels[^1].Name);
        Assert.InRange(machine.Levels[0].Seconds, 0.2e-9, 20e-9);
        if (machine.Levels[0].Name == "L1") // tens of times in truth
            Assert.True(machine.Levels[^1].Seconds > 5 * machine.Levels[0].Seconds, machine.ToString());
    }

    [Fact]
    public void It_tells_names_sizes_and_cycles()
    {
        Assert.Equal(14, Samples.Machine.Cycles("L2"), 1e-9);
        Assert.Throws<ArgumentException>(() => Samples.Machine.Cycles("L4"));
        foreach (string told in (string[])["48 KB", "4 cycles", "420 cycles", "105.0 ns", "7.0 min", "14 s"])
            Assert.Contains($">{told}</text>", Samples.Machine.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("L1 (48 KB): 4 cycles, 1.0 ns", Samples.Machine.Picture.Description, StringComparison.Ordinal);
    }
}
