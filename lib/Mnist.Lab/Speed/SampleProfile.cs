namespace Mnist.Lab.Speed;

/// <summary>One part of the work for an image.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Seconds">For one image.</param>
/// <param name="Operations">Multiplications and additions for one image.</param>
/// <param name="Bytes">Bytes of W1 and dW1 that are read or written for one image.</param>
public sealed record SamplePart(string Name, double Seconds, double Operations, double Bytes);

/// <summary>
/// Where the time goes when images are trained on one at a time, as <see cref="SampleAtATimeStep"/> does: whole steps run,
/// and the step notes when each of its parts begins.
/// </summary>
public sealed class SampleProfile
{
    private const int Batches = 225;

    private SampleProfile(IReadOnlyList<SamplePart> parts) => Parts = parts;

    /// <summary>The parts: the first layer's three, and all else.</summary>
    public IReadOnlyList<SamplePart> Parts { get; }

    /// <summary>Seconds for an image.</summary>
    public double Seconds => Parts.Sum(part => part.Seconds);

    /// <summary>Trains on 225 batches of 32 images, from the first again after the last, and before on as many as the JIT takes to optimise all code.</summary>
    /// <param name="data">At least a batch of images.</param>
    public static SampleProfile Measure(MnistData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        TrainingOptions options = new() { Strategy = Strategy.SampleAtATime };
        Network network = Trainer.InitialNetwork(data, options);
        PhaseClock clock = new();
        using var step = new SampleAtATimeStep(network, data.Training, options) { Clock = clock };
        int size = options.BatchSize, batches = data.Training.Count / size, next = 0;
        ArgumentOutOfRangeException.ThrowIfZero(batches);
        int[] order = [.. Enumerable.Range(0, batches * size)];
        void Train() => step.Train(order.AsMemory(next++ % batches * size, size));
        Live.Run("One image at a time", live =>
        {
            live.Update(0, "warming up");
            Interleaved.WarmUp([Train]);
            clock.Clear();
            for (int batch = 0; batch < Batches; batch++) Train();
        });
        return Of(phase => clock.Seconds(phase) / (Batches * size), network.Layers[0].Weights.ToArray().Length, TrainingRace.OperationsPerImage(network), size);
    }

    /// <summary>The parts from seconds for an image in each phase.</summary>
    internal static SampleProfile Of(Func<Phase, double> seconds, double weights, double operations, int batchSize)
    {
        Phase[] shown = [Phase.FirstForward, Phase.FirstGradient, Phase.FirstUpdate, Phase.Outside];
        double matrix = sizeof(float) * weights;
        return new SampleProfile(
        [
            new SamplePart("forward 1: dot products", seconds(Phase.FirstForward), 2 * weights, matrix),
            new SamplePart("dW1 += outer product", seconds(Phase.FirstGradient), 2 * weights, 2 * matrix),
            new SamplePart("W1 −= dW1, clear dW1", seconds(Phase.FirstUpdate), 2 * weights / batchSize, 4 * matrix / batchSize),
            new SamplePart("all else", Enum.GetValues<Phase>().Except(shown).Sum(seconds), operations - (4 * weights), double.NaN),
        ]);
    }

    /// <summary>Time, share, what the arithmetic alone would take, and how fast the bytes come and go.</summary>
    /// <param name="peak">Operations per second of the core.</param>
    public Table Against(double peak) => new Table("One image, one at a time").Text("", Parts.Select(part => part.Name))
        .Bars("µs", Parts.Select(part => 1e6 * part.Seconds), "F1", isVolatile: true)
        .Number("arithmetic alone, µs", Parts.Select(part => 1e6 * part.Operations / peak), "F1", isVolatile: true)
        .Number("KB of W1, dW1", Parts.Select(part => part.Bytes / 1024), "N0")
        .Number("GB/s", Parts.Select(part => part.Bytes / part.Seconds / 1e9), "N0", isVolatile: true);
}
