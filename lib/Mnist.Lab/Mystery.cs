namespace Mnist.Lab;

/// <summary>
/// Two networks, A and B, that train alike: the same start, the same images in the same order, the same rate. But one of
/// them has a wrong backward pass. 00 trains both and asks which; 07 lets the gradient check answer. This file knows.
/// </summary>
public static class Mystery
{
    private const int BatchSize = 32;
    private const int Both = 2;
    private const double Aspect = 0.36;

    /// <summary>A's backward pass, one that has seen no batch yet.</summary>
    public static BackwardPass A() => new SwappedSizes();

    /// <summary>B's backward pass.</summary>
    public static BackwardPass B() => new();

    /// <summary>Trains A and B at the same time, with a live picture.</summary>
    /// <param name="data">What to learn and to test with.</param>
    /// <param name="options">Epochs, learning rate and start; null: exactly the assembly program's run. The batch is 32, the order the file's.</param>
    /// <returns>A and B; what comes after a loss that is no number is not a number.</returns>
    /// <exception cref="ArgumentException">The options ask for another batch size, or for shuffled images, or the images are not whole batches.</exception>
    /// <exception cref="TrainingDivergedException">B's loss or weights are no longer finite numbers.</exception>
    public static IReadOnlyList<TrainingCurve> Train(MnistData data, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        options = (options ?? new TrainingOptions()) with { Threads = 1, EvaluateEachEpoch = true };
        if (options.BatchSize != BatchSize || options.Shuffle) throw new ArgumentException($"the mystery trains on batches of {BatchSize} in file order", nameof(options));
        if (data.Training.Count == 0 || data.Training.Count % BatchSize != 0)
            throw new ArgumentException(FormattableString.Invariant($"the mystery needs whole batches of {BatchSize} images; there are {data.Training.Count:N0} images"), nameof(data));
        TrainingCurve a = Empty("A", options.Epochs), b = Empty("B", options.Epochs);
        return Live.Run("Training A and B", live =>
        {
            int done = 0;
            Task both = Task.WhenAll(
                Task.Run(() => TrainA(data, options, epoch => Put(a, epoch, ref done))),
                Task.Run(() => new Trainer(data, options) { OnEpoch = epoch => Put(b, epoch, ref done) }.Run()));
            while (!((IAsyncResult)both).AsyncWaitHandle.WaitOne(200))
                live.Update((double)done / (Both * options.Epochs), $"{done} of {Both * options.Epochs} epochs", () => Curves([a, b]));
            both.GetAwaiter().GetResult();
            return new[] { a, b };
        });
    }

    /// <summary>Loss and accuracy, one above the other.</summary>
    /// <param name="curves">A and B.</param>
    /// <param name="title">What they show together.</param>
    public static Figure Curves(IReadOnlyList<TrainingCurve> curves, string title = "One of these two networks is wrong. Which?")
    {
        ArgumentNullException.ThrowIfNull(curves);
        var loss = new Figure("Loss on the training images: lower is better").XAxis("epoch").YAxis("mean loss", from: 0).Aspect(Aspect);
        var accuracy = new Figure("Accuracy on new images: higher is better").XAxis("epoch").YAxis("read correctly", percent: true).Aspect(Aspect);
        foreach (TrainingCurve curve in curves)
        {
            loss = loss.Line(curve.Name, curve.Losses);
            if (curve.Accuracies is { } shares) accuracy = accuracy.Line(curve.Name, shares);
        }
        return Figure.Grid(title, 1, loss, accuracy);
    }

    /// <summary>What <see cref="Trainer"/> does, with a backward pass of its own.</summary>
    private static void TrainA(MnistData data, TrainingOptions options, Action<EpochResult> onEpoch)
    {
        BackwardPass backward = A();
        Network network = Trainer.InitialNetwork(data, options);
        int batches = data.Training.Count / BatchSize;
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            PatientTraining trained = PatientTraining.Run(backward, network, data.Training, batches, options.LearningRate);
            network = trained.Network;
            if (!float.IsFinite(trained.Losses[^1])) return;
            onEpoch(new EpochResult(epoch, trained.Losses.Average(loss => (double)loss), network.Evaluate(data.Test).Accuracy, double.NaN));
        }
    }

    private static TrainingCurve Empty(string name, int epochs) =>
        new(name, Enumerable.Repeat(double.NaN, epochs).ToArray(), Enumerable.Repeat(double.NaN, epochs).ToArray(), false);

    private static void Put(TrainingCurve curve, EpochResult epoch, ref int done)
    {
        ((double[])curve.Losses)[epoch.Epoch - 1] = epoch.Loss;
        ((double[])curve.Accuracies!)[epoch.Epoch - 1] = epoch.TestAccuracy!.Value;
        Interlocked.Increment(ref done);
    }
}
