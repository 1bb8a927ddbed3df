namespace Mnist.Lab.Speed;

/// <summary>
/// Ways of training as work for a stopwatch: each call trains on the next batch, in file order and round and round. So no
/// way sees the same batch twice in a row, and the CPU cannot learn its branches by heart.
/// </summary>
public sealed class StepWays : IDisposable
{
    private readonly MnistData data;
    private readonly TrainingOptions options;
    private readonly List<(Network Network, ITrainingStep Step)> made = [];

    /// <summary>Ways of training a fresh network each.</summary>
    /// <param name="data">The images.</param>
    /// <param name="options">Batch size, learning rate, hidden sizes, starting weights; null: the assembly program's run.</param>
    public StepWays(MnistData data, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        (this.data, this.options) = (data, options ?? new TrainingOptions());
    }

    /// <summary>One image at a time, gradients added up in memory: the order of the assembly program.</summary>
    public Action SampleAtATime() => Batches(Strategy.SampleAtATime, Zeros.Dense, 1);

    /// <summary>A batch is one matrix, but its products are computed row by row.</summary>
    public Action RowByRow() => Batches(network => new RowByRowStep(network, data.Training, options));

    /// <summary>The products in register tiles; every gradient is stored, then subtracted.</summary>
    public Action Tiled() => Batches(Strategy.Textbook, Zeros.Dense, 1);

    /// <summary>The tiles add the change to the weights themselves; no gradient is stored.</summary>
    /// <param name="threads">Threads that share a step.</param>
    public Action Fused(int threads = 1) => Batches(Strategy.Fused, Zeros.Dense, threads);

    /// <summary>Pixels that are zero are left out.</summary>
    /// <param name="threads">Threads that share a step.</param>
    public Action Skipping(int threads = 1) => Batches(Strategy.Fused, Zeros.Skip, threads);

    /// <summary>Multiplications and additions of a batch, zeros multiplied too.</summary>
    public double Operations => options.BatchSize * TrainingRace.OperationsPerImage(Trainer.InitialNetwork(data, options));

    /// <summary>The ways' networks and steps, in the order in which they were asked for.</summary>
    internal IReadOnlyList<(Network Network, ITrainingStep Step)> Made => made;

    /// <summary>Ends all threads.</summary>
    public void Dispose()
    {
        foreach ((_, ITrainingStep step) in made) step.Dispose();
    }

    private Action Batches(Strategy strategy, Zeros zeros, int threads) =>
        Batches(network => Trainer.CreateStep(network, data.Training, options with { Strategy = strategy, Zeros = zeros, Threads = threads }));

    private Action Batches(Func<Network, ITrainingStep> create)
    {
        Network network = Trainer.InitialNetwork(data, options);
        ITrainingStep step = create(network);
        made.Add((network, step));
        int size = options.BatchSize, batches = data.Training.Count / size, next = 0;
        ArgumentOutOfRangeException.ThrowIfZero(batches);
        int[] order = [.. Enumerable.Range(0, batches * size)];
        return () =>
        {
            step.Train(order.AsMemory(next * size, size));
            next = (next + 1) % batches;
        };
    }
}
