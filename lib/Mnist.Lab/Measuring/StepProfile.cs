namespace Mnist.Lab.Measuring;

/// <summary>One phase of a training step.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Seconds">Of a batch, the median over parts of an epoch.</param>
/// <param name="Operations">
/// Multiplications and additions of a batch that the phase cannot do without (where zeros are skipped, those with a pixel that is
/// not zero); 0 when it has no matrix product.
/// </param>
public sealed record StepPhase(string Name, double Seconds, double Operations)
{
    /// <summary>Seconds that the operations would take at a given rate in operations per second; 0 when there are none.</summary>
    public double Bound(double peak) => Operations / peak;
}

/// <summary>
/// Where the time of the fast training step goes: whole steps run, and the calling thread notes when each phase begins. So
/// every phase finds in the caches what the one before it left there.
/// </summary>
public sealed class StepProfile
{
    /// <summary>Batches between two readings of the clock's sums.</summary>
    private const int Stretch = 75;

    private StepProfile(IReadOnlyList<StepPhase> phases) => Phases = phases;

    /// <summary>The phases in the order of a step.</summary>
    public IReadOnlyList<StepPhase> Phases { get; }

    /// <summary>Seconds of a batch, all phases together.</summary>
    public double Seconds => Phases.Sum(phase => phase.Seconds);

    /// <summary>The phases as bars: measured, and what the arithmetic alone would take.</summary>
    /// <param name="peak">Operations per second of the core.</param>
    public Figure Figure(double peak) => new Figure("One training step")
        .Bars("µs per batch", Phases.Select(phase => phase.Name), Phases.Select(phase => 1e6 * phase.Seconds), "F1")
        .Bars("the arithmetic alone", Phases.Select(phase => phase.Name), Phases.Select(phase => 1e6 * phase.Bound(peak)), "F1")
        .YAxis("µs", from: 0);

    /// <summary>Trains a copy of a network for an epoch in file order, after a short one to warm up.</summary>
    /// <param name="network">The network; it stays as it is.</param>
    /// <param name="images">At least a batch of images.</param>
    /// <param name="options">Batch size, learning rate, threads, and whether zeros are skipped.</param>
    /// <exception cref="ArgumentException">The images do not fit the network, or are fewer than a batch.</exception>
    public static StepProfile Measure(Network network, ImageSet images, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        int size = options.BatchSize, batches = images.Count / size;
        ArgumentOutOfRangeException.ThrowIfZero(batches);
        bool skipsZeros = Trainer.SkipsZeros(images, options.Zeros);
        using FusedStep step = skipsZeros ? new ZeroSkippingStep(network.Clone(), images, options) : new FusedStep(network.Clone(), images, options);
        int[] order = [.. Enumerable.Range(0, batches * size)];
        for (int batch = 0; batch < Math.Min(batches, 4 * Stretch); batch++) step.Train(order.AsMemory(batch * size, size));

        var clock = new PhaseClock();
        step.Clock = clock;
        var seconds = Named.ToDictionary(named => named.Phase, _ => new List<double>());
        for (int batch = 0; batch < batches; batch++)
        {
            step.Train(order.AsMemory(batch * size, size));
            if ((batch + 1) % Stretch != 0 && batch + 1 != batches) continue;
            int count = (batch % Stretch) + 1;
            foreach ((Phase phase, List<double> each) in seconds) each.Add(clock.Seconds(phase) / count);
            clock.Clear();
        }
        double lit = skipsZeros ? LitShare.Of(images) : 1;
        return new StepProfile([.. Named.Select(named => new StepPhase(named.Name, Spread.Of([.. seconds[named.Phase]]).Median, Operations(named.Phase, network, size, lit)))]);
    }

    private static IReadOnlyList<(Phase Phase, string Name)> Named { get; } =
    [
        (Phase.Pixels, "load the pixels"),
        (Phase.FirstForward, "forward 1"),
        (Phase.LaterForward, "forward 2, 3"),
        (Phase.Loss, "softmax, loss"),
        (Phase.Transposes, "transposes"),
        (Phase.InputGradients, "input gradients"),
        (Phase.FirstUpdate, "update 1"),
        (Phase.LaterUpdates, "update 2, 3"),
        (Phase.Waiting, "waiting"),
    ];

    private static double Operations(Phase phase, Network network, int batch, double lit)
    {
        double first = 2.0 * batch * network.Sizes[0] * network.Sizes[1];
        double later = network.Layers.Skip(1).Sum(layer => 2.0 * batch * layer.Inputs * layer.Outputs);
        return phase switch
        {
            Phase.FirstForward or Phase.FirstUpdate => lit * first,
            Phase.LaterForward or Phase.InputGradients or Phase.LaterUpdates => later,
            _ => 0,
        };
    }
}
