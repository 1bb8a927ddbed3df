using System.Diagnostics;

namespace Mnist;

/// <summary>How far an epoch is.</summary>
/// <param name="Epoch">1 for the first.</param>
/// <param name="Batch">Batches done of this epoch, 1 after the first.</param>
/// <param name="Batches">Batches of an epoch.</param>
/// <param name="Loss">The batch's mean loss, measured before its update.</param>
public sealed record BatchProgress(int Epoch, int Batch, int Batches, float Loss);

/// <summary>Training went wrong: a loss or a weight is no longer a finite number.</summary>
/// <param name="epoch">The epoch in which it was seen, 1 for the first.</param>
/// <param name="batch">The batch of that epoch, 1 for the first.</param>
/// <param name="learningRate">The learning rate of the run.</param>
public sealed class TrainingDivergedException(int epoch, int batch, float learningRate)
    : Exception(FormattableString.Invariant($"the loss or the weights are no longer finite numbers in epoch {epoch}, batch {batch}: they grew without bound; try a smaller learning rate than {learningRate} (0.01 … 0.2 works well)"))
{
    /// <summary>The epoch in which it was seen, 1 for the first.</summary>
    public int Epoch { get; } = epoch;

    /// <summary>The batch of that epoch, 1 for the first.</summary>
    public int Batch { get; } = batch;
}

/// <summary>Trains a network on a data set. Equal options give equal weights, to the bit, for any number of threads.</summary>
public sealed class Trainer
{
    private readonly MnistData data;
    private readonly TrainingOptions options;

    /// <summary>A trainer.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, there are no training images, or the network and its batches would not fit the memory.</exception>
    public Trainer(MnistData data, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (data.Training.Count == 0) throw new ArgumentException("there are no training images", nameof(data));
        this.data = data;
        // A batch cannot be larger than the data, and buffers are made for the size that is asked for.
        this.options = options with { BatchSize = Math.Min(options.BatchSize, data.Training.Count) };
        TrainingChecks.MustFitMemory([data.Training.PixelCount, .. options.Hidden, MnistData.Classes], this.options.BatchSize, this.options.ThreadCount);
    }

    /// <summary>Called after each batch, on the thread that trains. The weights are not to be read here.</summary>
    public Action<BatchProgress>? OnBatch { get; set; }

    /// <summary>Called after each epoch, on the thread that trains.</summary>
    public Action<EpochResult>? OnEpoch { get; set; }

    /// <summary>The untrained network of the options.</summary>
    public static Network InitialNetwork(MnistData data, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var network = new Network([data.Training.PixelCount, .. options.Hidden, MnistData.Classes]);
        WeightInitializer.Initialize(network, options.InitialWeights, options.Seed);
        return network;
    }

    /// <summary>The training step that the options ask for.</summary>
    public static ITrainingStep CreateStep(Network network, ImageSet images, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        return options.Strategy switch
        {
            Strategy.SampleAtATime => new SampleAtATimeStep(network, images, options),
            Strategy.Textbook => new TextbookStep(network, images, options),
            _ when SkipsZeros(images, options.Zeros) => new ZeroSkippingStep(network, images, options),
            _ => new FusedStep(network, images, options),
        };
    }

    /// <summary>Trains from the initial weights and reads the test images.</summary>
    /// <param name="cancellation">Stops after the current batch; the result then holds what was trained so far.</param>
    /// <exception cref="TrainingDivergedException">A loss or a weight is no longer a finite number, be it after the last update.</exception>
    public TrainingResult Run(CancellationToken cancellation = default)
    {
        Network network = InitialNetwork(data, options);
        using ITrainingStep step = CreateStep(network, data.Training, options);
        var epochs = new List<EpochResult>();
        var batchLosses = new List<float>();
        int[] order = [.. Enumerable.Range(0, data.Training.Count)];
        Xoshiro256 random = Xoshiro256.ForShuffle(options.Seed);
        Evaluation? test = null;
        while (epochs.Count < options.Epochs && !cancellation.IsCancellationRequested)
        {
            if (options.Shuffle) random.Shuffle(order);
            test = null; // the weights change now
            if (TrainEpoch(step, network, order, epochs.Count + 1, batchLosses, cancellation) is not (double loss, double seconds)) break;
            if (options.EvaluateEachEpoch) test = network.Evaluate(data.Test);
            epochs.Add(new EpochResult(epochs.Count + 1, loss, test?.Accuracy, seconds));
            OnEpoch?.Invoke(epochs[^1]);
        }
        test ??= network.Evaluate(data.Test);
        if (data.Test.Count > 0 && !double.IsFinite(test.Loss)) throw Diverged(Math.Max(1, epochs.Count), batchLosses.Count);
        return new TrainingResult { Options = options, Epochs = epochs, BatchLosses = batchLosses, Network = network, Test = test, Cancelled = epochs.Count < options.Epochs };
    }

    /// <summary>The epoch's mean loss and its seconds, or null when it was cancelled; the network has what was trained.</summary>
    private (double Loss, double Seconds)? TrainEpoch(ITrainingStep step, Network network, int[] order, int epoch, List<float> batchLosses, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        double? loss = TrainBatches(step, order, epoch, batchLosses, cancellation);
        step.Save();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (!IsFinite(network)) throw Diverged(epoch, batchLosses.Count);
        return loss is null ? null : (loss.Value, seconds);
    }

    /// <summary>The mean loss of an epoch's batches, or null when it was cancelled.</summary>
    private double? TrainBatches(ITrainingStep step, int[] order, int epoch, List<float> batchLosses, CancellationToken cancellation)
    {
        double sum = 0;
        int batches = (order.Length + options.BatchSize - 1) / options.BatchSize;
        for (int batch = 0; batch < batches; batch++)
        {
            if (cancellation.IsCancellationRequested) return null;
            int first = batch * options.BatchSize, count = Math.Min(options.BatchSize, order.Length - first);
            double loss = step.Train(order.AsMemory(first, count));
            if (!double.IsFinite(loss)) throw new TrainingDivergedException(epoch, batch + 1, options.LearningRate);
            sum += loss;
            batchLosses.Add((float)(loss / count));
            OnBatch?.Invoke(new BatchProgress(epoch, batch + 1, batches, batchLosses[^1]));
        }
        return sum / order.Length;
    }

    private TrainingDivergedException Diverged(int epoch, int batches)
    {
        int perEpoch = (data.Training.Count + options.BatchSize - 1) / options.BatchSize;
        return new TrainingDivergedException(epoch, Math.Max(1, batches - ((epoch - 1) * perEpoch)), options.LearningRate);
    }

    /// <summary>The last update of an epoch is followed by no loss that would show what it did.</summary>
    private static bool IsFinite(Network network) => network.Layers.All(layer => layer.Weights.IsFinite && layer.Bias.IsFinite);

    /// <summary>Whether the fused step leaves out the images' zeros.</summary>
    internal static bool SkipsZeros(ImageSet images, Zeros zeros) => zeros switch
    {
        Zeros.Skip => true,
        Zeros.Dense => false,
        _ => images.Pixels.Count((byte)0) * 2L >= images.Pixels.Length,
    };
}
