using System.Globalization;

namespace Mnist.Lab;

/// <content>Pushes on the logits, confidence, reliability.</content>
public static partial class Show
{
    /// <summary>What a step downhill adds to each logit, y − p, before the learning rate: one arrow up, the others down.</summary>
    /// <param name="probabilities">p: [classes].</param>
    /// <param name="label">The true class.</param>
    /// <param name="title">What it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">The label is not a class.</exception>
    public static Diagram Pushes(ReadOnlySpan<float> probabilities, int label, string title = "Where each logit is pushed: y − p") =>
        PushDrawing.Draw(probabilities, label, title);

    /// <summary>How sure the right answers are and how sure the wrong ones: the share of each kind by confidence, the largest of the probabilities.</summary>
    /// <param name="evaluation">The answers.</param>
    public static Figure Confidence(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        IReadOnlyList<ReliabilityBin> bins = [.. Reliability.Of(evaluation).Bins.Skip(1)]; // the largest of ten is never below 0.1
        string[] labels = [.. bins.Select(bin => string.Create(CultureInfo.InvariantCulture, $"{100 * bin.From:F0}–{100 * bin.To:F0}"))];
        double[] right = [.. bins.Select(bin => bin.Count == 0 ? 0 : bin.Accuracy * bin.Count / evaluation.Correct)];
        int wrong = evaluation.Count - evaluation.Correct;
        double[] misread = [.. bins.Select(bin => bin.Count == 0 ? 0 : (1 - bin.Accuracy) * bin.Count / wrong)];
        return new Figure("How sure is it?")
            .Bars(string.Create(CultureInfo.InvariantCulture, $"{evaluation.Correct:N0} right"), labels, right, color: Palette.Green)
            .Bars(string.Create(CultureInfo.InvariantCulture, $"{wrong:N0} wrong"), labels, misread, color: Palette.Vermilion)
            .XAxis("confidence, %").YAxis("share of its kind", from: 0, percent: true).Aspect(0.4);
    }

    /// <summary>
    /// A reliability diagram: accuracy against confidence. On the dashed line "90 % sure" means right nine times out of ten;
    /// below it a network is too sure. Upright lines: what so many answers can tell (95 %).
    /// </summary>
    /// <param name="networks">A name and the answers of each.</param>
    public static Figure Reliable(params (string Name, Evaluation Evaluation)[] networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        var figure = new Figure("Reliability: is it as often right as it says?").Line("as sure as right", [0, 1], [0, 1], reference: true);
        var intervals = new List<ReliabilityBin>();
        foreach ((string name, Evaluation evaluation) in networks)
        {
            // a handful of answers says nothing about a share
            ReliabilityBin[] bins = [.. Reliability.Of(evaluation).Bins.Where(bin => bin.Count >= LeastAnswers)];
            figure = figure.Line(name, bins.Select(bin => bin.Confidence), bins.Select(bin => bin.Accuracy), Palette.Color(figure.Traces.Count - 1));
            intervals.AddRange(bins);
        }
        // an upright line each, and a gap behind it
        figure = figure.Line("95 % interval", intervals.SelectMany(bin => new[] { bin.Confidence, bin.Confidence, bin.Confidence }),
            intervals.SelectMany(bin => new[] { bin.Interval.Low, bin.Interval.High, double.NaN }), Palette.Grey, faint: true);
        return figure.XAxis("confidence", from: 0, to: 1, percent: true).YAxis("read correctly", from: 0, to: 1, percent: true).Aspect(0.7);
    }

    /// <summary>What each loss does to the logit of the true class, of two: how hard a step downhill pushes it up, by how far it leads.</summary>
    /// <param name="losses">A name and a loss each.</param>
    public static Figure LossPushes(params (string Name, SampleLoss Loss)[] losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        double[] leads = [.. Enumerable.Range(-40, 81).Select(i => i / 5.0)];
        var figure = new Figure("Push on the true logit (two classes)");
        foreach ((string name, SampleLoss loss) in losses)
            figure = figure.Line(name, leads, leads.Select(lead => SampleLosses.Push(loss, lead)));
        return figure.XAxis("lead of the true logit").YAxis("push", from: 0).Aspect(0.35);
    }

    /// <summary>The test accuracy of several trainings on the way.</summary>
    /// <param name="runs">A name and a training each.</param>
    public static Figure Accuracy(params (string Name, LossTraining Run)[] runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var figure = new Figure("The same network, from the same weights, each loss trained at its best rate");
        foreach ((string name, LossTraining run) in runs)
            figure = figure.Line(name, run.Checkpoints.Select(checkpoint => (double)checkpoint.Batches), run.Checkpoints.Select(checkpoint => checkpoint.Accuracy));
        return figure.XAxis("batches").YAxis("read correctly", from: 0, to: 1, percent: true).Aspect(0.4);
    }

    private const int LeastAnswers = 10;
}
