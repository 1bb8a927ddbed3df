using System.Diagnostics;

namespace Mnist.Lab.Measuring;

/// <summary>One way of training in a race.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Threads">Threads it uses.</param>
/// <param name="Seconds">Seconds per epoch, one entry per round.</param>
public sealed record RaceResult(string Name, int Threads, IReadOnlyList<double> Seconds)
{
    /// <summary>The middle round.</summary>
    public double Median => Seconds.Order().ElementAt(Seconds.Count / 2);

    /// <summary>The quietest round.</summary>
    public double Quietest => Seconds.Min();
}

/// <summary>
/// Trains in every way there is, an epoch each in turn, round after round, with the core's own peak rate measured in
/// between: a machine that slows down slows all of them, and what counts is the ratio.
/// </summary>
public static class TrainingRace
{
    private const int PeakSamples = 5;

    /// <summary>Multiplications and additions of an epoch per image: forward and weight gradient of every layer, input gradient of all but the first.</summary>
    public static double OperationsPerImage(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        double products = network.Layers.Sum(layer => 2.0 * layer.Inputs * layer.Outputs);
        return (2 * products) + products - (2.0 * network.Layers[0].Inputs * network.Layers[0].Outputs);
    }

    /// <summary>The ways that race: each strategy on one thread, the two fast ones on two.</summary>
    public static IReadOnlyList<(string Name, TrainingOptions Options)> AllWays { get; } =
    [
        ("a sample at a time", new TrainingOptions { Strategy = Strategy.SampleAtATime, Threads = 1 }),
        ("textbook", new TrainingOptions { Strategy = Strategy.Textbook, Threads = 1 }),
        ("fused", new TrainingOptions { Zeros = Zeros.Dense, Threads = 1 }),
        ("fused", new TrainingOptions { Zeros = Zeros.Dense, Threads = 2 }),
        ("fused, zeros skipped", new TrainingOptions { Zeros = Zeros.Skip, Threads = 1 }),
        ("fused, zeros skipped", new TrainingOptions { Zeros = Zeros.Skip, Threads = 2 }),
    ];

    /// <summary>Runs the race.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="rounds">Epochs each, at least 1; one more comes first and is not counted.</param>
    /// <param name="progress">Told after each epoch how many of all are done, 0 … 1.</param>
    /// <param name="cancellation">Stops between two epochs.</param>
    /// <returns>The results, and the peak rate of one core in operations per second, one entry per round: the best of a few samples.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static (IReadOnlyList<RaceResult> Results, IReadOnlyList<double> PeakRates) Run(MnistData data, int rounds, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rounds);
        var runners = AllWays.Select(way => new Runner(data, way.Options)).ToList();
        var peaks = new List<double>();
        try
        {
            for (int round = 0; round <= rounds; round++)
            {
                for (int i = 0; i < runners.Count; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    runners[i].Epoch(counted: round > 0);
                    progress?.Invoke(((round * runners.Count) + i + 1.0) / ((rounds + 1) * runners.Count));
                }
                if (round > 0) peaks.Add(Enumerable.Range(0, PeakSamples).Max(_ => Peak.MultiplyAddRate()));
            }
        }
        finally
        {
            foreach (Runner runner in runners) runner.Dispose();
        }
        return ([.. AllWays.Select((way, i) => new RaceResult(way.Name, way.Options.Threads, runners[i].Seconds))], peaks);
    }

    private sealed class Runner : IDisposable
    {
        private readonly ITrainingStep step;
        private readonly int[] order;
        private readonly int batchSize;

        public Runner(MnistData data, TrainingOptions options)
        {
            step = Trainer.CreateStep(Trainer.InitialNetwork(data, options), data.Training, options);
            order = [.. Enumerable.Range(0, data.Training.Count)];
            batchSize = options.BatchSize;
        }

        public List<double> Seconds { get; } = [];

        public void Epoch(bool counted)
        {
            long start = Stopwatch.GetTimestamp();
            for (int first = 0; first < order.Length; first += batchSize)
                step.Train(order.AsMemory(first, Math.Min(batchSize, order.Length - first)));
            step.Save();
            if (counted) Seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        public void Dispose() => step.Dispose();
    }
}
