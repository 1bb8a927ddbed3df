using Mnist.Lab.Speed;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>Threads, precision and the exercises of 08.</summary>
public sealed class SpeedExerciseTests
{
    private static readonly MnistData Digits = new() { Training = Samples.Images, Test = Samples.Images, Folder = "" };

    [Fact]
    public void Float_and_double_learn_the_same_as_the_trainer()
    {
        var options = new TrainingOptions { Epochs = 2, LearningRate = 0.1f, InitialWeights = InitialWeights.He };
        PrecisionRace race = PrecisionRace.Run(Digits, options);
        TrainingResult trained = new Trainer(new MnistData { Training = Samples.Images.Take(384), Test = Samples.Images, Folder = "" }, options).Run(TestContext.Current.CancellationToken);
        Assert.Equal(trained.Epochs[^1].Loss, race.Narrow.Loss, 1e-4);
        Assert.Equal(race.Wide.Loss, race.Narrow.Loss, 1e-5);
        Assert.NotEqual(race.Wide.Loss, race.Narrow.Loss);
        Assert.Equal(trained.Test.Accuracy, race.Narrow.Accuracy, 0.006);
        Assert.InRange(race.Different, 0, 2);
        Assert.Equal(2, race.Wide.Bytes / race.Narrow.Bytes);
    }

    [Fact]
    public void Neighbours_change_no_bit()
    {
        Neighbour watched = Neighbour.Watch(Digits);
        Assert.Equal(3, watched.Hashes.Count);
        Assert.Single(watched.Hashes.Distinct());
        Assert.Equal(60, watched.Together.Count);
        Assert.All(watched.Alone, share => Assert.InRange(share, 0, 1));
        Assert.Contains(watched.Alone, share => share > 0); // the other way is tried at least
    }

    [Fact]
    public void A_barrier_takes_time_and_needs_two()
    {
        Assert.InRange(Barriers.Measure(2).Median, 1e-9, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => Barriers.Measure(1));
    }

    [Fact]
    public void Gains_of_threads_are_measured_by_size()
    {
        ThreadGain gain = ThreadGain.Measure(Digits, 8, 400);
        Assert.All(gain.Gains, one => Assert.True(one > 0));
        Assert.Throws<ArgumentException>(() => ThreadGain.Measure(Digits, 401));
        Assert.Empty(ThreadGain.Measure(Digits).Gains);
    }

    [Theory]
    [InlineData(null, false, "not solved yet")]
    [InlineData(64, true, "solved")]
    [InlineData(32, false, "that is not 1.1 times")]
    [InlineData(128, false, "that pays already")]
    [InlineData(16, false, "not among the sizes")]
    [InlineData(0, false, "8 is missing")]
    [InlineData(2048, false, "does it at 1,024 already")]
    public void The_batch_at_which_threads_pay_is_checked_against_what_was_measured(int? answer, bool passed, string says)
    {
        CheckResult result = new ThreadGain([32, 64, 128, 2048], [0.8, 1.2, 1.5, 1.7]).Check(answer);
        Assert.Equal(passed, result.Passed);
        Assert.Contains(says, $"{result}", StringComparison.Ordinal);
    }

    [Fact]
    public void No_size_is_an_answer_once_all_were_measured_and_the_edge_counts_either_way()
    {
        int[] all = [8, 16, 32, 64, 128, 256, 512, 1024, 2048];
        CheckResult Found(int answer, params double[] gains) => new ThreadGain(all[..gains.Length], gains).Check(answer);
        Assert.True(Found(0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.14).Passed);
        Assert.Contains("that pays", $"{Found(0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.2)}", StringComparison.Ordinal);
        Assert.Contains("Measure every size up to 2,048 first; 16 is missing", $"{Found(0, 0.2)}", StringComparison.Ordinal);
        Assert.True(Found(8, 1.2).Passed);
        Assert.True(Found(16, 1.12, 1.08).Passed);
        Assert.Contains("at 8 images two threads are 1.20 times as fast as one: that pays already", $"{Found(64, 1.2, 1.05, 1.05, 1.3)}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("input gradients", 1_089_536.0, true, "solved")]
    [InlineData(" Input gradients", 544_768.0, false, "two operations")]
    [InlineData("input gradients", 26_779_648.0, false, "what the table says")]
    [InlineData("input gradients", 25_690_112.0, false, "what is too much")]
    [InlineData("input gradients", 0.0, false, "need theirs")]
    [InlineData("forward 1", 1.0, false, "is counted right")]
    [InlineData("forward", 1.0, false, "there is no line")]
    [InlineData("", 1.0, false, "not solved yet")]
    public void The_wrong_bound_is_found_and_others_are_told_why_not(string phase, double operations, bool passed, string says)
    {
        CheckResult result = new PhaseTable().Check(phase, operations);
        Assert.Equal(passed, result.Passed);
        Assert.Contains(says, $"{result}", StringComparison.Ordinal);
    }

    [Fact]
    public void One_line_is_wrong() => Assert.Single(new PhaseTable().Phases, phase => phase.Said != phase.Right);

    [Fact]
    public void A_second_is_checked_for_its_time_then_for_what_was_read()
    {
        TrainingResult run = Samples.Train(0.01f, 1); // 10 epochs of 0.11 s
        Assert.Contains("% reach the par of 0 %, but it took 1.10 s; an epoch takes 0.110 s, so 9 fit", $"{OneSecond.Check(run, 0)}", StringComparison.Ordinal);
        Assert.Contains("% miss the par of 97.5 %, and it took 1.10 s", $"{OneSecond.Check(run, 0.975)}", StringComparison.Ordinal);
        Assert.Contains("not solved yet", $"{OneSecond.Check(null, 0.98)}", StringComparison.Ordinal);
        TrainingResult quick = OneSecond.Run(Digits, new() { Epochs = 1 });
        Assert.InRange(quick.TrainSeconds, 0, 1);
        Assert.True(OneSecond.Check(quick, 0.01).Passed);
        Assert.Contains("He's weights", $"{OneSecond.Check(quick, 0.98)}", StringComparison.Ordinal);
        Assert.Equal([0.98, 0.975, 0.965, 0.95, 0.94, 0.91], new[] { 0.05, 0.15, 0.4, 1, 3, 3.5 }.Select(OneSecond.Par));
    }
}
