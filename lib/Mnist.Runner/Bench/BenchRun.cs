using System.Diagnostics;
using System.Globalization;
using Mnist.Kernels;
using Mnist.Lab;
using Mnist.Lab.Measuring;

namespace Mnist.Runner.Bench;

/// <summary>What a run of <c>bench</c> is asked to do.</summary>
/// <param name="Rounds">Epochs of each way that are counted.</param>
/// <param name="Quick">True: without what takes long.</param>
/// <param name="Python">The Python for the peers; null: the first in PATH that has NumPy.</param>
/// <param name="TorchSharp">True: TorchSharp is a peer too.</param>
internal sealed record BenchSettings(int Rounds, bool Quick, string? Python, bool TorchSharp);

/// <summary>One run of <c>bench</c>: the machine, the kernels, the race, the phases of a step, inference, whole processes.</summary>
/// <param name="data">The data set.</param>
/// <param name="settings">What to do.</param>
/// <param name="stage">Told what begins.</param>
/// <param name="share">Told how much of the race is done, 0 … 1.</param>
internal sealed class BenchRun(MnistData data, BenchSettings settings, Action<string> stage, Action<double> share)
{
    private const double Patience = 20, QuickPatience = 4; // seconds of one peer
    private readonly Network network = Trainer.InitialNetwork(data, new TrainingOptions());

    /// <summary>Measures everything.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="PeerException">A peer that had begun did not go on.</exception>
    public BenchReport Measure(CancellationToken cancellation)
    {
        stage("the machine");
        MachineReport machine = Machine();
        stage("the kernels");
        IReadOnlyList<KernelReport> kernels = KernelBench.Run(data, settings.Quick ? [Simd.Best] : [.. Simd.Supported.Reverse()]);
        cancellation.ThrowIfCancellationRequested();
        stage("peers: looking for them");
        string folder = Directory.CreateTempSubdirectory("bench-").FullName;
        try
        {
            string weights = Path.Combine(folder, "weights.npz");
            ModelFile.Save(network, weights);
            using PeerTeams peers = PeerTeams.Find(data.Folder, weights, settings.Python, settings.TorchSharp, settings.Quick);
            return Race(machine, kernels, peers, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private BenchReport Race(MachineReport machine, IReadOnlyList<KernelReport> kernels, PeerTeams peers, CancellationToken cancellation)
    {
        stage("the race: an epoch of each way in turn");
        var others = peers.All.ToList();
        (IReadOnlyList<RaceResult> results, IReadOnlyList<double> peaks) = TrainingRace.Run(data, settings.Rounds, peers.Rivals(settings.Quick ? QuickPatience : Patience), share, cancellation);
        share(1);
        // The quietest peak: a rate that the core did reach.
        machine = machine with { PeakFlops = Math.Max(machine.PeakFlops, peaks.Max()) };
        IReadOnlyList<double> fused = results.First(way => way.Name == "fused").Losses;
        WayReport[] ways = [.. results.Select((way, i) => new WayReport(way.Name, i < TrainingRace.AllWays.Count ? null : others[i - TrainingRace.AllWays.Count].Peer.Version,
            way.Threads, way.Seconds, Difference(way.Losses, fused)))];
        stage("the phases of a step");
        StepReport[] steps = [Step("multiplying zeros", Zeros.Dense), Step("skipping zeros", Zeros.Skip)];
        stage("inference");
        IReadOnlyList<InferenceReport> inference = Inference(peers);
        stage("whole processes");
        ProcessReport processes = ChildRuns.Run(data.Folder, settings.Quick ? 1 : 5);
        return new BenchReport(DateTime.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), settings.Rounds, machine, kernels,
            TrainingRace.OperationsPerImage(network) * data.Training.Count / machine.PeakFlops, ways, IsMnist() ? Difference(fused, Oracle.Losses) : null, steps, inference, data.Test.Count, processes, peers.Missing);
    }

    private static MachineReport Machine()
    {
        StartReport start = Lesson.Start();
        Peak peak = Peak.Measure();
        WidthRate[] peaks = [.. Simd.Supported.Reverse().Select(width => new WidthRate((int)width, Peak.OperationsPerSecondWith(width)))];
        return new MachineReport(start.Processor, start.Cores, start.VectorWidth, start.Runtime, Math.Max(peak.OperationsPerSecond, peaks[0].Flops), Peak.OperationsPerSecondOfAllCores(),
            peaks, CoreRates.Measure(), [.. peak.Reads.Select(read => new ReadReport(read.Bytes, read.BytesPerSecond))]);
    }

    private StepReport Step(string name, Zeros zeros) =>
        new(name, StepProfile.Measure(network, data.Training, new TrainingOptions { Zeros = zeros, Threads = 1 }).Phases);

    /// <summary>Reads the test images in every way, in turn. Peers have them as floats; ours unpacks bytes and counts what was read as what.</summary>
    private List<InferenceReport> Inference(PeerTeams peers)
    {
        const int Warm = 40; // so many calls make the tiered compiler look at a method again
        int rounds = settings.Quick ? 3 : 15;
        for (int i = 0; i < Warm; i++) network.Evaluate(data.Test);
        var others = peers.All.ToList();
        List<double>[] seconds = [.. Enumerable.Range(0, others.Count + 1).Select(_ => new List<double>())];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < others.Count; i++) Keep(seconds[i + 1], round, others[i].Process.Infer(others[i].Peer.Id));
            long start = Stopwatch.GetTimestamp();
            network.Evaluate(data.Test);
            Keep(seconds[0], round, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return [new InferenceReport("ours, from bytes", Environment.ProcessorCount, seconds[0]), .. others.Select((one, i) => new InferenceReport(one.Peer.Name, one.Threads, seconds[i + 1]))];
    }

    private static void Keep(List<double> seconds, int round, double one)
    {
        if (round >= 0) seconds.Add(one);
    }

    /// <summary>MNIST begins with these digits.</summary>
    private bool IsMnist() => data.Training.Count == 60_000 && data.Training.Labels[..5].SequenceEqual((ReadOnlySpan<byte>)[5, 0, 4, 1, 9]);

    private static double Difference(IEnumerable<double> losses, IEnumerable<double> others) => losses.Zip(others, (one, other) => Math.Abs(one - other)).Aggregate(0.0, Math.Max); // unlike Max() it keeps NaN
}
