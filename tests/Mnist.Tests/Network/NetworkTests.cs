using Xunit;

namespace Mnist.Tests;

/// <summary>Forward pass, loss, update, evaluation and copies, against double precision or by hand.</summary>
public class NetworkTests
{
    [Theory]
    [InlineData(3, 4)]
    [InlineData(17, 5, 10)]
    [InlineData(33, 20, 7, 3)]
    public void Forward_is_what_the_formulas_give_in_double_precision(params int[] sizes)
    {
        Network network = Random(sizes);
        Matrix inputs = Values.SomeMatrix(6, sizes[0], 5);
        byte[] labels = [.. Enumerable.Range(0, 6).Select(i => (byte)(i % sizes[^1]))];
        ForwardPass pass = network.Forward(inputs);

        double loss = 0;
        for (int sample = 0; sample < 6; sample++)
        {
            double[] values = Array.ConvertAll(inputs.Row(sample).ToArray(), value => (double)value);
            for (int l = 0; l < network.Layers.Count; l++)
            {
                values = Layer(network.Layers[l], values, relu: l < network.Layers.Count - 1);
                MustBeNear(values, pass.Outputs[l].Row(sample));
            }
            double sum = values.Sum(Math.Exp);
            MustBeNear([.. values.Select(logit => Math.Exp(logit) / sum)], pass.Probabilities.Row(sample));
            loss += Math.Log(sum) - values[labels[sample]];
        }
        Assert.Same(pass.Outputs[^1], pass.Logits);
        Assert.Equal(loss / 6, pass.Loss(labels), 1e-5);
        Assert.Equal(loss / 6, network.Backward(pass, labels).Loss, 1e-5);
    }

    [Fact]
    public void The_inputs_of_a_layer_are_the_outputs_of_the_one_before()
    {
        Matrix inputs = Values.SomeMatrix(2, 4, 1);
        ForwardPass pass = Random(4, 3, 2).Forward(inputs);

        Assert.Same(inputs, pass.InputsOf(0));
        Assert.Same(pass.Outputs[0], pass.InputsOf(1));
    }

    [Fact]
    public void An_update_moves_every_weight_and_bias_against_its_gradient()
    {
        Network network = Random(6, 5, 4), before = network.Clone();
        Gradients gradients = network.Backward(network.Forward(Values.SomeMatrix(3, 6, 1)), [0, 1, 3]);
        network.Update(gradients, 0.5f);

        foreach ((DenseLayer was, DenseLayer now, DenseLayer gradient) in before.Layers.Zip(network.Layers, gradients.Layers))
        {
            MustBeMoved(was.Weights, now.Weights, gradient.Weights);
            MustBeMoved(was.Bias, now.Bias, gradient.Bias);
        }

        static void MustBeMoved(Matrix was, Matrix now, Matrix gradient)
        {
            Assert.Contains(gradient.ToArray(), value => value != 0);
            MustBeNear([.. was.ToArray().Zip(gradient.ToArray(), (value, slope) => value - (0.5 * slope))], now.ToArray());
        }
    }

    [Fact]
    public void Gradients_of_another_network_are_refused_before_anything_changes()
    {
        Network network = Random(6, 5, 4);
        float[] before = Parameters(network);
        foreach (int[] sizes in new int[][] { [6, 5, 3], [6, 7, 4], [5, 5, 4], [6, 5, 5, 4], [6, 4] })
        {
            Network other = Random(sizes);
            Gradients gradients = other.Backward(other.Forward(Values.SomeMatrix(3, sizes[0], 1)), [0, 1, 2]);
            Assert.Throws<ArgumentException>(() => network.Update(gradients, 0.5f));
            Assert.Equal(before, Parameters(network));
        }
    }

    [Fact]
    public void A_loss_is_right_where_the_probability_is_too_small_for_a_float()
    {
        var network = new Network(1, 10);
        network.Layers[0].Weights[0, 3] = 300;
        var image = new ImageSet(1, 1, [255], [5]);
        ForwardPass pass = network.Forward(image.ToMatrix(0, 1));

        Assert.Equal(0, pass.Probabilities[0, 5]);
        Assert.Equal(300, pass.Loss([5]), 1e-4);
        Assert.Equal(300, network.Backward(pass, [5]).Loss, 1e-4);
        Assert.Equal(300, network.Evaluate(image).Loss, 1e-4);
    }

