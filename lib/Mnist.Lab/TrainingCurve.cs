using System.Diagnostics.CodeAnalysis;

namespace Mnist.Lab;

/// <summary>A training run as far as a comparison needs it.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Losses">The mean loss of each epoch.</param>
/// <param name="Accuracies">The test accuracy after each epoch, 0 … 1; null: not known.</param>
/// <param name="IsReference">True for what is compared with.</param>
public sealed record TrainingCurve(string Name, IReadOnlyList<double> Losses, IReadOnlyList<double>? Accuracies, bool IsReference)
{
    /// <summary>A run of this library.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "the constructor is the alternate; tuples keep a cell short")]
    public static implicit operator TrainingCurve((string Name, TrainingResult Result) run) => new(run.Name,
        [.. run.Result.Epochs.Select(epoch => epoch.Loss)],
        run.Result.Epochs.All(epoch => epoch.TestAccuracy is not null) ? [.. run.Result.Epochs.Select(epoch => epoch.TestAccuracy!.Value)] : null, false);

    /// <summary>A run of which the numbers are known.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "the constructor is the alternate; tuples keep a cell short")]
    public static implicit operator TrainingCurve((string Name, double[] Losses, double[]? Accuracies) run) => new(run.Name, run.Losses, run.Accuracies, true);
}
