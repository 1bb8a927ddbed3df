using Mnist.Kernels;

namespace Mnist.Lab.Budgets;

/// <summary>Runs the ways of a <see cref="Budget"/> against each other.</summary>
internal static class BudgetRace
{
    private const int Rounds = 11;
    private const int PlainWays = 2; // the first ones: loops of milliseconds, which the JIT optimises at once
    private const int FewBatches = 1, ManyBatches = 40; // of a sample: plain loops take milliseconds for one

    public static Budget Run(ImageSet images, int? chapter)
    {
        ArgumentNullException.ThrowIfNull(images);
        var options = new TrainingOptions();
        (int Chapter, string Name, string Idea, int Batches, Func<Network, ITrainingStep> Create)[] ways = [.. Ways(images, options)];
        if (chapter is { } lit && ways.Skip(1).All(way => way.Chapter != lit))
            throw new ArgumentOutOfRangeException(nameof(chapter), lit, $"the budget has the chapters {ways[1].Chapter} to {ways[^1].Chapter}");
        ArgumentOutOfRangeException.ThrowIfLessThan(images.Count, options.BatchSize, nameof(images));
        var network = new Network([images.PixelCount, .. options.Hidden, MnistData.Classes]);
        WeightInitializer.Initialize(network, options.InitialWeights, options.Seed);
        var runners = new List<Runner>();
        try
        {
            foreach ((_, _, _, int batches, Func<Network, ITrainingStep> create) in ways) runners.Add(new Runner(create(network.Clone()), images.Count, options.BatchSize, batches));
            double[][] calls = Live.Run("One training step, in nine ways", live => Interleaved.Seconds(
                [.. runners.Select(runner => (Action)runner.Run), Ladder.PeakWork],
                done => live.Update(done, "measuring in turn"), Rounds, compiledAtOnce: PlainWays));
            double[][] seconds = [.. calls.Select((rounds, i) => i < ways.Length ? rounds.Select(call => call / ways[i].Batches).ToArray() : rounds)];
            double peak = Ladder.PeakOperations / seconds[^1].Min();
            return Of([.. ways.Select(way => (way.Chapter, way.Name, way.Idea))], seconds, Operations(network, images, options.BatchSize) / (peak * options.ThreadCount), options.ThreadCount, chapter);
        }
        finally
        {
            foreach (Runner runner in runners) runner.Dispose();
        }
    }

    /// <summary>A budget from times: [ways][rounds].</summary>
    internal static Budget Of((int Chapter, string Name, string Idea)[] ways, double[][] seconds, double arithmetic, int threads, int? chapter) =>
        new([.. ways.Select((way, i) => new BudgetStep
        {
            Chapter = way.Chapter,
            Name = way.Name,
            Idea = way.Idea,
            Rounds = seconds[i],
            Gain = GainOver(seconds[Math.Max(0, i - 1)], seconds[i]),
        })], arithmetic, threads, chapter);

    /// <summary>The medians divided, for only such gains multiply to the whole; and where half of the rounds' ratios lie.</summary>
    private static Spread GainOver(double[] before, double[] seconds) =>
        Spread.OfSpeedup(seconds, before) with { Median = Spread.Of(before).Median / Spread.Of(seconds).Median };

    private static IEnumerable<(int Chapter, string Name, string Idea, int Batches, Func<Network, ITrainingStep> Create)> Ways(ImageSet images, TrainingOptions options)
    {
        TrainingOptions dense = options with { Zeros = Zeros.Dense, Threads = 1 };
        yield return (0, "plain loops", "image by image; each step of a loop jumps a row of weights", FewBatches, network => new PlainStep(network, images, dense, along: false));
        yield return (1, "along the lines", "the same loops, a neuron's weights side by side", FewBatches, network => new PlainStep(network, images, dense, along: true));
        yield return (2, "in lanes, with FMA", $"{Simd.Describe(Simd.Best)}; still image by image", FewBatches, network => new SampleAtATimeStep(network, images, dense));
        yield return (3, "a batch in tiles", "32 images are one matrix; sums stay in registers", ManyBatches, network => new BatchStep(network, images, dense, branches: true, plainLoss: true));
        yield return (4, "ReLU without a branch", "a mask on the tile, before it is stored", ManyBatches, network => new BatchStep(network, images, dense, branches: false, plainLoss: true));
        yield return (5, "our own softmax", "sixteen images at once, with an exp of our own", ManyBatches, network => new BatchStep(network, images, dense, branches: false, plainLoss: false));
        yield return (6, "a fused update", "the gradient is added straight into the weights", ManyBatches, network => new FusedStep(network, images, dense));
        yield return (7, options.ThreadCount == 1 ? "one thread: no more cores" : $"{options.ThreadCount} threads", "they share the pixels, and meet twice per batch", ManyBatches, network => new FusedStep(network, images, dense with { Threads = options.ThreadCount }));
        yield return (8, "zeros skipped", "four of five pixels are 0: the library's step", ManyBatches, network => new ZeroSkippingStep(network, images, dense with { Threads = options.ThreadCount }));
    }

    /// <summary>Multiplications and additions of a batch; of the first layer's, in its forward product and its gradient, those of lit pixels alone.</summary>
    private static double Operations(Network network, ImageSet images, int batch)
    {
        double first = 2.0 * network.Sizes[0] * network.Sizes[1], lit = LitShare.Of(images);
        return batch * (TrainingRace.OperationsPerImage(network) - (2 * first) + (2 * lit * first));
    }

    /// <summary>Trains on batch after batch, from the first again after the last: what a branch does is not learned by heart.</summary>
    private sealed class Runner(ITrainingStep step, int images, int size, int batches) : IDisposable
    {
        private readonly int[] order = [.. Enumerable.Range(0, images)];
        private int next;

        public void Run()
        {
            for (int i = 0; i < batches; i++)
            {
                if (next + size > order.Length) next = 0;
                step.Train(order.AsMemory(next, size));
                next += size;
            }
        }

        public void Dispose() => step.Dispose();
    }
}
