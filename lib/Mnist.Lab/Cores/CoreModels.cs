using Mnist.Lab.Recording;

namespace Mnist.Lab.Cores;

/// <summary>Cores to time a kernel on: the one that the puzzles use, and real ones with 512-bit registers.</summary>
/// <remarks>
/// Sources of the real ones: AMD's and Intel's optimisation guides, uops.info, InstLatx64, and OSACA's and LLVM's tables.
/// Where they disagree (shuffles and comparisons above all) the value that was measured is taken, or the middle one.
/// Loads that hit the first cache take 7 cycles. <see cref="Zen5"/> was compared with the puzzles' kernels on an EPYC of
/// that family, each run from an idle core to its last result: nine of thirteen kernels took 0.82 to 1.2 times the
/// model's cycles; the dot product and the outer product 1.2 to 1.4 times; zero skipping, whose weights do not fit into
/// the first cache, 1.8 to 2.1 times; and the transpose, in registers of four, 0.5 to 0.7 times, for its narrow loads and
/// shuffles are quicker than those of ZMM registers.
/// </remarks>
public static class CoreModels
{
    /// <summary>The puzzles' core: round numbers, and what all real cores of today have in common.</summary>
    public static CoreModel Puzzle { get; } = Make("the puzzles' core", 6, 512, arithmetic: new("AB", 4), near: new("B", 1), far: new("B", 3), compare: new("B", 3));

    /// <summary>The puzzles' core with one port for loads instead of two.</summary>
    public static CoreModel OneLoad { get; } = Puzzle.With("one load per cycle", Loads("L"));

    /// <summary>AMD's Zen 5 (EPYC 9005, Ryzen 9000) with full 512-bit units; additions have units of their own.</summary>
    public static CoreModel Zen5 { get; } = Make("Zen 5", 8, 448, new("AB", 4), new("CD", 1), new("CD", 5), new("CD", 5))
        .With("Zen 5", (Operation.Add, new("CD", 3)), (Operation.Subtract, new("CD", 3)), (Operation.Multiply, new("AB", 3)),
            (Operation.Max, new("CD", 2)), (Operation.Min, new("CD", 2)), (Operation.Select, new("ABCD", 1)));

    /// <summary>AMD's Zen 4 (EPYC 9004, Ryzen 7000): every 512-bit instruction takes a 256-bit unit for two cycles.</summary>
    public static CoreModel Zen4 { get; } = Make("Zen 4", 6, 320, new("AB", 4, 2), new("CD", 1, 2), new("CD", 5, 2), new("CD", 5, 2))
        .With("Zen 4", (Operation.Add, new("CD", 3, 2)), (Operation.Subtract, new("CD", 3, 2)), (Operation.Multiply, new("AB", 3, 2)),
            (Operation.Max, new("CD", 2, 2)), (Operation.Min, new("CD", 2, 2)))
        .With("Zen 4", [.. Loads("L"), (Operation.Store, new("S", 1, 2)), (Operation.MaskedStore, new("S", 1, 2)), (Operation.Spill, new("S", 1, 2))]);

    /// <summary>Intel's Ice Lake server core.</summary>
    public static CoreModel IceLakeServer { get; } = Make("Ice Lake server", 5, 352, new("AB", 4), new("B", 1), new("B", 3), new("B", 3));

    /// <summary>Intel's Sapphire Rapids.</summary>
    public static CoreModel SapphireRapids { get; } = Make("Sapphire Rapids", 6, 512, new("AB", 4), new("B", 1), new("B", 3), new("B", 3))
        .With("Sapphire Rapids", (Operation.Add, new("AB", 3)), (Operation.Subtract, new("AB", 3)));

    /// <summary>All of them, the puzzles' core first.</summary>
    public static IReadOnlyList<CoreModel> All { get; } = [Puzzle, OneLoad, Zen5, Zen4, IceLakeServer, SapphireRapids];

    /// <summary>
    /// The core that this process runs on: what <see cref="CoreRates"/> measures is taken from there, the rest from
    /// the puzzles' core.
    /// </summary>
    public static CoreModel Measured(CoreRates rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        string units = Ports("AB", rates.MultiplyAddsPerCycle), loads = Ports("LM", rates.LoadsPerCycle);
        int Latency(double cycles) => Math.Max(1, (int)Math.Round(cycles));
        int add = Latency(rates.AddLatency);
        return Puzzle.With("this core, as measured", Loads(loads)).With("this core, as measured",
            (Operation.Add, new(units, add)), (Operation.Subtract, new(units, add)),
            (Operation.Multiply, new(units, Latency(rates.MultiplyLatency))), (Operation.Fma, new(units, Latency(rates.MultiplyAddLatency))));
    }

    private static string Ports(string both, double perCycle) => perCycle < 1.5 ? both[..1] : both;

    private static (Operation, Unit)[] Loads(string ports) =>
    [
        (Operation.Load, new(ports, 7)), (Operation.Broadcast, new(ports, 7)), (Operation.Constant, new(ports, 7)), (Operation.Reload, new(ports, 7)),
        (Operation.MaskedLoad, new(ports, 8)), (Operation.LoadPosition, new(ports, 5)),
    ];

    private static CoreModel Make(string name, int issue, int window, Unit arithmetic, Unit near, Unit far, Unit compare) => new CoreModel
    {
        Name = name,
        Issue = issue,
        Window = window,
        Units = new Dictionary<Operation, Unit>
        {
            [Operation.Zero] = new("", 0),
            [Operation.Add] = arithmetic,
            [Operation.Subtract] = arithmetic,
            [Operation.Multiply] = arithmetic,
            [Operation.Fma] = arithmetic,
            [Operation.Max] = arithmetic,
            [Operation.Min] = arithmetic,
            [Operation.Select] = arithmetic with { Latency = 1 },
            [Operation.Less] = compare,
            [Operation.LessOrEqual] = compare,
            [Operation.Equal] = compare,
            [Operation.FirstLanes] = compare,
            [Operation.And] = new("A", 1),
            [Operation.ShuffleNear] = near,
            [Operation.Pair] = near,
            [Operation.ShuffleFar] = far,
            [Operation.Store] = new("S", 1),
            [Operation.MaskedStore] = new("S", 1),
            [Operation.Spill] = new("S", 1),
        },
    }.With(name, Loads("LM"));
}
