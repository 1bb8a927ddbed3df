using Xunit;

namespace Mnist.Tests;

/// <summary>What a training step does with wrong arguments, in a wrong order, on many threads.</summary>
public class TrainingStepTests
{
    private static readonly TrainingOptions Few = new() { Threads = 1, Hidden = [20, 12], InitialWeights = InitialWeights.He };

    private static readonly int[] OneBeyond = [0, 100], OneBefore = [-1], Three = [1, 2, 3];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<Strategy, Zeros, int> Ways => new()
    {
        { Strategy.Fused, Zeros.Dense, 1 }, { Strategy.Fused, Zeros.Dense, 3 }, { Strategy.Fused, Zeros.Skip, 1 }, { Strategy.Fused, Zeros.Skip, 2 },
        { Strategy.Textbook, Zeros.Dense, 1 }, { Strategy.SampleAtATime, Zeros.Dense, 1 },
    };

    [Theory, MemberData(nameof(Ways))]
    public async Task Bad_batches_change_nothing_and_leave_the_step_usable(Strategy strategy, Zeros zeros, int threads) => await TeamTests.InTime(() =>
    {
        TrainingOptions options = Few with { Strategy = strategy, Zeros = zeros, Threads = threads };
        (Network network, Network other) = (Initial(options), Initial(options));
        ImageSet images = RealMnist.Some(100).Training;
        using ITrainingStep step = Trainer.CreateStep(network, images, options), undisturbed = Trainer.CreateStep(other, images, options);
        int[] good = [.. Enumerable.Range(3, 32)];
        Assert.Throws<ArgumentOutOfRangeException>(() => step.Train(OneBeyond));
        Assert.Throws<ArgumentOutOfRangeException>(() => step.Train(OneBefore));
        Assert.Throws<ArgumentException>(() => step.Train(Array.Empty<int>()));
        Assert.Throws<ArgumentException>(() => step.Train(new int[33]));
        Assert.Equal(undisturbed.Train(good), step.Train(good));
        step.Save();
        undisturbed.Save();
        Assert.Equal(ModelFile.WeightsSha256(other), ModelFile.WeightsSha256(network));
    });

