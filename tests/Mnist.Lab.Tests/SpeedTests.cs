using Mnist.Kernels;
using Mnist.Lab.Speed;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>The instruments of 08: what they compute is right, whatever the time.</summary>
public sealed class SpeedTests
{
    private static readonly MnistData Digits = new() { Training = Samples.Images, Test = Samples.Images, Folder = "" };

    [Fact]
    public void Row_by_row_trains_as_the_textbook_does_with_a_short_last_batch()
    {
        TrainingOptions options = new() { LearningRate = 0.1f, InitialWeights = InitialWeights.He };
        Network rows = Trainer.InitialNetwork(Digits, options), textbook = rows.Clone();
        using var byRow = new RowByRowStep(rows, Digits.Training, options);
        using var tiled = new TextbookStep(textbook, Digits.Training, options);
        int[] order = [.. Enumerable.Range(0, 200)];
        for (int first = 0; first < 200; first += 32)
        {
            Memory<int> batch = order.AsMemory(first, Math.Min(32, 200 - first));
            Assert.Equal(tiled.Train(batch), byRow.Train(batch), 1e-3);
        }
        for (int l = 0; l < 3; l++)
        {
            Assert.True(Compare.Values("W", rows.Layers[l].Weights, textbook.Layers[l].Weights).Close);
            Assert.True(Compare.Values("b", rows.Layers[l].Bias, textbook.Layers[l].Bias).Close);
        }
    }

    [Fact]
    public void Ways_train_on_one_batch_after_the_other_from_the_same_start()
    {
        using var ways = new StepWays(Digits);
        Assert.Equal(32 * 454_400.0, ways.Operations);
        foreach (Action way in new[] { ways.SampleAtATime(), ways.RowByRow(), ways.Tiled(), ways.Fused(), ways.Skipping(), ways.Skipping(2) })
            for (int batch = 0; batch < 13; batch++) way(); // 12 full batches, and the first once more
        Network expected = Trainer.InitialNetwork(Digits, new TrainingOptions());
        using (var textbook = new TextbookStep(expected, Digits.Training, new TrainingOptions()))
            for (int batch = 0; batch < 13; batch++) textbook.Train(Enumerable.Range(batch % 12 * 32, 32).ToArray());
        Assert.Equal(6, ways.Made.Count);
        foreach ((Network network, ITrainingStep step) in ways.Made)
        {
            step.Save();
            for (int l = 0; l < 3; l++)
                Assert.True(Compare.Values("W", network.Layers[l].Weights, expected.Layers[l].Weights).Close, $"{step.GetType().Name}, layer {l}");
        }
    }

    public static TheoryData<string> Softmaxes => [nameof(SoftmaxWays.CLibrary), nameof(SoftmaxWays.BuiltIn), nameof(SoftmaxWays.Primitives), nameof(SoftmaxWays.RowByRow), nameof(SoftmaxWays.SamplesAsLanes)];

    [Theory]
    [MemberData(nameof(Softmaxes))]
    public void A_softmax_gives_p_minus_y_and_the_sum_of_losses_even_for_large_logits(string name)
    {
        Matrix logits = new(35, 10), d = new(35, 10);
        byte[] labels = [.. Enumerable.Range(0, 35).Select(row => (byte)(row % 10))];
        for (int row = 0; row < 35; row++)
            for (int i = 0; i < 10; i++) logits[row, i] = ((((row * 7) + (i * 13)) % 23) - 11) * (row == 3 ? 10 : 0.5f);
        double loss = name switch
        {
            nameof(SoftmaxWays.CLibrary) => SoftmaxWays.CLibrary(logits, labels, d),
            nameof(SoftmaxWays.BuiltIn) => SoftmaxWays.BuiltIn(logits, labels, d),
            nameof(SoftmaxWays.Primitives) => SoftmaxWays.Primitives(logits, labels, d),
            nameof(SoftmaxWays.RowByRow) => SoftmaxWays.RowByRow(logits, labels, d),
            _ => SoftmaxWays.SamplesAsLanes(logits, labels, d),
        };
        double expected = 0;
        for (int row = 0; row < 35; row++)
        {
            double[] z = [.. logits.Row(row).ToArray().Select(value => (double)value)];
            double logSum = z.Max() + Math.Log(z.Sum(value => Math.Exp(value - z.Max())));
            expected += logSum - z[labels[row]];
            for (int i = 0; i < 10; i++) Assert.Equal(Math.Exp(z[i] - logSum) - (i == labels[row] ? 1 : 0), d[row, i], 1e-5);
        }
        Assert.Equal(expected, loss, expected * 1e-5);
    }

