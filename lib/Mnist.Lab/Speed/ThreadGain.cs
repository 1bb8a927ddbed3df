namespace Mnist.Lab.Speed;

/// <summary>How many times as fast two threads are as one, by batch size.</summary>
/// <param name="Sizes">Batch sizes, rising.</param>
/// <param name="Gains">Two threads over one: above 1 they pay.</param>
public sealed record ThreadGain(IReadOnlyList<int> Sizes, IReadOnlyList<double> Gains)
{
    /// <summary>Measures a team of two that stays together against one thread, for each size, all in turn.</summary>
    /// <param name="data">The images.</param>
    /// <param name="sizes">Images per batch.</param>
    /// <exception cref="ArgumentException">A size is below 1 or above the number of images.</exception>
    public static ThreadGain Measure(MnistData data, params IReadOnlyList<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(sizes);
        if (sizes.Any(size => size < 1 || size > data.Training.Count))
            throw new ArgumentException($"batches of {string.Join(", ", sizes)} images: each is from 1 to {data.Training.Count:N0}", nameof(sizes));
        if (sizes.Count == 0) return new ThreadGain([], []);
        var steps = new List<ITrainingStep>();
        try
        {
            Action[] works = [.. sizes.SelectMany(size => new[] { Work(data, size, 1, steps), Work(data, size, 2, steps) })];
            double[][] seconds = Live.Run("One thread and two", live => Interleaved.Seconds(works, done => live.Update(done, "measuring in turn")));
            return new ThreadGain(sizes, [.. sizes.Select((_, i) => Spread.OfSpeedup(seconds[(2 * i) + 1], seconds[2 * i]).Median)]);
        }
        finally
        {
            foreach (ITrainingStep step in steps) step.Dispose();
        }
    }

    /// <summary>The gain by batch size, with a line where threads begin to pay.</summary>
    public Figure Figure
    {
        get
        {
            Figure figure = new Figure("Two threads against one");
            if (Sizes.Count > 0)
                figure = figure.Line("no gain", [Sizes[0], Math.Max(Sizes[^1], Sizes[0] + 1)], [1, 1], reference: true)
                    .Points("two threads", Sizes.Select(size => (double)size), Gains);
            return figure.XAxis("images per batch", log: true).YAxis("× as fast as one", from: 0);
        }
    }

    private static Action Work(MnistData data, int size, int threads, List<ITrainingStep> steps)
    {
        TrainingOptions options = new() { BatchSize = size, Threads = threads, LearningRate = 0.001f };
        var step = new ZeroSkippingStep(Trainer.InitialNetwork(data, options), data.Training, options, new Together());
        steps.Add(step);
        int[] order = [.. Enumerable.Range(0, data.Training.Count)];
        int next = 0, batches = order.Length / size;
        return () =>
        {
            step.Train(order.AsMemory(next * size, size));
            next = (next + 1) % batches;
        };
    }
}
