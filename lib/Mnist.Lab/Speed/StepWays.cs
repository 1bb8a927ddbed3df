namespace Mnist.Lab.Speed;

/// <summary>
/// Ways of training as work for a stopwatch: each call trains on the next batch, in file order and round and round. So no
/// way sees the same batch twice in a row, and the CPU cannot learn its branches by heart.
/// </summary>
public sealed class StepWays : IDisposable
{
    private readonly MnistData data;
    private readonly TrainingOptions options;
    private readonly List<ITrainingStep> steps = [];

    /// <summary>Ways of training a fresh network each.</summary>
    /// <param name="data">The images.</param>
    /// <param name="options">Batch size, learning rate, hidden sizes, starting weights; null: the assembly program's run.</param>
    public StepWays(MnistData data, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        (this.data, this.options) = (data, options ?? new TrainingOptions());
    }

    /// <summary>One image at a time, gradients added up in memory: the order of the assembly program.</summary>
    public Action SampleAtATime() => Batches(Create(Strategy.SampleAtATime, Zeros.Dense, 1));

    /// <summary>A batch is one matrix, but its products are computed row by row.</summary>
    public Action RowByRow() => Batches(new RowByRowStep(NewNetwork(), data.Training, options));

    /// <summary>The products in register tiles; every gradient is stored, then subtracted.</summary>
    public Action Tiled() => Batches(Create(Strategy.Textbook, Zeros.Dense, 1));

    /// <summary>The tiles add the change to the weights themselves; no gradient is stored.</summary>
    /// <param name="threads">Threads that share a step.</param>
    public Action Fused(int threads = 1) => Batches(Create(Strategy.Fused, Zeros.Dense, threads));

    /// <summary>Pixels that are zero are left out.</summary>
    /// <param name="threads">Threads that share a step.</param>
    public Action Skipping(int threads = 1) => Batches(Create(Strategy.Fused, Zeros.Skip, threads));

    /// <summary>Multiplications and additions of a batch, zeros multiplied too.</summary>
    public double Operations => options.BatchSize * TrainingRace.OperationsPerImage(NewNetwork());

    /// <summary>Ends all threads.</summary>
    public void Dispose()
    {
        foreach (ITrainingStep step in steps) step.Dispose();
    }

    private ITrainingStep Create(Strategy strategy, Zeros zeros, int threads) =>
        Trainer.CreateStep(NewNetwork(), data.Training, options with { Strategy = strategy, Zeros = zeros, Threads = threads });

    private Network NewNetwork() => Trainer.InitialNetwork(data, options);

    private Action Batches(ITrainingStep step)
    {
        steps.Add(step);
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
