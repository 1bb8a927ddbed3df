using Xunit;

namespace Mnist.Lab.Tests;

public sealed class LossTests
{
    private static readonly float[][] Logits = [[1.5f, -0.3f, 0.2f, 2.1f], [9, -4, 3, 8.5f], [0, 0, 0, 0], [-60, 40, 1, 2]];

    private static readonly MnistData Digits = new() { Training = Samples.Images, Test = Samples.Images, Folder = "" };

    public static TheoryData<string> Losses => [nameof(SampleLosses.CrossEntropy), nameof(SampleLosses.SquaredError)];

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_gradient_is_the_central_difference_of_the_loss_in_double(string name)
    {
        (SampleLoss loss, Func<double[], int, double> exact) = name == nameof(SampleLosses.CrossEntropy)
            ? ((SampleLoss)SampleLosses.CrossEntropy, (Func<double[], int, double>)((z, label) => -Math.Log(Softmax(z)[label])))
            : (SampleLosses.SquaredError, (z, label) => Softmax(z).Select((p, i) => Math.Pow(p - (i == label ? 1 : 0), 2)).Sum());
        foreach (float[] logits in Logits)
            for (int label = 0; label < logits.Length; label++)
            {
                var gradient = new float[logits.Length];
                double[] z = [.. logits.Select(logit => (double)logit)];
                Assert.Equal(exact(z, label), loss(logits, label, gradient), 1e-5 * Math.Max(1, exact(z, label)));
                for (int i = 0; i < z.Length; i++)
                    Assert.Equal((exact(Nudged(z, i, 1e-5), label) - exact(Nudged(z, i, -1e-5), label)) / 2e-5, gradient[i], 2e-6);
                Assert.Equal(0, gradient.Sum(), 1e-6); // the pushes cancel: a common shift changes nothing
            }
    }

    [Fact]
    public void The_log_of_a_sum_of_exponentials_is_finite_for_finite_logits()
    {
        Assert.Equal(1000, SampleLosses.LogSumExp([1000, 0, -1000]));
        Assert.Equal(Math.Log(2) - 1000, SampleLosses.LogSumExp([-1000, -1000]));
        Assert.Equal(Math.Log(Math.E + 2), SampleLosses.LogSumExp([1, 0, 0]), 1e-15);
        Assert.Equal(double.NegativeInfinity, SampleLosses.LogSumExp([float.NegativeInfinity]));
        Assert.Equal(double.NaN, SampleLosses.LogSumExp([1, float.NaN]));
        Assert.Throws<ArgumentException>(() => SampleLosses.LogSumExp([]));
    }

    [Fact]
    public void Training_with_cross_entropy_is_the_trainers_training()
    {
        var options = new TrainingOptions { Epochs = 2, LearningRate = 0.1f, Hidden = [20], InitialWeights = InitialWeights.He, BatchSize = 32 };
        MnistData data = Digits;
        TrainingResult expected = new Trainer(data, options).Run(TestContext.Current.CancellationToken);
        LossTraining run = LossTraining.Run(data, options, SampleLosses.CrossEntropy);
        Assert.True(Compare.Values("losses", run.BatchLosses, expected.BatchLosses, 1e-4).Close, $"{Compare.Values("losses", run.BatchLosses, expected.BatchLosses, 1e-4)}");
        Assert.Equal(expected.Test.Accuracy, run.Network.Evaluate(Samples.Images).Accuracy, 0.01);
    }

    [Fact]
    public void Training_with_squared_error_makes_it_smaller_and_is_watched_on_the_way()
    {
        var options = new TrainingOptions { Epochs = 4, LearningRate = 0.2f, Hidden = [20], InitialWeights = InitialWeights.He, BatchSize = 20 };
        LossTraining run = LossTraining.Run(Digits, options, SampleLosses.SquaredError);
        Assert.Equal(80, run.BatchLosses.Count);
        Assert.Equal([0, .. Enumerable.Range(1, 20).Select(i => 4 * i)], run.Checkpoints.Select(checkpoint => checkpoint.Batches));
        Assert.True(run.BatchLosses.TakeLast(20).Average() < 0.7 * run.BatchLosses.Take(20).Average(), $"{run.BatchLosses.TakeLast(20).Average()} after {run.BatchLosses.Take(20).Average()}");
        Assert.Equal(run.Network.Evaluate(Samples.Images).Accuracy, run.Checkpoints[^1].Accuracy);
        Assert.True(run.Checkpoints[^1].Accuracy > run.Checkpoints[0].Accuracy);
        Assert.Equal(run.Checkpoints.Select(checkpoint => checkpoint.Accuracy), ((LineTrace)Show.Accuracy(("one", run)).Traces[0]).Y);
    }

