using Xunit;

namespace Mnist.Lab.Tests;

public sealed class NetworkDiagramTests
{
    private static readonly Matrix Inputs = Matrix.FromRows(1, 2, [1, 2]);
    private static readonly byte[] Labels = [1];
    private static readonly string[] Written = [">0.731<", ">−0.25<", ">loss 1.313<"];

    [Fact]
    public void The_way_forward_has_the_networks_numbers()
    {
        Network network = Small();
        Diagram diagram = NetworkDiagram.Forward(network, network.Forward(Inputs), Labels);
        Assert.Equal("X[0] 1; X[1] 2; H1[0] 1 z 1 b 0.25; H1[1] 0 z −0.5 b −0.5; Z2[0] 0.5 b 0; Z2[1] −0.5 b 0; P[0] 0.731; P[1] 0.269 ← true; "
            + "W1[0, 0] 0.25; W1[0, 1] 0.5; W1[1, 0] 0.25; W1[1, 1] −0.25; W2[0, 0] 0.5; W2[0, 1] −0.5; W2[1, 0] 1; W2[1, 1] 3; loss 1.313.", diagram.Description);
        Assert.All(Written, text => Assert.Contains(text, diagram.ToSvg(), StringComparison.Ordinal));
    }

    [Fact]
    public void The_way_back_has_the_gradients_and_what_is_0_is_pale()
    {
        Network network = Small();
        ForwardPass pass = network.Forward(Inputs);
        Gradients gradients = network.Backward(pass, Labels);
        string description = NetworkDiagram.Backward(network, pass, Labels, gradients).Description;
        Assert.Contains("H1[1] 0 d 0 db 0;", description, StringComparison.Ordinal);
        Assert.Contains($"W1[1, 0] {gradients.Layers[0].Weights[1, 0].ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)};", description, StringComparison.Ordinal);
        Assert.Contains("fill-opacity=\"0.06\"", NetworkDiagram.Backward(network, pass, Labels, gradients).ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_shows_before_and_after()
    {
        Network before = Small(), after = before.Clone();
        after.Layers[1].Weights[0, 0] = 0.75f;
        string description = NetworkDiagram.Step(before, after, Inputs, Labels).Description;
        Assert.Contains("W2[0, 0] 0.5 0.75;", description, StringComparison.Ordinal);
        Assert.Contains("Z2[0] 0.5 → 0.75 b 0 → 0;", description, StringComparison.Ordinal);
        Assert.Contains("X[0] 1; X[1] 2;", description, StringComparison.Ordinal);
    }

    /// <summary>Every weight, bias and gradient of a step, in the drawing and in the networks.</summary>
    [Fact]
    public void Its_numbers_are_those_of_the_networks()
    {
        var before = new Network(3, 2, 3);
        WeightInitializer.He(before, 5);
        Matrix inputs = Matrix.FromRows(1, 3, [0.3f, -1.2f, 0.7f]);
        ForwardPass pass = before.Forward(inputs);
        Gradients gradients = before.Backward(pass, Labels);
        Network after = before.Clone();
        after.Update(gradients, 0.5f);
        string forward = NetworkDiagram.Forward(before, pass, Labels).Description, back = NetworkDiagram.Backward(before, pass, Labels, gradients).Description;
        string step = NetworkDiagram.Step(before, after, inputs, Labels).Description;
        for (int l = 0; l < 2; l++)
            for (int i = 0; i < before.Sizes[l]; i++)
                for (int j = 0; j < before.Sizes[l + 1]; j++)
                {
                    string place = $"W{l + 1}[{i}, {j}]";
                    Assert.Contains($"{place} {N(before.Layers[l].Weights[i, j])};", forward, StringComparison.Ordinal);
                    Assert.Contains($"{place} {N(gradients.Layers[l].Weights[i, j])};", back, StringComparison.Ordinal);
                    Assert.Contains($"{place} {N(before.Layers[l].Weights[i, j])} {N(after.Layers[l].Weights[i, j])};", step, StringComparison.Ordinal);
                }
        for (int j = 0; j < 3; j++)
        {
            Assert.Contains($"Z2[{j}] {N(pass.Logits[0, j])} d {N(gradients.Outputs[1][0, j])} db {N(gradients.Layers[1].Bias[0, j])};", back, StringComparison.Ordinal);
            Assert.Contains($"P[{j}] {N(pass.Probabilities[0, j])} → {N(after.Forward(inputs).Probabilities[0, j])};", step, StringComparison.Ordinal);
            Assert.Contains($"b 0 → {N(after.Layers[1].Bias[0, j])};", step, StringComparison.Ordinal);
        }
    }

    private static string N(double value) => value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture) is var text && text == "-0" ? "0" : text.Replace('-', '−');

    [Fact]
    public void A_large_network_is_refused() =>
        Assert.Contains("784-128-64-10 is too large", Assert.Throws<ArgumentException>(() =>
        {
            var network = new Network(784, 128, 64, 10);
            return NetworkDiagram.Forward(network, network.Forward(new Matrix(1, 784)), Labels);
        }).Message, StringComparison.Ordinal);

    private static Network Small()
    {
        var network = new Network(2, 2, 2);
        network.Layers[0].Weights.CopyFrom(Matrix.FromRows(2, 2, [0.25f, 0.5f, 0.25f, -0.25f]));
        network.Layers[0].Bias.CopyFrom(Matrix.FromRows(1, 2, [0.25f, -0.5f]));
        network.Layers[1].Weights.CopyFrom(Matrix.FromRows(2, 2, [0.5f, -0.5f, 1, 3]));
        return network;
    }
}