    [Theory, MemberData(nameof(Ways))]
    public void A_network_with_too_few_classes_or_other_inputs_is_refused(Strategy strategy, Zeros zeros, int threads)
    {
        TrainingOptions options = Few with { Strategy = strategy, Zeros = zeros, Threads = threads };
        ImageSet images = RealMnist.Some(100).Training;
        Assert.Contains("5 classes", Assert.Throws<ArgumentException>(() => Trainer.CreateStep(new Network(784, 20, 5), images, options)).Message, StringComparison.Ordinal);
        Assert.Contains("784 pixels", Assert.Throws<ArgumentException>(() => Trainer.CreateStep(new Network(783, 20, 10), images, options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_disposed_step_says_so_and_can_be_disposed_again(int threads) => await TeamTests.InTime(() =>
    {
        TrainingOptions options = Few with { Threads = threads };
        ITrainingStep step = Trainer.CreateStep(Initial(options), RealMnist.Some(100).Training, options);
        step.Train(Three);
        step.Dispose();
        step.Dispose();
        Assert.Throws<ObjectDisposedException>(() => step.Train(Three));
        Assert.Throws<ObjectDisposedException>(step.Save);
    });

    [Theory]
    [InlineData(Zeros.Dense)]
    [InlineData(Zeros.Skip)]
    public async Task Bits_and_losses_are_equal_for_1_to_8_threads_and_a_change_of_mind_in_every_batch(Zeros zeros) => await TeamTests.InTime(() =>
    {
        (string Hash, double[] Losses) one = Run(1, null);
        for (int threads = 2; threads <= 8; threads++)
        {
            foreach (IGovernor governor in new IGovernor[] { new NeverAlone(), new TeamTests.Alternating() })
            {
                (string hash, double[] losses) = Run(threads, governor);
                Assert.Equal(one.Losses, losses);
                Assert.Equal(one.Hash, hash);
            }
        }

        (string, double[]) Run(int threads, IGovernor? governor)
        {
            TrainingOptions options = Few with { Threads = threads };
            Network network = Initial(options);
            ImageSet images = RealMnist.Some(1000).Training;
            using FusedStep step = zeros == Zeros.Skip ? new ZeroSkippingStep(network, images, options, governor) : new FusedStep(network, images, options, governor);
            double[] losses = [.. Enumerable.Range(0, 600).Select(i => step.Train(Enumerable.Range(i * 7 % 900, 1 + (i * 5 % 32)).ToArray()))];
            step.Save();
            return (ModelFile.WeightsSha256(network), losses);
        }
    });

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(256)]
    public void Other_numbers_of_classes_train_alike_on_every_path(int more)
    {
        ImageSet images = RealMnist.Some(200).Training;
        Network expected = Trained(Few with { Strategy = Strategy.Textbook });
        foreach (TrainingOptions options in new[] { Few with { Zeros = Zeros.Skip, Threads = 2 }, Few with { Zeros = Zeros.Dense }, Few with { Strategy = Strategy.SampleAtATime } })
        {
            Network actual = Trained(options);
            foreach ((DenseLayer a, DenseLayer b) in expected.Layers.Zip(actual.Layers))
                Assert.All(a.Weights.ToArray().Zip(b.Weights.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
        }

        Network Trained(TrainingOptions options)
        {
            var network = new Network(784, 20, 10 + more);
            WeightInitializer.He(network, 1);
            using ITrainingStep step = Trainer.CreateStep(network, images, options);
            for (int first = 0; first < 200; first += 25) step.Train(Enumerable.Range(first, 25).ToArray());
            step.Save();
            return network;
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_probability_of_zero_has_the_same_loss_on_every_path(Strategy strategy, Zeros zeros, int threads)
    {
        var network = new Network(784, 10);
        network.Layers[0].Bias[0, 0] = 250; // the answer 0, whatever the image
        ImageSet images = RealMnist.Some(32).Training;
        int wrong = images.Labels.ToArray().Count(label => label != 0);
        ForwardPass pass = network.Forward(images.ToMatrix(0, 32));
        Assert.Equal(250.0 * wrong / 32, pass.Loss(images.Labels), 1e-4);
        Assert.Equal(250.0 * wrong / 32, network.Evaluate(images).Loss, 1e-4);
        Assert.Equal(250.0 * wrong / 32, network.Backward(pass, images.Labels).Loss, 1e-4);
        using ITrainingStep step = Trainer.CreateStep(network, images, Few with { Strategy = strategy, Zeros = zeros, Threads = threads });
        Assert.Equal(250.0 * wrong, step.Train(Enumerable.Range(0, 32).ToArray()), 1e-3);
    }

    [Fact]
    public async Task A_thousand_trainings_leave_no_thread_and_no_memory_behind() => await TeamTests.InTime(() =>
    {
        ImageSet images = RealMnist.Some(64).Training;
        TrainingOptions options = Few with { Threads = 3 };
        long before = 0;
        int threads = 0;
        for (int run = 0; run < 1000; run++)
        {
            var network = new Network(784, 20, 12, 10);
            var step = new ZeroSkippingStep(network, images, options, new NeverAlone());
            step.Train(Enumerable.Range(0, 32).ToArray());
            step.Dispose();
            if (run != 100) continue;
            before = GC.GetTotalMemory(forceFullCollection: true);
            threads = Threads();
        }
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, before + 40_000_000);
        Assert.InRange(Threads(), 1, threads + 20); // 1,800 more were started; the tests beside this one may have some

        static int Threads()
        {
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return process.Threads.Count;
        }
    });

    [Fact]
    public void An_update_with_gradients_of_another_network_changes_nothing()
    {
        Network network = new(5, 4, 3), other = new(5, 4, 4), sameLayers = new(16, 4, 3);
        WeightInitializer.He(network, 1);
        string before = ModelFile.WeightsSha256(network);
        foreach (Network wrong in new[] { other, sameLayers, new Network(5, 3), new Network(5, 4, 3, 3) })
        {
            Gradients gradients = wrong.Backward(wrong.Forward(Values.SomeMatrix(2, wrong.Sizes[0], 1)), [0, 1]);
            Assert.Contains("5-4-3", Assert.Throws<ArgumentException>(() => network.Update(gradients, 0.1f)).Message, StringComparison.Ordinal);
            Assert.Equal(before, ModelFile.WeightsSha256(network));
        }
    }

    [Fact]
    public void The_last_update_of_a_training_counts()
    {
        TrainingOptions options = Few with { Epochs = 1, BatchSize = 500, LearningRate = 1e38f, Hidden = [128, 64], EvaluateEachEpoch = false };
        TrainingDivergedException diverged = Assert.Throws<TrainingDivergedException>(() => new Trainer(RealMnist.Some(500), options).Run(Stop));
        Assert.Equal((1, 1), (diverged.Epoch, diverged.Batch));
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_short_batch_after_a_long_one_has_the_loss_of_its_own_images(Strategy strategy, Zeros zeros, int threads)
    {
        TrainingOptions options = Few with { Strategy = strategy, Zeros = zeros, Threads = threads };
        ImageSet images = RealMnist.Some(100).Training;
        Network network = Initial(options);
        using ITrainingStep step = Trainer.CreateStep(network, images, options);
        step.Train(Enumerable.Range(0, 32).ToArray());
        step.Save();
        double expected = 5 * network.Forward(images.ToMatrix(40, 5)).Loss(images.Labels.Slice(40, 5));
        Assert.Equal(expected, step.Train(Enumerable.Range(40, 5).ToArray()), 1e-5);
    }

    [Fact]
    public void A_training_that_ends_at_chance_says_so()
    {
        Assert.True(new Trainer(RealMnist.Some(640), Few with { LearningRate = 30, Epochs = 1, InitialWeights = InitialWeights.Seed }).Run(Stop).EndedAtChance);
        Assert.False(new Trainer(RealMnist.Some(640), Few with { LearningRate = 0.1f, Epochs = 2 }).Run(Stop).EndedAtChance);
    }

    [Fact]
    public void What_would_not_fit_the_memory_is_refused_before_it_is_allocated()
    {
        var data = new MnistData { Training = new ImageSet(1, 1, new byte[60_000], new byte[60_000]), Test = RealMnist.Data.Test, Folder = "" };
        long before = GC.GetTotalAllocatedBytes();
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new Trainer(data, new TrainingOptions { Hidden = [65536], BatchSize = 60_000 }));
        Assert.Contains("smaller batches", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 50_000_000);
    }

    private static Network Initial(TrainingOptions options) => Trainer.InitialNetwork(RealMnist.Some(10), options);
}
