using Mnist.Lab.Measuring;

namespace Mnist.Runner.Bench;

/// <summary>Everything that one run of <c>bench</c> measured. Times are in seconds, rates per second.</summary>
/// <param name="Date">The day, year first.</param>
/// <param name="Rounds">Epochs of each way that were counted.</param>
/// <param name="Machine">What the machine can do.</param>
/// <param name="Kernels">Each kernel with vectors of each width.</param>
/// <param name="RooflineSeconds">What the arithmetic of an epoch would take at the peak rate of one core.</param>
/// <param name="Ways">Ways of training, ours first, each with its peers' names and versions.</param>
/// <param name="OracleDifference">The largest distance of our losses from the oracle's; null: these are not MNIST's images.</param>
/// <param name="Steps">The phases of our step.</param>
/// <param name="Inference">Ways of reading the test images.</param>
/// <param name="TestImages">How many of those there are.</param>
/// <param name="Processes">Whole processes of our command line.</param>
/// <param name="Missing">Peers that took no part, and why.</param>
internal sealed record BenchReport(string Date, int Rounds, MachineReport Machine, IReadOnlyList<KernelReport> Kernels, double RooflineSeconds,
    IReadOnlyList<WayReport> Ways, double? OracleDifference, IReadOnlyList<StepReport> Steps, IReadOnlyList<InferenceReport> Inference, int TestImages,
    ProcessReport Processes, IReadOnlyList<string> Missing);

/// <summary>What the machine can do.</summary>
/// <param name="Processor">Its name.</param>
/// <param name="Cores">Cores that the process may use.</param>
/// <param name="Vectors">The widest vectors.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="PeakFlops">Operations per second of one core, registers only.</param>
/// <param name="PeakFlopsOfAllCores">The same of all cores at once.</param>
/// <param name="Peaks">The same of one core with vectors of each width, the widest first.</param>
/// <param name="Rates">Latencies and rates of instructions, in cycles.</param>
/// <param name="Reads">Bytes per second, by the bytes that are read again and again.</param>
internal sealed record MachineReport(string Processor, int Cores, string Vectors, string Runtime, double PeakFlops, double PeakFlopsOfAllCores,
    IReadOnlyList<WidthRate> Peaks, CoreRates Rates, IReadOnlyList<ReadReport> Reads);

/// <summary>A rate with vectors of a width.</summary>
/// <param name="Floats">Floats of a vector.</param>
/// <param name="Flops">Operations per second.</param>
internal sealed record WidthRate(int Floats, double Flops);

/// <summary>How fast a working set is read.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="BytesPerSecond">The rate.</param>
internal sealed record ReadReport(double Bytes, double BytesPerSecond);

/// <summary>A kernel.</summary>
/// <param name="Name">What it is, with its shape.</param>
/// <param name="Operations">Multiplications and additions of a call; 0 when it is no product.</param>
/// <param name="Times">One entry for each width, the widest first, and one for TensorPrimitives where it has the operation.</param>
internal sealed record KernelReport(string Name, double Operations, IReadOnlyList<KernelTime> Times);

/// <summary>A kernel's time.</summary>
/// <param name="With">The width in floats, or TensorPrimitives.</param>
/// <param name="Low">A quarter of the rounds are below it.</param>
/// <param name="Seconds">The median of a call.</param>
/// <param name="High">A quarter of the rounds are above it.</param>
internal sealed record KernelTime(string With, double Low, double Seconds, double High);

/// <summary>A way of training.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Version">The version of a peer; null: it is ours.</param>
/// <param name="Threads">Threads it uses.</param>
/// <param name="Seconds">Of each counted epoch.</param>
/// <param name="LossDifference">The largest distance of an epoch's loss from that of our fused step; not a number, in the file null: it diverged.</param>
internal sealed record WayReport(string Name, string? Version, int Threads, IReadOnlyList<double> Seconds, double? LossDifference)
{
    /// <summary>True if its loss was no number in some epoch.</summary>
    public bool Diverged() => !double.IsFinite(LossDifference ?? double.NaN);

    /// <summary>Median and quartiles of its epochs.</summary>
    public Spread Spread() => Lab.Measuring.Spread.Of(Seconds);
}

/// <summary>The phases of a step.</summary>
/// <param name="Name">Which step.</param>
/// <param name="Phases">In order.</param>
internal sealed record StepReport(string Name, IReadOnlyList<StepPhase> Phases);

/// <summary>A way of reading the test images.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Threads">Threads it uses.</param>
/// <param name="Seconds">Of each round.</param>
internal sealed record InferenceReport(string Name, int Threads, IReadOnlyList<double> Seconds)
{
    /// <summary>Median and quartiles of its rounds.</summary>
    public Spread Spread() => Lab.Measuring.Spread.Of(Seconds);
}

/// <summary>Whole processes, from their start to their end.</summary>
/// <param name="StartSeconds">Of <c>--help</c>, each round.</param>
/// <param name="TrainSeconds">Of <c>train</c> with ten epochs, each round.</param>
/// <param name="TrainPeakBytes">The most memory that such a training held.</param>
internal sealed record ProcessReport(IReadOnlyList<double> StartSeconds, IReadOnlyList<double> TrainSeconds, long TrainPeakBytes);