    [Theory]
    [InlineData(0, 3, false)]
    [InlineData(1, 3, false)]
    [InlineData(31, 13, false)]
    [InlineData(32, 64, false)]
    [InlineData(33, 65, false)]
    [InlineData(257, 13, false)]
    [InlineData(33, 65, true)]
    public void Every_image_is_evaluated_once_and_in_its_place_with_the_bits_of_a_forward_pass(int count, int width, bool infiniteWeights)
    {
        byte[] pixels = Values.Pixels(count * 2 * width, count), labels = new byte[count];
        var random = new Random(count);
        for (int i = 0; i < count; i++) labels[i] = (byte)random.Next(10);
        var images = new ImageSet(2, width, pixels, labels);
        Network network = Random(2 * width, 8, 10);
        if (infiniteWeights) network.Layers[0].Weights.Row(width).Fill(float.PositiveInfinity); // × a pixel of 0: not a number
        Evaluation evaluation = network.Evaluate(images);

        Assert.Equal(labels, evaluation.Labels);
        Assert.Equal(network.Forward(images.ToMatrix(0, count)).Loss(labels), evaluation.Loss, 1e-9);
        for (int i = 0; i < count; i++)
            Roundings.MustBeSameBits(network.Forward(images.ToMatrix(i, 1)).Probabilities.Row(0), evaluation.Probabilities.Row(i), $"image {i} of {count}");
    }

    [Fact]
    public void A_network_of_one_layer_has_no_ReLU_at_its_end()
    {
        var images = new ImageSet(2, 65, Values.Pixels(40 * 130, 1), new byte[40]);
        Network network = Random(130, 10);
        Evaluation evaluation = network.Evaluate(images);
        for (int i = 0; i < 40; i++)
            Roundings.MustBeSameBits(network.Forward(images.ToMatrix(i, 1)).Probabilities.Row(0), evaluation.Probabilities.Row(i), $"image {i}");
    }

    [Fact]
    public void A_clone_has_all_weights_and_biases_and_memory_of_its_own()
    {
        Network network = Random(5, 4, 3), clone = network.Clone(), other = new(5, 4, 3);
        other.CopyFrom(network);
        float[] all = Parameters(network);
        Assert.Equal(all, Parameters(clone));
        Assert.Equal(all, Parameters(other));

        network.Layers[1].Bias[0, 2] += 1;
        network.Layers[0].Weights[4, 3] += 1;
        Assert.Equal(all, Parameters(clone));
        Assert.NotEqual(all, Parameters(network));
    }

    [Fact]
    public void Parameters_are_weights_and_biases()
    {
        Assert.Equal((784 * 128) + 128 + (128 * 64) + 64 + (64 * 10) + 10, new Network(784, 128, 64, 10).ParameterCount);
        Assert.Equal("Network 784-128-64-10, 109,386 parameters", new Network(784, 128, 64, 10).ToString());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Network network = Random(4, 3, 2);
        ForwardPass pass = network.Forward(new Matrix(2, 4));
        Assert.Throws<ArgumentException>(() => new Network(3));
        Assert.Throws<ArgumentException>(() => new Network(3, 0, 2));
        Assert.Throws<ArgumentException>(() => network.Forward(new Matrix(2, 5)));
        Assert.Throws<ArgumentException>(() => network.Backward(pass, [0]));
        Assert.Throws<ArgumentException>(() => pass.Loss([0, 1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Backward(pass, [0, 2]));
        Assert.Throws<ArgumentException>(() => network.CopyFrom(new Network(4, 4, 2)));
        Assert.Throws<ArgumentException>(() => network.Evaluate(new ImageSet(1, 5, new byte[5], [0])));
    }

    private static Network Random(params int[] sizes)
    {
        var network = new Network(sizes);
        WeightInitializer.He(network, 3);
        foreach (DenseLayer layer in network.Layers) Values.Fill(layer.Bias.Row(0), layer.Outputs);
        return network;
    }

    private static float[] Parameters(Network network) =>
        [.. network.Layers.SelectMany(layer => layer.Weights.ToArray().Concat(layer.Bias.ToArray()))];

    private static double[] Layer(DenseLayer layer, double[] values, bool relu)
    {
        double[] sums = Array.ConvertAll(layer.Bias.ToArray(), value => (double)value);
        for (int column = 0; column < sums.Length; column++)
        {
            for (int i = 0; i < values.Length; i++) sums[column] += values[i] * layer.Weights[i, column];
            if (relu) sums[column] = Math.Max(sums[column], 0);
        }
        return sums;
    }

    private static void MustBeNear(double[] exact, ReadOnlySpan<float> actual)
    {
        Assert.Equal(exact.Length, actual.Length);
        for (int i = 0; i < exact.Length; i++) Assert.Equal(exact[i], actual[i], 1e-5 * Math.Max(1, Math.Abs(exact[i])));
    }
}
