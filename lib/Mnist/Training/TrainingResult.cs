using System.Globalization;

namespace Mnist;

/// <summary>What one epoch did.</summary>
/// <param name="Epoch">1 for the first.</param>
/// <param name="Loss">Mean cross-entropy over the training images, each measured before its own batch's update.</param>
/// <param name="TestAccuracy">Share of the test images read correctly after the epoch, 0 … 1; null when not measured.</param>
/// <param name="Seconds">Wall time of the training alone, without the evaluation.</param>
public sealed record EpochResult(int Epoch, double Loss, double? TestAccuracy, double Seconds);

/// <summary>What a training run did, and the network that came out of it.</summary>
[TypeFormatterSource(typeof(ShownAsHtml))]
public sealed class TrainingResult
{
    /// <summary>The options that the run had.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>One entry per epoch.</summary>
    public required IReadOnlyList<EpochResult> Epochs { get; init; }

    /// <summary>The mean loss of each batch, epoch after epoch.</summary>
    public required IReadOnlyList<float> BatchLosses { get; init; }

    /// <summary>The trained network.</summary>
    public required Network Network { get; init; }

    /// <summary>The test images, read by the trained network.</summary>
    public required Evaluation Test { get; init; }

    /// <summary>Wall time of all epochs' training, without the evaluations.</summary>
    public double TrainSeconds => Epochs.Sum(epoch => epoch.Seconds);

    /// <summary>True when the run was cancelled before its last epoch's end.</summary>
    public bool Cancelled { get; init; }

    /// <summary>
    /// True when the network reads the test images no better than one that always answers the most frequent digit: training
    /// did not get off the ground, or left it (a rate too high leaves every ReLU shut).
    /// </summary>
    public bool EndedAtChance => Test.Count > 0 && Test.Correct <= Test.Labels.CountBy(label => label).Max(digit => digit.Value);

    /// <summary>The loss and accuracy curves in a notebook.</summary>
    public string ToHtml() => ShownAsHtml.Render(this);

    /// <summary>One line: epochs, last loss, accuracy, seconds.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Epochs.Count} epochs, loss {(Epochs.Count > 0 ? Epochs[^1].Loss : double.NaN):F4}, test accuracy {Test.Accuracy:P2}, {TrainSeconds:F2} s");
}
