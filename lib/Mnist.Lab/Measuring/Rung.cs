namespace Mnist.Lab.Measuring;

/// <summary>One step of a <see cref="Ladder"/>, or a peer beside it.</summary>
public sealed record Rung
{
    /// <summary>The step, in a few words.</summary>
    public required string Name { get; init; }

    /// <summary>What was changed, in a sentence.</summary>
    public required string Idea { get; init; }

    /// <summary>True for someone else's code that does the same work.</summary>
    public bool IsPeer { get; init; }

    /// <summary>Floating-point operations per second, by the median of the times.</summary>
    public required double OperationsPerSecond { get; init; }

    /// <summary>The share of the core's peak, 0 … 1.</summary>
    public required Spread OfPeak { get; init; }

    /// <summary>How many times as fast as the step before; a peer: as the last step. Null for the first step.</summary>
    public Spread? OverBefore { get; init; }

    /// <summary>True when three quarters of the rounds were slower than the step before: clearly, not by chance.</summary>
    public bool IsSlower => OverBefore?.High < 1;

    /// <summary>Seconds per call in each round; all rungs of a ladder have the same rounds.</summary>
    internal IReadOnlyList<double> Rounds { get; init; } = [];

    internal Spread SpeedupOver(Rung other) => Spread.OfSpeedup(Rounds, other.Rounds);
}