    [Fact]
    public void Reliability_counts_answers_by_confidence()
    {
        var answers = new Matrix(4, 10);
        (answers[0, 3], answers[1, 3], answers[2, 3], answers[3, 5]) = (0.92f, 0.96f, 1f, 0.31f);
        Reliability found = Reliability.Of(new Evaluation([3, 4, 3, 5], answers));
        Assert.Equal(10, found.Bins.Count);
        Assert.Equal((3, 0.96, 2.0 / 3), (found.Bins[9].Count, Math.Round(found.Bins[9].Confidence, 6), found.Bins[9].Accuracy));
        Assert.Equal((1, 0.31, 1.0), (found.Bins[3].Count, Math.Round(found.Bins[3].Confidence, 6), found.Bins[3].Accuracy));
        Assert.Equal(0, found.Bins[5].Count);
    }

    [Fact]
    public void Confidence_and_reliability_are_drawn_from_the_same_counts()
    {
        BarTrace[] bars = [.. Show.Confidence(Samples.Evaluation).Traces.Cast<BarTrace>()];
        Assert.All(bars, trace => Assert.Equal(1, trace.Values.Sum(), 1e-9));
        Assert.Equal(9, bars[0].Values.Length);
        LineTrace[] lines = [.. Show.Reliable(("one", Samples.Evaluation)).Traces.Cast<LineTrace>()];
        ReliabilityBin[] enough = [.. Reliability.Of(Samples.Evaluation).Bins.Where(bin => bin.Count >= 10)];
        Assert.Equal(enough.Select(bin => bin.Accuracy), lines[1].Y);
        Assert.Equal(enough.Select(bin => bin.Confidence), lines[1].X);
        Assert.True(lines[0].Reference);
        Assert.Equal(enough.SelectMany(bin => new[] { bin.Interval.Low, bin.Interval.High, double.NaN }), lines[2].Y);
    }

    [Fact]
    public void A_share_of_few_answers_is_known_less_well_than_one_of_many()
    {
        (double low, double high) = new ReliabilityBin(0, 1, 10, 0.75, 0.8).Interval; // worked out by hand: 0.4902, 0.9433
        Assert.Equal((0.4902, 0.9433), (Math.Round(low, 4), Math.Round(high, 4)));
        (double lowOfMany, double highOfMany) = new ReliabilityBin(0, 1, 10_000, 0.75, 0.8).Interval;
        Assert.InRange(highOfMany - lowOfMany, 0.015, 0.016);
        Assert.InRange(new ReliabilityBin(0, 1, 10, 0.75, 1).Interval.High, 0.999, 1.0000001);
    }

