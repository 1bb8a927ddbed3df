using System.Diagnostics;

namespace Mnist.Lab.Measuring;

/// <summary>One way of training in a race.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Threads">Threads it uses.</param>
/// <param name="Seconds">Seconds per epoch, one entry per round.</param>
public sealed record RaceResult(string Name, int Threads, IReadOnlyList<double> Seconds)
{
    /// <summary>The mean loss of each epoch, the uncounted first one too.</summary>
    public IReadOnlyList<double> Losses { get; init; } = [];
}

/// <summary>A way of training that is not ours, to race against.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Threads">Threads it uses.</param>
/// <param name="Epoch">Trains one more epoch: the seconds it took, and the mean loss.</param>
/// <param name="Patience">Seconds; when its epochs have taken so long it takes no further part, and has fewer rounds.</param>
public sealed record Rival(string Name, int Threads, Func<(double Seconds, double Loss)> Epoch, double Patience);

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
    public static (IReadOnlyList<RaceResult> Results, IReadOnlyList<double> PeakRates) Run(MnistData data, int rounds, Action<double>? progress = null, CancellationToken cancellation = default) =>
        Run(data, rounds, [], progress, cancellation);

    /// <summary>Runs the race with others.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="rounds">Epochs each, at least 1; one more comes first and is not counted.</param>
    /// <param name="rivals">Who else takes part; their results come after ours.</param>
    /// <param name="progress">Told after each epoch how many of all are done, 0 … 1.</param>
    /// <param name="cancellation">Stops between two epochs.</param>
    /// <returns>As without others.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static (IReadOnlyList<RaceResult> Results, IReadOnlyList<double> PeakRates) Run(MnistData data, int rounds, IReadOnlyList<Rival> rivals, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(rivals);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rounds);
        var all = new List<Racer>();
        var peaks = new List<double>();
        try
        {
            foreach ((string name, TrainingOptions options) in AllWays) all.Add(new Runner(data, name, options));
            foreach (Rival rival in rivals) all.Add(new RivalRunner(rival));
            for (int round = 0; round <= rounds; round++)
            {
                for (int i = 0; i < all.Count; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    all[i].Epoch(counted: round > 0);
                    progress?.Invoke(((round * all.Count) + i + 1.0) / ((rounds + 1) * all.Count));
                }
                if (round > 0) peaks.Add(Enumerable.Range(0, PeakSamples).Max(_ => Peak.MultiplyAddRate()));
            }
        }
        finally
        {
            foreach (Racer racer in all) racer.Dispose();
        }
        return ([.. all.Select(racer => racer.Result)], peaks);
    }

    private abstract class Racer(string name, int threads) : IDisposable
    {
        private readonly List<double> seconds = [], losses = [];

        public RaceResult Result => new(name, threads, seconds) { Losses = losses };

        public void Epoch(bool counted)
        {
            if (Train() is not { } epoch) return;
            losses.Add(epoch.Loss);
            if (counted || IsOver) seconds.Add(epoch.Seconds);
        }

        public virtual void Dispose()
        {
        }

        /// <summary>True when there are no more epochs; the last one counts, even if it is the first.</summary>
        protected virtual bool IsOver => false;

        /// <summary>One more epoch, or null when there are no more.</summary>
        protected abstract (double Seconds, double Loss)? Train();
    }

    private sealed class RivalRunner(Rival rival) : Racer(rival.Name, rival.Threads)
    {
        private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(50); // its threads spin a little before they sleep
        private double spent;

        protected override bool IsOver => spent >= rival.Patience;

        protected override (double Seconds, double Loss)? Train()
        {
            if (IsOver) return null;
            (double Seconds, double Loss) epoch = rival.Epoch();
            Thread.Sleep(Settling);
            spent += epoch.Seconds;
            return epoch;
        }
    }

    private sealed class Runner : Racer
    {
        private readonly ITrainingStep step;
        private readonly int[] order;
        private readonly int batchSize;

        public Runner(MnistData data, string name, TrainingOptions options)
            : base(name, options.Threads)
        {
            step = Trainer.CreateStep(Trainer.InitialNetwork(data, options), data.Training, options);
            order = [.. Enumerable.Range(0, data.Training.Count)];
            batchSize = options.BatchSize;
        }

        public override void Dispose()
        {
            step.Dispose();
            base.Dispose();
        }

        protected override (double Seconds, double Loss)? Train()
        {
            double loss = 0;
            long start = Stopwatch.GetTimestamp();
            for (int first = 0; first < order.Length; first += batchSize)
                loss += step.Train(order.AsMemory(first, Math.Min(batchSize, order.Length - first)));
            step.Save();
            return (Stopwatch.GetElapsedTime(start).TotalSeconds, loss / order.Length);
        }
    }
}
