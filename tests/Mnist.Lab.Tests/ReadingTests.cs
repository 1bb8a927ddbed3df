using System.Globalization;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>What a network makes of drawings, as pictures: readings, logits, its strongest neuron; and where digits lie.</summary>
public sealed class ReadingTests
{
    [Fact]
    public void Readings_say_over_each_picture_what_is_read_and_how_sure_it_is()
    {
        var network = new Network(784, 10);
        network.Layers[0].Bias[0, 4] = 3; // it reads a 4 in everything: e³ ÷ (e³ + 9) is 69 %
        Figure readings = Show.Readings(network, "two", ("seven", PadSamples.Seven.ToInk().ToMatrix(Normalization.Raw)), ("blank", new Matrix(1, 784)));
        Assert.Equal(["seven: 4, 69 % sure", "blank: 4, 69 % sure"], readings.Panels.Select(panel => panel.Title));
        Assert.Equal(PadSamples.Seven.ToInk().ToMatrix(Normalization.Raw).ToArray(), ((HeatmapTrace)readings.Traces[0]).Values.SelectMany(row => row));
    }

    [Fact]
    public void Centres_of_mass_of_MNIST_lie_in_pixel_14()
    {
        var trace = (PointTrace)Assert.Single(Show.CentersOfMass("t", ("digits", Samples.Images)).Traces);
        Assert.Equal(Samples.Images.Count, trace.X.Length);
        Assert.All([.. trace.X, .. trace.Y], place => Assert.InRange(place, 13.5, 14.5));
        var moved = (PointTrace)Show.CentersOfMass("t", ("moved", new ImageSet(28, 28, PadSamples.Moved(Samples.Images.Image(0), 3, 0), [7]))).Traces[0];
        Assert.Equal((trace.X[0] + 3, trace.Y[0]), (moved.X[0], moved.Y[0]));
    }

    [Fact]
    public void Answers_show_the_logits_and_what_softmax_makes_of_them()
    {
        Matrix seven = PadSamples.Seven.ToInk().ToMatrix(Normalization.Centered);
        Network network = Samples.Patterns();
        Figure answers = Show.Answers(network, "t", ("seven", seven), ("blank", new Matrix(1, 784)));
        Assert.Equal(["seven: Z3, the logits", "seven: P, after softmax", "blank: Z3, the logits", "blank: P, after softmax"], answers.Panels.Select(panel => panel.Title));
        ForwardPass pass = network.Forward(seven);
        BarTrace[] bars = [.. answers.Panels.Select(panel => Assert.IsType<BarTrace>(Assert.Single(panel.Traces)))];
        Assert.Equal(pass.Logits.ToArray().Select(z => (double)z), bars[0].Values);
        Assert.Equal(pass.Probabilities.ToArray().Select(p => (double)p), bars[1].Values);
        Assert.Equal(1, bars[1].Values.Sum(), 1e-6);
    }

    [Fact]
    public void The_strongest_neuron_is_shown_with_its_weights_and_their_products()
    {
        Matrix X = PadSamples.Seven.ToInk().ToMatrix(Normalization.Centered);
        Network network = Samples.Patterns();
        float[] answers = network.Forward(X).Outputs[0].ToArray();
        int strongest = Array.IndexOf(answers, answers.Max());
        Figure shown = Show.StrongestNeuron(network, X);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Neuron {strongest} of"), shown.Title, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"= {answers[strongest]:F2}"), shown.Title, StringComparison.Ordinal);
        float[][] pictures = [.. shown.Traces.Select(trace => Assert.IsType<HeatmapTrace>(trace).Values.SelectMany(row => row).ToArray())];
        Assert.Equal(Enumerable.Range(0, 784).Select(pixel => network.Layers[0].Weights[pixel, strongest]), pictures[1]);
        Assert.Equal(pictures[0].Zip(pictures[1], (x, w) => w * x), pictures[2]);
    }
}
