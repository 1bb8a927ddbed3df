using System.Diagnostics;
using System.Runtime.InteropServices;
using Mnist.Kernels;

namespace Mnist.Lab.Measuring;

/// <summary>A place where data wait for the core.</summary>
/// <param name="Name">L1, L2, … or memory.</param>
/// <param name="Size">Its size in words; of memory, how much of it was tried.</param>
/// <param name="Seconds">Until a value from there can be used.</param>
public sealed record MachineLevel(string Name, string Size, double Seconds);

/// <summary>
/// This machine on one drawing: from the core over its caches to memory, with their sizes and with the time, measured,
/// until the core has a value from there.
/// </summary>
/// <remarks>
/// Each level is measured with loads that need one another, in random order, over a working set of half its size; memory
/// over 256 MB, which takes the search for the pages in. Of many samples the fastest counts, L1's from several places in
/// memory: cores that guess a line's way in L1 from its address (AMD's) guess wrongly again and again where the pages of a
/// working set happen to get in each other's way. The other levels wait for more than a guess: one place is enough there.
/// </remarks>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class Machine : IShownInParts
{
    private const int MemoryBytes = 256 * 1024 * 1024;
    private const int FirstPlaces = 8, FirstRounds = 40, Rounds = 100, Steps = 20_000; // many short samples: one of them meets no neighbour
    private const int Apart = 37 * 4096; // pages, and no power of two of them
    private const int FarRounds = 6, FarSteps = 100_000;

    internal Machine(double cyclesPerSecond, IReadOnlyList<MachineLevel> levels) => (CyclesPerSecond, Levels) = (cyclesPerSecond, levels);

    /// <summary>Integer additions per second, each waiting for the one before: the core's clock.</summary>
    public double CyclesPerSecond { get; }

    /// <summary>The caches, the nearest first, and memory.</summary>
    public IReadOnlyList<MachineLevel> Levels { get; }

    /// <summary>The drawing.</summary>
    public Diagram Picture => MachineDrawing.Draw(this);

    /// <summary>Cycles until a value from a level can be used.</summary>
    /// <exception cref="ArgumentException">There is no level of that name.</exception>
    public double Cycles(string level) =>
        CyclesPerSecond * (Levels.FirstOrDefault(one => one.Name == level) ?? throw new ArgumentException($"there is no {level} here; there are {string.Join(", ", Levels.Select(one => one.Name))}", nameof(level))).Seconds;

    /// <summary>Measures this machine; it takes one or two seconds, most of them to prepare the memory.</summary>
    public static unsafe Machine Measure() => Live.Run("Measuring the machine", live =>
    {
        (string Name, string Size, int Bytes)[] sets = [.. WorkingSets(Cache.Known())];
        var seconds = new double[sets.Length];
        byte* memory = (byte*)NativeMemory.AlignedAlloc(MemoryBytes, Matrix.Alignment);
        try
        {
            for (int i = 0; i < sets.Length; i++)
            {
                (string name, _, int bytes) = sets[i];
                seconds[i] = Places(name).Min(place => Latency(memory + place, bytes, Samples(name)));
                live.Update((i + 1.0) / sets.Length, sets[i].Name);
            }
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
        return new Machine(CoreRates.Measure().CyclesPerSecond, [.. sets.Zip(seconds, (set, time) => new MachineLevel(set.Name, set.Size, time))]);
    });

    /// <summary>Half of each known cache; where the third level is not told, what lies between the last known one and memory; and memory.</summary>
    internal static IEnumerable<(string Name, string Size, int Bytes)> WorkingSets(IReadOnlyList<Cache> caches)
    {
        foreach (Cache cache in caches)
            if (cache.Bytes < MemoryBytes) yield return ($"L{cache.Level}", ByteTicks.Text(cache.Bytes), Lines(cache.Bytes / 2));
        long last = caches.Count > 0 ? caches[^1].Bytes : 4 * 1024;
        if (caches.Count < 3 && last * 4 < MemoryBytes / 4) yield return ($"beyond {ByteTicks.Text(last)}", "size not told", Lines(last * 4));
        yield return ("memory", $"{ByteTicks.Text(MemoryBytes)} at random", MemoryBytes);
    }

    /// <summary>Where in the memory a level's working sets begin, in bytes.</summary>
    internal static IEnumerable<int> Places(string level) => Enumerable.Range(0, level == "L1" ? FirstPlaces : 1).Select(place => place * Apart);

    /// <summary>Samples of each working set, and their loads: few long ones of memory, where a load takes longest.</summary>
    private static (int Rounds, int Steps) Samples(string level) => level switch
    {
        "L1" => (FirstRounds, Steps),
        "memory" => (FarRounds, FarSteps),
        _ => (Rounds, Steps),
    };

    private static int Lines(long bytes) => (int)(bytes / LoadLatency.Line) * LoadLatency.Line;

    /// <summary>Seconds per load. Each sample goes on where the last one ended: what it read is near now, and must not be read again at once.</summary>
    private static unsafe double Latency(byte* memory, int bytes, (int Rounds, int Steps) samples)
    {
        LoadLatency.Link(memory, bytes, seed: 1);
        byte* place = LoadLatency.Follow(memory, bytes == MemoryBytes ? samples.Steps : bytes / LoadLatency.Line); // brings it as near as it fits
        double best = double.PositiveInfinity;
        for (int round = 0; round < samples.Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            place = LoadLatency.Follow(place, samples.Steps);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / samples.Steps);
        }
        return best;
    }

    /// <summary>The drawing as HTML.</summary>
    public string ToHtml() => Picture.ToHtml();

    /// <inheritdoc/>
    IReadOnlyList<IShownAsHtml> IShownInParts.Parts => [Picture];

    /// <summary>The levels in columns.</summary>
    public override string ToString() => new Table("This machine")
        .Text("", Levels.Select(level => level.Name)).Text("size", Levels.Select(level => level.Size))
        .Number("cycles", Levels.Select(level => level.Seconds * CyclesPerSecond), "N0").Number("ns", Levels.Select(level => level.Seconds * 1e9), "N1").ToString();
}
