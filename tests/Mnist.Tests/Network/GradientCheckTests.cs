using Xunit;

namespace Mnist.Tests;

public class GradientCheckTests
{
    [Fact]
    public void Every_gradient_of_the_assemblys_network_is_right()
    {
        Network network = Trainer.InitialNetwork(RealMnist.Data, new TrainingOptions());
        ImageSet images = RealMnist.Data.Training;
        GradientCheckReport report = GradientCheck.Run(network, images.ToMatrix(0, 4), images.Labels[..4], elements: 60);
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(["W1", "b1", "W2", "b2", "W3", "b3"], report.Tensors.Select(tensor => tensor.Name));
        Assert.All(report.Tensors, tensor => Assert.True(tensor.Checked >= 10));
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(5, 2, 3)]
    [InlineData(7, 20, 3, 9, 4)]
    public void Every_element_of_small_networks_is_right(params int[] sizes)
    {
        (Network network, Matrix inputs, byte[] labels) = Small(sizes);
        GradientCheckReport report = GradientCheck.Run(network, inputs, labels, elements: int.MaxValue);
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(network.ParameterCount, report.Tensors.Sum(tensor => tensor.Checked + tensor.AtKink));
    }

    [Fact]
    public void A_wrong_element_is_found_and_named()
    {
        (Network network, Matrix inputs, byte[] labels) = Small(6, 5, 4);
        Gradients gradients = network.Backward(network.Forward(inputs), labels);
        gradients.Layers[1].Weights[2, 3] += 0.01f;
        GradientCheckReport report = GradientCheck.Run(network, inputs, labels, gradients, elements: int.MaxValue);
        Assert.False(report.Passed);
        TensorCheck wrong = Assert.Single(report.Tensors, tensor => !report.Passes(tensor));
        Assert.Equal(("W2", 2, 3), (wrong.Name, wrong.WorstRow, wrong.WorstColumn));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void An_element_that_is_not_a_number_is_found_and_named(float value)
    {
        (Network network, Matrix inputs, byte[] labels) = Small(6, 5, 4);
        Gradients gradients = network.Backward(network.Forward(inputs), labels);
        gradients.Layers[0].Weights[2, 3] = value;
        GradientCheckReport report = GradientCheck.Run(network, inputs, labels, gradients, elements: int.MaxValue);
        TensorCheck wrong = Assert.Single(report.Tensors, tensor => !report.Passes(tensor));
        Assert.Equal(("W1", 2, 3), (wrong.Name, wrong.WorstRow, wrong.WorstColumn));
    }

    [Fact]
    public void The_assemblys_bug_is_found()
    {
        // It accumulates dW3 with its two sizes swapped: only the first 10 of the 64 hidden values are used.
        (Network network, Matrix inputs, byte[] labels) = Small(6, 64, 10);
        Gradients gradients = network.Backward(network.Forward(inputs), labels);
        for (int row = 10; row < 64; row++) gradients.Layers[1].Weights.Row(row).Clear();
        GradientCheckReport report = GradientCheck.Run(network, inputs, labels, gradients, elements: int.MaxValue);
        Assert.Equal("W2", Assert.Single(report.Tensors, tensor => !report.Passes(tensor)).Name);
    }

    [Fact]
    public void A_weight_at_a_kink_is_left_out_and_counted()
    {
        var network = new Network(1, 1, 2);
        network.Layers[0].Weights[0, 0] = 1e-7f;
        network.Layers[1].Weights[0, 0] = 1;
        GradientCheckReport report = GradientCheck.Run(network, Matrix.FromRows(1, 1, [1]), [0]);
        Assert.Equal(1, report.Tensors[0].AtKink);
        Assert.Equal(0, report.Tensors[0].Checked);
        Assert.False(report.Passes(report.Tensors[0]));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_gradients_and_without()
    {
        (Network network, Matrix inputs, byte[] labels) = Small(6, 5, 4);
        foreach (Gradients? gradients in new[] { null, network.Backward(network.Forward(inputs), labels) })
        {
            Assert.Throws<ArgumentException>(() => GradientCheck.Run(network, inputs, labels.AsSpan(1), gradients));
            Assert.Throws<ArgumentException>(() => GradientCheck.Run(network, inputs, [.. labels, 0], gradients));
            Assert.Throws<ArgumentException>(() => GradientCheck.Run(network, new Matrix(5, 7), labels, gradients));
        }
    }

    private static (Network Network, Matrix Inputs, byte[] Labels) Small(params int[] sizes)
    {
        var network = new Network(sizes);
        WeightInitializer.He(network, 7);
        foreach (DenseLayer layer in network.Layers) Values.Fill(layer.Bias.Row(0), layer.Outputs);
        return (network, Values.SomeMatrix(5, sizes[0], 8), [.. Enumerable.Range(0, 5).Select(i => (byte)(i % sizes[^1]))]);
    }
}
