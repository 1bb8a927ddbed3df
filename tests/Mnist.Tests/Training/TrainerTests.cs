using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

public class TrainerTests
{
    private static readonly TrainingOptions Short = new() { Epochs = 2, Threads = 1, EvaluateEachEpoch = false };

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        foreach (Zeros zeros in new[] { Zeros.Dense, Zeros.Skip })
        {
            string one = Hash(Short with { Zeros = zeros });
            for (int threads = 1; threads <= 4; threads++)
                Assert.Equal(one, Hash(Short with { Zeros = zeros, Threads = threads }));
        }
    }

    [Fact]
    public void Skipping_zeros_gives_the_same_bits_as_multiplying_them() =>
        Assert.Equal(Hash(Short with { Zeros = Zeros.Dense }), Hash(Short with { Zeros = Zeros.Skip }));

    [Fact]
    public void Equal_seeds_give_equal_bits_and_others_do_not()
    {
        TrainingOptions shuffled = Short with { Shuffle = true, InitialWeights = InitialWeights.He, Threads = 2 };
        Assert.Equal(Hash(shuffled), Hash(shuffled));
        Assert.NotEqual(Hash(shuffled), Hash(shuffled with { Seed = 43 }));
        Assert.NotEqual(Hash(shuffled), Hash(shuffled with { Shuffle = false }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("20")]
    [InlineData("128,64")]
    [InlineData("33,17,50")]
    [InlineData("100,1,40,16")]
    public void Networks_of_any_depth_train_alike_on_every_path(string hidden)
    {
        int[] sizes = [.. hidden.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        TrainingOptions options = Short with { Hidden = sizes, InitialWeights = InitialWeights.He, BatchSize = 7, Epochs = 1 };
        TrainingResult textbook = Run(options with { Strategy = Strategy.Textbook }, 500);
        foreach (TrainingOptions other in new[]
        {
            options with { Strategy = Strategy.SampleAtATime }, options with { Zeros = Zeros.Dense }, options with { Zeros = Zeros.Skip },
            options with { Zeros = Zeros.Dense, Threads = 3 }, options with { Zeros = Zeros.Skip, Threads = 2 },
        })
        {
            MustBeAlike(textbook.Network, Run(other, 500).Network, 2e-5f);
        }
    }

    /// <summary>Near a kink the last bit of a sum decides whether a gradient passes. FsCheck tries others in place of those cases, and fails when they are more than the rest.</summary>
    [Property(MaxTest = 25, MaxRejected = 25)]
    public Property The_fast_paths_agree_with_the_textbook() => Prop.ForAll(
        Gen.Choose(1, 100).ToArbitrary(), Gen.Choose(1, 80).ToArbitrary(), Gen.Choose(1, 150).ToArbitrary(), (batch, first, images) =>
        {
            TrainingOptions options = Short with { BatchSize = batch, Hidden = [first, 12], InitialWeights = InitialWeights.He, Epochs = 1 };
            return (NearestKink(options, images) >= 1e-5).Implies(() =>
            {
                Network expected = Run(options with { Strategy = Strategy.Textbook }, images).Network;
                MustBeAlike(expected, Run(options with { Zeros = Zeros.Dense, Threads = 2 }, images).Network, 2e-5f);
                MustBeAlike(expected, Run(options with { Zeros = Zeros.Skip, Threads = 1 }, images).Network, 2e-5f);
                MustBeAlike(expected, Run(options with { Strategy = Strategy.SampleAtATime }, images).Network, 2e-5f);
            });
        });

    /// <summary>One neuron is off for some images, so that the next layer has nothing but its bias, which is exactly 0 at first: no kink is near.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Few_neurons_that_are_all_off_are_no_kink(int first) =>
        Assert.True(NearestKink(Short with { BatchSize = 10, Hidden = [first, 12], InitialWeights = InitialWeights.He, Epochs = 1 }, 20) > 0);

    [Fact]
    public void The_last_batch_is_trained_with_its_own_size()
    {
        TrainingOptions options = Short with { BatchSize = 32, Epochs = 1 };
        TrainingResult result = Run(options, 70);
        Assert.Equal(3, result.BatchLosses.Count);

        Network network = Trainer.InitialNetwork(RealMnist.Data, options);
        ImageSet images = RealMnist.Data.Training;
        foreach ((int start, int count) in new[] { (0, 32), (32, 32), (64, 6) })
        {
            ForwardPass pass = network.Forward(images.ToMatrix(start, count));
            network.Update(network.Backward(pass, images.Labels.Slice(start, count)), options.LearningRate);
        }
        MustBeAlike(network, result.Network, 1e-6f);
    }

    [Fact]
    public void An_epochs_loss_is_the_mean_over_its_images_and_not_over_its_batches()
    {
        TrainingResult result = Run(Short with { BatchSize = 32, Epochs = 1 }, 70);
        double mean = ((32 * (double)result.BatchLosses[0]) + (32 * (double)result.BatchLosses[1]) + (6 * (double)result.BatchLosses[2])) / 70;
        Assert.Equal(mean, result.Epochs[0].Loss, 1e-6);
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_all_of_it()
    {
        TrainingResult all = Run(Short with { BatchSize = 70 }, 70), more = Run(Short with { BatchSize = int.MaxValue }, 70);
        Assert.Equal(2, more.BatchLosses.Count);
        Assert.Equal(ModelFile.WeightsSha256(all.Network), ModelFile.WeightsSha256(more.Network));
    }

    [Fact]
    public void A_loss_that_is_not_a_number_stops_the_training_and_says_where()
    {
        foreach (Strategy strategy in Enum.GetValues<Strategy>())
        {
            TrainingDivergedException diverged = Assert.Throws<TrainingDivergedException>(() =>
                Run(Short with { Strategy = strategy, LearningRate = 1e6f, Threads = strategy == Strategy.Fused ? 2 : 1 }, 500));
            Assert.Equal(1, diverged.Epoch);
            Assert.InRange(diverged.Batch, 2, 16);
            Assert.Contains($"epoch 1, batch {diverged.Batch}", diverged.Message);
            Assert.Contains("smaller learning rate", diverged.Message);
        }
    }

    [Fact]
    public void Callbacks_come_for_every_batch_and_epoch_and_cancelling_stops_cleanly()
    {
        using var source = new CancellationTokenSource();
        var batches = new List<BatchProgress>();
        var epochs = new List<EpochResult>();
        var trainer = new Trainer(RealMnist.Some(320), Short with { Epochs = 3, Threads = 2, EvaluateEachEpoch = true })
        {
            OnBatch = progress =>
            {
                batches.Add(progress);
                if (progress.Epoch == 2 && progress.Batch == 4) source.Cancel();
            },
            OnEpoch = epochs.Add,
        };
        TrainingResult result = trainer.Run(source.Token);

        Assert.Equal(14, batches.Count);
        Assert.Equal(new BatchProgress(2, 4, 10, batches[^1].Loss), batches[^1]);
        Assert.Equal(batches.Select(batch => batch.Loss), result.BatchLosses);
        Assert.Equal(epochs, result.Epochs);
        Assert.Single(epochs);
        Assert.True(result.Cancelled);
        Assert.Equal(100, result.Test.Count);
        Assert.Equal(result.Network.Evaluate(RealMnist.Some(320).Test).Loss, result.Test.Loss); // of the end, not of the last whole epoch
    }

    [Fact]
    public void Confusion_accuracy_and_digits_agree()
    {
        Evaluation test = Run(Short, 2000, 1000).Test;
        Assert.Equal(1000, test.Confusion.Cast<int>().Sum());
        Assert.Equal(Enumerable.Range(0, 1000).Count(i => test.Predictions[i] == test.Labels[i]), test.Correct);
        Assert.Equal(1000 - test.Correct, test.Misclassified().Count);
        for (int digit = 0; digit < 10; digit++)
        {
            int[] those = [.. Enumerable.Range(0, 1000).Where(i => test.Labels[i] == digit)];
            Assert.Equal(those.Average(i => test.Predictions[i] == digit ? 1.0 : 0.0), test.PerDigit[digit], 12);
        }
    }

    [Theory]
    [InlineData(0, 32, 0.01f, 1)]
    [InlineData(1, 0, 0.01f, 1)]
    [InlineData(1, 32, 0f, 1)]
    [InlineData(1, 32, float.NaN, 1)]
    [InlineData(1, 32, float.PositiveInfinity, 1)]
    [InlineData(1, 32, 0.01f, -1)]
    public void Options_out_of_range_are_refused(int epochs, int batch, float rate, int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(RealMnist.Data, new TrainingOptions { Epochs = epochs, BatchSize = batch, LearningRate = rate, Threads = threads }));

    private static TrainingResult Run(TrainingOptions options, int training, int test = 50) => new Trainer(RealMnist.Some(training, test), options).Run(TestContext.Current.CancellationToken);

    /// <summary>
    /// How near any value before a ReLU comes to 0 while the textbook trains. Where all inputs of a layer are off, that is
    /// its bias; one that is exactly 0 has had no gradient yet, and as long as no other value is near 0 it has none on any
    /// path: such a value is off on all of them.
    /// </summary>
    private static float NearestKink(TrainingOptions options, int images)
    {
        MnistData data = RealMnist.Some(images);
        Network network = Trainer.InitialNetwork(data, options);
        using ITrainingStep step = Trainer.CreateStep(network, data.Training, options with { Strategy = Strategy.Textbook });
        float nearest = float.PositiveInfinity;
        foreach (int[] batch in Enumerable.Range(0, images).Chunk(options.BatchSize))
        {
            Matrix inputs = data.Training.ToMatrix(batch[0], batch.Length);
            foreach (DenseLayer layer in network.Layers.SkipLast(1))
            {
                Matrix before = new(batch.Length, layer.Outputs), after = new(batch.Length, layer.Outputs);
                DenseForward.Compute(inputs, layer.Weights, layer.Bias, before, relu: false);
                DenseForward.Compute(inputs, layer.Weights, layer.Bias, after, relu: true);
                for (int row = 0; row < batch.Length; row++)
                {
                    bool allOff = !inputs.Row(row).ContainsAnyExcept(0f);
                    foreach (float value in before.Row(row))
                        if (value != 0 || !allOff) nearest = Math.Min(nearest, Math.Abs(value));
                }
                inputs = after;
            }
            step.Train(batch);
        }
        return nearest;
    }

    private static string Hash(TrainingOptions options) => ModelFile.WeightsSha256(Run(options, 1000).Network);

    private static void MustBeAlike(Network expected, Network actual, float tolerance)
    {
        for (int l = 0; l < expected.Layers.Count; l++)
        {
            Near(expected.Layers[l].Weights, actual.Layers[l].Weights, tolerance, $"W{l + 1}");
            Near(expected.Layers[l].Bias, actual.Layers[l].Bias, tolerance, $"b{l + 1}");
        }
    }

    private static void Near(Matrix expected, Matrix actual, float tolerance, string name)
    {
        float worst = expected.ToArray().Zip(actual.ToArray(), (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= tolerance, $"{name}: max difference {worst}");
    }
}
