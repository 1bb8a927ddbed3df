using System.Globalization;
using FsCheck.Xunit;
using Xunit;

namespace Mnist.Tests;

public class WeightInitializerTests
{
    [Fact]
    public void Seed_weights_are_drawn_output_after_output_and_layer_after_layer()
    {
        var network = new Network(3, 2, 2);
        WeightInitializer.Initialize(network, InitialWeights.Seed, 42);
        var random = new NumPyRandom(42);
        float Next() => float.Parse(((random.NextDouble() - 0.5) * 0.1).ToString("F8", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

        float[] first = [.. Enumerable.Range(0, 6).Select(_ => Next())];
        float[] second = [.. Enumerable.Range(0, 4).Select(_ => Next())];

        // drawn [outputs][inputs], stored [inputs, outputs]
        Assert.Equal([first[0], first[3], first[1], first[4], first[2], first[5]], network.Layers[0].Weights.ToArray());
        Assert.Equal([second[0], second[2], second[1], second[3]], network.Layers[1].Weights.ToArray());
        Assert.Equal(-0.01254599f, network.Layers[0].Weights[0, 0]); // (0.3745401188 − 0.5) · 0.1
    }

    [Theory]
    [InlineData(42u)]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    public void Every_seed_weight_of_the_assemblys_network_is_what_print_and_parse_give(uint seed)
    {
        var network = new Network(784, 128, 64, 10);
        WeightInitializer.Seed(network, seed);
        var random = new NumPyRandom(seed);
        foreach (DenseLayer layer in network.Layers)
            for (int output = 0; output < layer.Outputs; output++)
                for (int input = 0; input < layer.Inputs; input++)
                    Assert.Equal(PrintedAndParsed((random.NextDouble() - 0.5) * 0.1), layer.Weights[input, output]);
    }

    [Property(MaxTest = 2000)]
    public void Rounding_to_8_decimals_is_printing_and_parsing(int hundredMillionths, sbyte units)
    {
        // next to a tie on purpose: (n + ½) · 10⁻⁸, moved by a few units in the last place
        double value = ((hundredMillionths % 5_000_000) + 0.5) * 1e-8;
        value = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) + (units % 4));

        Assert.Equal(PrintedAndParsed(value), WeightInitializer.PrintedWith8Decimals(value));
    }

    [Fact]
    public void He_weights_have_mean_0_and_variance_2_over_inputs()
    {
        var network = new Network(784, 128, 64, 10);
        WeightInitializer.Initialize(network, InitialWeights.He, 1);
        foreach (DenseLayer layer in network.Layers)
        {
            float[] weights = layer.Weights.ToArray();
            double variance = 2.0 / layer.Inputs, count = weights.Length;

            // four standard errors: of the mean √(variance / n), of the variance variance · √(2 / n)
            Assert.Equal(0, weights.Average(weight => (double)weight), 4 * Math.Sqrt(variance / count));
            Assert.Equal(variance, weights.Average(weight => (double)weight * weight), 4 * variance * Math.Sqrt(2 / count));
        }
    }

    [Fact]
    public void He_weights_of_a_seed_are_these_on_every_machine()
    {
        var network = new Network(2, 2);
        WeightInitializer.He(network, 42);

        // calculated independently, in Python with its own math.log; the deviation √(2 / 2) is 1
        uint[] expected = [0xBF39E97F, 0xBE584401, 0x3E62F110, 0x3F05D45E];
        Assert.Equal(expected, network.Layers[0].Weights.ToArray().Select(BitConverter.SingleToUInt32Bits));
    }

    [Theory]
    [InlineData(InitialWeights.Seed)]
    [InlineData(InitialWeights.He)]
    public void Equal_seeds_give_equal_bits_and_other_seeds_other_weights(InitialWeights kind)
    {
        float[] first = Weights(kind, 5), again = Weights(kind, 5), other = Weights(kind, 6);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Theory]
    [InlineData(InitialWeights.Seed)]
    [InlineData(InitialWeights.He)]
    public void Biases_are_set_to_0_and_padding_stays_0(InitialWeights kind)
    {
        var network = new Network(5, 3);
        network.Layers[0].Bias[0, 1] = 7;
        WeightInitializer.Initialize(network, kind, 1);

        Assert.All(network.Layers[0].Bias.ToArray(), bias => Assert.Equal(0, bias));
        Matrix weights = network.Layers[0].Weights;
        for (int row = 0; row < weights.Rows; row++)
            Assert.True(weights.Padded.Slice((row * weights.Stride) + weights.Columns, weights.Stride - weights.Columns).IndexOfAnyExcept(0f) < 0);
    }

    [Fact]
    public void An_unknown_kind_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightInitializer.Initialize(new Network(1, 1), (InitialWeights)9, 1));

    private static float[] Weights(InitialWeights kind, uint seed)
    {
        var network = new Network(20, 10, 5);
        WeightInitializer.Initialize(network, kind, seed);
        return [.. network.Layers.SelectMany(layer => layer.Weights.ToArray())];
    }

    private static float PrintedAndParsed(double value) =>
        float.Parse(value.ToString("F8", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
