using System.Diagnostics;

namespace Mnist.Lab.Speed;

/// <summary>
/// Two threads train while, for the middle third of the batches, busy neighbours leave them one core too few. Watched twice:
/// a team that stays together whatever comes, and one that is left when a thread alone is quicker.
/// </summary>
public sealed class Neighbour
{
    private const int Third = 480, Chunk = 24, Threads = 2;

    private Neighbour(IReadOnlyList<double> together, IReadOnlyList<double> free, IReadOnlyList<double> alone, string[] hashes) =>
        (Together, Free, Alone, Hashes) = (together, free, alone, hashes);

    /// <summary>Seconds per batch of the team that stays together, one entry per 24 batches.</summary>
    public IReadOnlyList<double> Together { get; }

    /// <summary>Seconds per batch of the team that may be left, one entry per 24 batches.</summary>
    public IReadOnlyList<double> Free { get; }

    /// <summary>Share of those batches that one thread did alone, 0 … 1, one entry per 24 batches.</summary>
    internal IReadOnlyList<double> Alone { get; }

    /// <summary>SHA-256 of the weights: one thread without neighbours, the team together, the team that may be left.</summary>
    public IReadOnlyList<string> Hashes { get; }

    /// <summary>How many times as long a batch takes with the neighbours as without, for the team that stays together.</summary>
    public double Slowdown => Middle(Together) / Math.Max(Quiet(Together), double.Epsilon);

    /// <summary>Trains on 1,440 batches of 32 images, three times.</summary>
    /// <param name="data">The images; after the last whole batch the first comes again.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 32 images.</exception>
    public static Neighbour Watch(MnistData data) => Live.Run("A busy neighbour", live =>
    {
        ArgumentNullException.ThrowIfNull(data);
        TrainingOptions options = new() { Threads = Threads, Zeros = Zeros.Skip };
        var watched = new Watched(new Governor(Threads, TimeProvider.System));
        (_, string one) = Train(data, options with { Threads = 1 }, null, false);
        live.Update(0.1, "a team that stays together");
        (double[] together, string hashTogether) = Train(data, options, new NeverAlone(), true);
        live.Update(0.7, "a team that may be left");
        (double[] free, string hashFree) = Train(data, options, watched, true);
        return new Neighbour(together, free, [.. watched.WasAlone.Chunk(Chunk).Select(chunk => chunk.Average(alone => alone ? 1.0 : 0))], [one, hashTogether, hashFree]);
    });

    /// <summary>Both teams' times per batch, and where the neighbours come and go.</summary>
    public Figure Figure
    {
        get
        {
            double[] at = [.. Enumerable.Range(0, Together.Count).Select(i => (Chunk * i) + (Chunk / 2.0))];
            double high = Together.Concat(Free).Max() * 1e6;
            return new Figure("Two threads; neighbours between the dashed lines")
                .Line("stays together", at, Together.Select(one => 1e6 * one), Palette.Vermilion)
                .Line("may be left", at, Free.Select(one => 1e6 * one), Palette.Blue)
                .Line("neighbours come", [Third, Third], [1e6 * Free.Min(), high], reference: true)
                .Line("and go", [2 * Third, 2 * Third], [1e6 * Free.Min(), high], reference: true)
                .XAxis("batch").YAxis("µs per batch", log: true);
        }
    }

    private static double Middle(IReadOnlyList<double> seconds) => seconds.Skip(Third / Chunk).Take(Third / Chunk).Average();

    private static double Quiet(IReadOnlyList<double> seconds) => Spread.Of(seconds.Take(Third / Chunk)).Median;

    private static (double[] Seconds, string Hash) Train(MnistData data, TrainingOptions options, IGovernor? governor, bool disturbed)
    {
        Network network = Trainer.InitialNetwork(data, options);
        int[] order = [.. Enumerable.Range(0, data.Training.Count)];
        int batches = order.Length / options.BatchSize;
        ArgumentOutOfRangeException.ThrowIfZero(batches, nameof(data));
        var seconds = new double[3 * Third / Chunk];
        using (var step = new ZeroSkippingStep(network, data.Training, options, governor))
        {
            Busy? neighbours = null;
            try
            {
                for (int batch = 0; batch < 3 * Third; batch++)
                {
                    if (batch == Third && disturbed) neighbours = new Busy(Math.Max(1, Environment.ProcessorCount - Threads + 1));
                    if (batch == 2 * Third) neighbours?.Dispose();
                    long start = Stopwatch.GetTimestamp();
                    step.Train(order.AsMemory(batch % batches * options.BatchSize, options.BatchSize));
                    seconds[batch / Chunk] += Stopwatch.GetElapsedTime(start).TotalSeconds / Chunk;
                }
            }
            finally
            {
                neighbours?.Dispose();
            }
            step.Save();
        }
        return (seconds, ModelFile.WeightsSha256(network));
    }

    /// <summary>Notes for each run whether one thread did it.</summary>
    private sealed class Watched(IGovernor governor) : IGovernor
    {
        public List<bool> WasAlone { get; } = [];

        public bool Alone => governor.Alone;

        public void Begin()
        {
            WasAlone.Add(governor.Alone);
            governor.Begin();
        }

        public void End(Action join) => governor.End(join);
    }

    /// <summary>Threads that do nothing as fast as they can.</summary>
    private sealed class Busy : IDisposable
    {
        private readonly Thread[] threads;
        private volatile bool done;

        public Busy(int count)
        {
            threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(Spin) { IsBackground = true, Name = "neighbour" })];
            foreach (Thread thread in threads) thread.Start();
        }

        public void Dispose()
        {
            done = true;
            foreach (Thread thread in threads) thread.Join();
        }

        private void Spin()
        {
            while (!done) Thread.SpinWait(100);
        }
    }
}
