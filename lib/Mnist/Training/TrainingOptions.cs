namespace Mnist;

/// <summary>How the first layer treats pixels that are zero (four of five are, in MNIST).</summary>
public enum Zeros
{
    /// <summary>Skip them when at least half of the training pixels are zero.</summary>
    Auto,

    /// <summary>Skip them: no multiplication by zero.</summary>
    Skip,

    /// <summary>Multiply them like every other pixel.</summary>
    Dense,
}

/// <summary>One training step's way of working; each is one readable file in <c>Training/</c>.</summary>
public enum Strategy
{
    /// <summary>Register-tiled, the update fused into the weight gradient; zero pixels as <see cref="TrainingOptions.Zeros"/> says.</summary>
    Fused,

    /// <summary>Batched, every gradient explicit.</summary>
    Textbook,

    /// <summary>A sample at a time, as the assembly program does it.</summary>
    SampleAtATime,
}

/// <summary>A training run. The defaults are exactly the assembly program's run.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training images, at least 1.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Images per step, at least 1; the last batch of an epoch may be smaller.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Step width, finite and greater than 0.</summary>
    public float LearningRate { get; init; } = 0.01f;

    /// <summary>Sizes of the hidden layers, each at least 1.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [128, 64];

    /// <summary>Where training starts.</summary>
    public InitialWeights InitialWeights { get; init; } = InitialWeights.Seed;

    /// <summary>Seed of the initial weights and of the shuffle.</summary>
    public uint Seed { get; init; } = 42;

    /// <summary>True: the images in a new order each epoch; false: in file order.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Threads that share each step; 0: as many as there are processors, at most 4. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>The number of threads that <see cref="Threads"/> comes to here.</summary>
    public int ThreadCount => Threads > 0 ? Threads : Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Whether zero pixels are skipped.</summary>
    public Zeros Zeros { get; init; } = Zeros.Auto;

    /// <summary>How a step is computed.</summary>
    public Strategy Strategy { get; init; } = Strategy.Fused;

    /// <summary>True: read the test images after every epoch too, for the accuracy curve.</summary>
    public bool EvaluateEachEpoch { get; init; } = true;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of its range; the message names it, its value and its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Threads, 64);
        if (!float.IsFinite(LearningRate) || LearningRate <= 0)
            throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "a learning rate is finite and greater than 0");
        ArgumentNullException.ThrowIfNull(Hidden);
        foreach (int size in Hidden)
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(Hidden));
    }
}