    [Fact]
    public void A_safe_loss_is_checked_and_a_wrong_one_told_why()
    {
        Assert.False(LossExercises.SafeLoss((_, _) => null).Started);
        Assert.True(LossExercises.SafeLoss((z, label) => z.Max() + MathF.Log(z.Sum(one => MathF.Exp(one - z.Max()))) - z[label]).Passed);
        float Share(float[] z, int label)
        {
            var p = new float[z.Length];
            Kernels.Softmax.Compute(z, p);
            return p[label];
        }
        double WideShare(float[] z, int label) => Math.Exp(z[label] - z.Max()) / z.Sum(one => Math.Exp(one - z.Max()));
        Says("e^100 overflows", (z, label) => MathF.Log(z.Sum(MathF.Exp)) - z[label]);
        Says("e^100 overflows", (z, label) => -MathF.Log(MathF.Exp(z[label]) / z.Sum(MathF.Exp)));
        Says("a double overflows too", (z, label) => (float)(Math.Log(z.Sum(one => Math.Exp(one))) - z[label]));
        Says("p has become 0, or nearly", (z, label) => -MathF.Log(Share(z, label)));
        Says("p has become 0, in double too", (z, label) => (float)-Math.Log(WideShare(z, label)));
        Says("a clipped p", (z, label) => -MathF.Log(MathF.Max(Share(z, label), 1e-7f)));
        Says("a clipped p", (z, label) => -MathF.Log(Share(z, label) + 1e-12f));
        Says("a clipped p", (z, label) => (float)-Math.Log(Math.Max(WideShare(z, label), 1e-300)));
        Says("must be added again", (z, label) => MathF.Log(z.Sum(one => MathF.Exp(one - z.Max()))) - z[label]);
        Says("whatever the label", (z, _) => z.Max() + MathF.Log(z.Sum(one => MathF.Exp(one - z.Max()))) - z[0]);
        Says("never negative", (z, label) => z[label] - z.Max() - MathF.Log(z.Sum(one => MathF.Exp(one - z.Max()))));
        Says("largest difference", (_, _) => 1);
        Assert.DoesNotContain("clipped", LossExercises.SafeLoss((_, _) => 1).Detail, StringComparison.Ordinal);

        static void Says(string why, Func<float[], int, float?> mine)
        {
            CheckResult result = LossExercises.SafeLoss(mine);
            Assert.Equal((true, false), (result.Started, result.Passed));
            Assert.Contains(why, result.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Several_rates_are_several_trainings()
    {
        var options = new TrainingOptions { Epochs = 1, Hidden = [20], InitialWeights = InitialWeights.He, BatchSize = 20 };
        IReadOnlyList<LossTraining> runs = LossTraining.RunAll(Digits, options, [0.1f, 0.3f], SampleLosses.SquaredError);
        Assert.Equal(LossTraining.Run(Digits, options with { LearningRate = 0.3f }, SampleLosses.SquaredError).BatchLosses, runs[1].BatchLosses);
        Assert.NotEqual(runs[0].BatchLosses, runs[1].BatchLosses);
    }

    [Fact]
    public void One_arrow_goes_up_and_the_others_down()
    {
        Diagram pushes = Show.Pushes([0.2f, 0.5f, 0.3f], 2);
        Assert.Contains("z0 −0.20, z1 −0.50, z2 +0.70", pushes.Description, StringComparison.Ordinal);
        Assert.Equal(2, Count(pushes, Palette.Vermilion));
        Assert.Equal(1, Count(pushes, Palette.Green));
        Assert.Throws<ArgumentOutOfRangeException>(() => Show.Pushes([1f], 1));

        // a head and a shaft each; counted by the heads
        static int Count(Diagram diagram, string color) => diagram.ToSvg().Split($"fill=\"{color}\"").Length - 1;
    }

    [Fact]
    public void A_hopeless_answer_is_pushed_by_cross_entropy_and_not_by_squared_error()
    {
        LineTrace[] lines = [.. Show.LossPushes(("cross-entropy", SampleLosses.CrossEntropy), ("squared error", SampleLosses.SquaredError)).Traces.Cast<LineTrace>()];
        Assert.Equal((-8.0, 8.0), (lines[0].X[0], lines[0].X[^1]));
        Assert.Equal(1 / (1 + Math.Exp(-8)), lines[0].Y[0], 1e-6);
        double p = 1 / (1 + Math.Exp(8)); // two equal errors through p (1 − p), twice
        Assert.Equal(4 * p * (1 - p) * (1 - p), lines[1].Y[0], 1e-6);
        Assert.Equal(0.5, lines[0].Y[40], 1e-6);
        Assert.Equal(lines[1].Y[40], SampleLosses.Push(SampleLosses.SquaredError, 0));
        Assert.Equal(-0.7, lines[1].X[Array.IndexOf(lines[1].Y, lines[1].Y.Max())], 0.11); // at p = 1/3, where p (1 − p)² is largest
    }

    [Fact]
    public void Errors_over_a_range_are_the_largest_of_each_interval()
    {
        static void OneOff(ReadOnlySpan<float> values, Span<float> results)
        {
            for (int i = 0; i < values.Length; i++) results[i] = values[i] < 1.5f ? values[i] : MathF.BitIncrement(values[i]);
        }

        Assert.Equal([0.0, 1.0], UlpErrors.Largest(OneOff, x => x, 1, 2, intervals: 2));
        double[] nothing = UlpErrors.Largest((_, results) => results.Fill(float.PositiveInfinity), x => x, 1, 2, intervals: 2);
        Assert.All(nothing, error => Assert.True(double.IsNaN(error)));
        Assert.Throws<ArgumentException>(() => UlpErrors.Largest(OneOff, x => x, 2, 2));
    }

    [Fact]
    public void Peers_compute_exponentials_and_all_stay_near_the_correct_rounding()
    {
        foreach (VectorFunction peer in new VectorFunction[] { ExponentialPeers.CLibrary, ExponentialPeers.TensorPrimitivesExp, Kernels.Exponential.Compute })
            Assert.InRange(UlpErrors.Largest(peer, Math.Exp, -87, 88).Max(), 0.4, 3);
        Assert.Equal(1, ExponentialPeers.TensorPrimitivesSoftMax(1, 2, 3).Sum(), 1e-6);
        Assert.Throws<ArgumentException>(() => ExponentialPeers.CLibrary([1, 2], new float[1]));
    }

    [Fact]
    public void A_typical_mistake_is_told_apart_from_any_other()
    {
        (IReadOnlyList<float>, string)[] mistakes = [([2f, 4f], "doubled"), ([-1f, -2f], "the sign is wrong")];
        Assert.StartsWith("the sign is wrong (", Exercise.Check("e", [-1f, -2f], [1f, 2f], 1e-6, mistakes).Detail, StringComparison.Ordinal);
        Assert.StartsWith("1 element differs", Exercise.Check("e", [1f, 5f], [1f, 2f], 1e-6, mistakes).Detail, StringComparison.Ordinal);
        Assert.True(Exercise.Check("e", [1f, 2f], [1f, 2f], 1e-6, mistakes).Passed);
        Assert.False(Exercise.Check("e", (float[]?)null, [1f, 2f], 1e-6, mistakes).Started);
    }

    private static double[] Softmax(double[] z)
    {
        double[] powers = [.. z.Select(one => Math.Exp(one - z.Max()))];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    private static double[] Nudged(double[] z, int i, double by) => [.. z.Select((one, j) => j == i ? one + by : one)];
}
