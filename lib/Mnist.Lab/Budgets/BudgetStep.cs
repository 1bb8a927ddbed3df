namespace Mnist.Lab.Budgets;

/// <summary>One way of doing a training step, a little faster than the one before it.</summary>
public sealed record BudgetStep
{
    /// <summary>The chapter that found the gain; 0: where all begins.</summary>
    public required int Chapter { get; init; }

    /// <summary>What was done, in a few words.</summary>
    public required string Name { get; init; }

    /// <summary>What is different, in a sentence.</summary>
    public required string Idea { get; init; }

    /// <summary>Seconds per batch, the median of the rounds.</summary>
    public double Seconds => Spread.Of(Rounds).Median;

    /// <summary>How many times as fast as the way before: by <see cref="Seconds"/>, and between which ratios half of the rounds lie; the first one: 1.</summary>
    public required Spread Gain { get; init; }

    /// <summary>Seconds per batch in each round; all ways have the same rounds.</summary>
    internal IReadOnlyList<double> Rounds { get; init; } = [];
}
