namespace Mnist.Lab.Speed;

/// <summary>How many times as fast two threads are as one, by batch size.</summary>
/// <param name="Sizes">Batch sizes, rising.</param>
/// <param name="Gains">Two threads over one: above 1 they pay.</param>
public sealed record ThreadGain(IReadOnlyList<int> Sizes, IReadOnlyList<double> Gains)
{
    private const int SmallestSize = 8, LargestSize = 2048;
    private const double Pays = 1.1, Doubt = 0.05;
    private const int Images = 2048; // of a call: so many that waking the second thread hardly counts
    private const int Rounds = 15;

    /// <summary>Measures a team of two that stays together against one thread, for each size, all in turn.</summary>
    /// <param name="data">The images.</param>
    /// <param name="sizes">Images per batch.</param>
    /// <exception cref="ArgumentException">A size is below 1 or above the number of images.</exception>
    public static ThreadGain Measure(MnistData data, params IReadOnlyList<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(sizes);
        if (sizes.Any(size => size < 1 || size > data.Training.Count))
            throw new ArgumentException(FormattableString.Invariant($"batches of {string.Join(", ", sizes)} images: each is from 1 to {data.Training.Count:N0}"), nameof(sizes));
        if (sizes.Count == 0) return new ThreadGain([], []);
        var steps = new List<ITrainingStep>();
        try
        {
            Action[] works = [.. sizes.SelectMany(size => new[] { Work(data, size, 1, steps), Work(data, size, 2, steps) })];
            double[][] seconds = Live.Run("One thread and two", live => Interleaved.Seconds(works, done => live.Update(done, "measuring in turn"), Rounds));
            return new ThreadGain(sizes, [.. sizes.Select((_, i) => Spread.OfSpeedup(seconds[(2 * i) + 1], seconds[2 * i]).Median)]);
        }
        finally
        {
            foreach (ITrainingStep step in steps) step.Dispose();
        }
    }

    /// <summary>The gain by batch size.</summary>
    public Table Table => new Table("Two threads against one").Number("images per batch", Sizes.Select(size => (double)size), "N0")
        .Bars("× as fast as one", Gains, "F2", isVolatile: true);

    /// <summary>
    /// Checks an answer against what was measured: the smallest batch at which two threads pay, and that no smaller one
    /// does. It is measured anew when the answer is written down, so what is within 0.05 of 1.1 counts either way.
    /// </summary>
    /// <param name="smallest">The answer; 0: none pays; null: nothing yet.</param>
    public CheckResult Check(int? smallest)
    {
        const string Name = "Where two threads begin to pay";
        if (smallest is not { } answer) return Exercise.Check(Name, passed: null, "");
        int missing = answer == 0 ? Doublings().FirstOrDefault(size => IndexOf(size) < 0) : 0;
        if (missing > 0) return Exercise.Check(Name, false, FormattableString.Invariant($"none? Measure every size up to {LargestSize:N0} first; {missing:N0} is missing"));
        int at = IndexOf(answer);
        if (answer != 0 && at < 0) return Exercise.Check(Name, false, FormattableString.Invariant($"{answer:N0} is not among the sizes that you measured"));
        if (answer != 0 && Gains[at] < Pays - Doubt) return Exercise.Check(Name, false, Text(at, "that is not 1.1 times"));
        if (answer > SmallestSize && IndexOf(answer / 2) < 0) return Exercise.Check(Name, false, FormattableString.Invariant($"it pays at {answer:N0}; but does it at {answer / 2:N0} already? Measure that, too"));
        int paying = Enumerable.Range(0, Sizes.Count).FirstOrDefault(i => (answer == 0 || Sizes[i] < answer) && Gains[i] >= Pays + Doubt, -1);
        return Exercise.Check(Name, paying < 0, paying < 0 ? "" : Text(paying, answer == 0 ? "that pays" : "that pays already"));
    }

    private static IEnumerable<int> Doublings()
    {
        for (int size = SmallestSize; size <= LargestSize; size *= 2) yield return size;
    }

    private int IndexOf(int size) => Sizes.ToList().IndexOf(size);

    private string Text(int i, string what) => FormattableString.Invariant($"at {Sizes[i]:N0} images two threads are {Gains[i]:F2} times as fast as one: {what}");

    private static Action Work(MnistData data, int size, int threads, List<ITrainingStep> steps)
    {
        TrainingOptions options = new() { BatchSize = size, Threads = threads, LearningRate = 0.001f };
        var step = new ZeroSkippingStep(Trainer.InitialNetwork(data, options), data.Training, options, new NeverAlone());
        steps.Add(step);
        int[] order = [.. Enumerable.Range(0, data.Training.Count)];
        int next = 0, batches = order.Length / size, stretch = Math.Max(1, Images / size);
        return () =>
        {
            for (int i = 0; i < stretch; i++)
            {
                step.Train(order.AsMemory(next * size, size));
                next = (next + 1) % batches;
            }
        };
    }
}