    [Fact]
    public void A_softmax_refuses_shapes_and_labels_that_do_not_fit()
    {
        Assert.Throws<ArgumentException>(() => SoftmaxWays.BuiltIn(new Matrix(2, 17), new byte[2], new Matrix(2, 17)));
        Assert.Throws<ArgumentException>(() => SoftmaxWays.CLibrary(new Matrix(2, 10), new byte[3], new Matrix(2, 10)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxWays.Primitives(new Matrix(1, 10), [10], new Matrix(1, 10)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_walk_over_lit_pixels_gives_the_dense_product(int walk)
    {
        Matrix sums = SkippingRace.FirstSums(Samples.Images, (BitWalk)walk), expected = new(32, 128);
        DenseForward.Reference(Samples.Images.ToMatrix(0, 32), SkippingRace.Weights(784), new Matrix(1, 128), expected, relu: false);
        int columns = (int)Simd.Best * Tile.Library.Rows; // 32 registers hold 8 sums and more, 16 hold 4
        for (int row = 0; row < 32; row++)
            for (int column = 0; column < 128; column++)
            {
                if (column < columns) Assert.Equal(expected[row, column], sums[row, column], 1e-4);
                else Assert.Equal(0, sums[row, column]);
            }
    }

    [Fact]
    public void Walks_refuse_less_than_a_batch_and_other_sizes()
    {
        Assert.Throws<ArgumentException>(() => SkippingRace.Run(Samples.Images.Take(31)));
        Assert.Throws<ArgumentException>(() => SkippingRace.Run(new ImageSet(2, 2, new byte[160], new byte[40])));
    }

    [Fact]
    public void Two_halves_of_the_pixels_are_the_whole_and_half_of_the_columns_is_half_of_it()
    {
        FirstLayer whole = new(Samples.Images, 128, 32), halves = new(Samples.Images, 128, 32), left = new(Samples.Images, 128, 32);
        Matrix expected = new(32, 128);
        DenseForward.Reference(Samples.Images.ToMatrix(32, 32), whole.Weights, new Matrix(1, 128), expected, relu: false);
        whole.Run(1, 0b1111, 128);
        halves.Run(1, 0b0011, 128);
        Assert.False(Compare.Values("half", halves.Sums, expected, 1e-4).Close);
        halves.Run(1, 0b1100, 128);
        left.Run(1, 0b1111, 64);
        Assert.True(Compare.Values("whole", whole.Sums, expected, 1e-4).Close);
        Assert.True(Compare.Values("halves", halves.Sums, expected, 1e-4).Close);
        Assert.Equal(whole.Sums[5, 63], left.Sums[5, 63]);
        Assert.Equal(0, left.Sums[5, 64]);
    }

    [Fact]
    public void Lit_pixels_are_counted_alone_in_pairs_and_in_batches()
    {
        byte[] pixels = new byte[32 * 4];
        (pixels[0], pixels[6], pixels[7]) = (1, 2, 3); // image 0: pixel 0; image 1: pixels 2 and 3
        LitPixels lit = LitPixels.Count(new ImageSet(2, 2, pixels, new byte[32]));
        Assert.Equal(new LitPixels(3 / 128.0, 3 / 64.0, 2 / 64.0, 0.75), lit);
        Assert.Throws<ArgumentException>(() => LitPixels.Count(new ImageSet(2, 2, new byte[124], new byte[31])));
    }

    [Fact]
    public void Traffic_is_counted()
    {
        const double Matrix = 784 * 128 * 4;
        int tiles = 32 / Tile.Library.Rows;
        Assert.Equal([100 * Matrix, 38 * Matrix, (tiles + 6) * Matrix, 3 * Matrix], [StepTraffic.SampleAtATime, StepTraffic.RowByRow, StepTraffic.Tiled, StepTraffic.Fused]);
        Assert.Equal(1.5 * Matrix, StepTraffic.Skipping(new LitPixels(0.1, 0.2, 0.15, 0.5)));
    }

    [Fact]
    public void A_sample_s_parts_are_all_of_it()
    {
        SampleProfile profile = SampleProfile.Measure(Digits);
        Assert.Equal(4, profile.Parts.Count);
        Assert.All(profile.Parts, part => Assert.True(part.Seconds > 0));
        Assert.Equal(454_400 + (2 * 100_352 / 32.0), profile.Parts.Sum(part => part.Operations));
        Assert.Contains("dW1 += outer product", $"{profile.Against(1e11)}", StringComparison.Ordinal);
    }
}
