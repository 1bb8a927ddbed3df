using System.Globalization;

namespace Mnist.Lab;

/// <content>Loss and accuracy.</content>
public static partial class Show
{
    /// <summary>Loss and test accuracy after each epoch, side by side.</summary>
    /// <param name="result">The run.</param>
    /// <param name="oracle">True: the losses that every correct implementation has in the default run, for comparison.</param>
    public static Figure Training(TrainingResult result, bool oracle = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        return oracle ? Runs(("this run", result), ("oracle", Oracle.Losses, null)) : Training(result.Epochs);
    }

    /// <summary>Loss and test accuracy after each epoch so far; for a picture that grows while the network trains.</summary>
    /// <param name="epochs">The epochs so far.</param>
    /// <param name="of">Epochs the run will have: the axis has that length from the start; 0: as many as there are.</param>
    public static Figure Training(IReadOnlyList<EpochResult> epochs, int of = 0)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        double last = Math.Max(Math.Max(of, epochs.Count), 2);
        double[] steps = [.. epochs.Select(epoch => (double)epoch.Epoch)];
        Figure loss = new Figure("Loss").Line("loss", steps, epochs.Select(epoch => epoch.Loss))
            .XAxis("epoch", from: 1, to: last).YAxis("mean cross-entropy", from: 0);
        if (epochs.Count > 0 && double.IsFinite(epochs[^1].Loss))
            loss = loss.Note(epochs[^1].Epoch, epochs[^1].Loss, epochs[^1].Loss.ToString("F4", CultureInfo.InvariantCulture));
        EpochResult[] tested = [.. epochs.Where(epoch => epoch.TestAccuracy is not null)];
        if (tested.Length == 0 && epochs.Count > 0) return loss.Titled("Training loss");
        Figure accuracy = new Figure("Test accuracy").Line("test accuracy", tested.Select(epoch => (double)epoch.Epoch), tested.Select(epoch => epoch.TestAccuracy!.Value), Palette.Green)
            .XAxis("epoch", from: 1, to: last).YAxis("images read correctly", percent: true);
        if (tested.Length > 0)
            accuracy = accuracy.Note(tested[^1].Epoch, tested[^1].TestAccuracy!.Value, Percent(tested[^1].TestAccuracy!.Value));
        return Figure.Grid("Training", 2, loss, accuracy);
    }

    /// <summary>The losses and accuracies of several runs in one figure.</summary>
    /// <param name="runs">A name and a result each.</param>
    public static Figure Runs(params (string Name, TrainingResult Result)[] runs) =>
        Runs([.. (runs ?? throw new ArgumentNullException(nameof(runs))).Select(run => (TrainingCurve)(run.Name, run.Result))]);

    /// <summary>The losses and accuracies of several runs; a run is a (name, result) or what is known of it: (name, losses, accuracies).</summary>
    /// <param name="runs">The runs; one given by numbers alone is drawn as a reference, dashed.</param>
    public static Figure Runs(params IReadOnlyList<TrainingCurve> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var loss = new Figure("Loss").XAxis("epoch").YAxis("mean cross-entropy", from: 0);
        var accuracy = new Figure("Test accuracy").XAxis("epoch").YAxis("images read correctly", percent: true);
        for (int i = 0; i < runs.Count; i++)
        {
            string color = runs[i].IsReference ? Palette.Grey : Palette.Color(i);
            loss = loss.Line(runs[i].Name, runs[i].Losses, color, runs[i].IsReference);
            if (runs[i].Accuracies is { } shares) accuracy = accuracy.Line(runs[i].Name, shares, color, runs[i].IsReference);
        }
        return accuracy.Traces.Count == 0 ? loss : Figure.Grid("Training", 2, loss, accuracy);
    }

    /// <summary>The loss of every batch, and their mean over a window.</summary>
    /// <param name="losses">One loss per batch.</param>
    /// <param name="window">Batches that the mean is taken over, at least 1.</param>
    public static Figure BatchLosses(IReadOnlyList<float> losses, int window = 200)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        window = Math.Min(window, Math.Max(1, losses.Count / 4));
        var means = new double[losses.Count];
        double sum = 0;
        for (int i = 0; i < means.Length; i++)
        {
            sum += losses[i] - (i >= window ? losses[i - window] : 0);
            means[i] = i + 1 < window ? double.NaN : sum / window;
        }
        return new Figure("Loss of every batch").Line("each batch", losses, Palette.Grey, faint: true).Line($"mean of {window}", means, TensorColors.Of("loss"))
            .XAxis("batch").YAxis("cross-entropy", from: 0);
    }

    internal static string Percent(double share) => (share * 100).ToString("F2", CultureInfo.InvariantCulture) + " %";
}
