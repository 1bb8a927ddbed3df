using System.Runtime.Intrinsics;
using Mnist.Kernels;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class NeuronTests
{
    [Fact]
    public void Activity_counts_what_is_above_zero_neuron_by_neuron()
    {
        Network network = Samples.Patterns();
        network.Layers[0].Bias[0, 5] = -1e6f;  // never active
        network.Layers[0].Bias[0, 9] = 1e3f;   // always
        NeuronActivity first = NeuronActivity.Of(network, Samples.Images)[0];
        Matrix h = network.Forward(Samples.Images.ToMatrix(0, 400)).Outputs[0];
        Assert.Equal(Enumerable.Range(0, 128).Select(neuron => Enumerable.Range(0, 400).Count(i => h[i, neuron] > 0)), first.Active);
        Assert.Contains(5, first.Dead);
        Assert.Equal(1, first.Shares[9]);
        Assert.Equal(h.ToArray().Average(value => value == 0 ? 1.0 : 0), first.ZeroShare, 1e-12);
        Assert.Equal(("H1", 400), (first.Layer, first.Images));
    }

    [Fact]
    public void Every_hidden_layer_has_its_activity_and_more_images_than_fit_into_one_pass_are_counted_once()
    {
        Network network = Samples.Noise();
        ImageSet often = new(28, 28, [.. Samples.Images.Pixels, .. Samples.Images.Pixels, .. Samples.Images.Pixels], [.. Samples.Images.Labels, .. Samples.Images.Labels, .. Samples.Images.Labels]);
        IReadOnlyList<NeuronActivity> once = NeuronActivity.Of(network, Samples.Images), thrice = NeuronActivity.Of(network, often);
        Assert.Equal(["H1", "H2"], thrice.Select(layer => layer.Layer));
        for (int layer = 0; layer < 2; layer++) Assert.Equal(once[layer].Active.Select(count => 3 * count), thrice[layer].Active);
        Assert.Empty(NeuronActivity.Of(new Network(784, 10), Samples.Images));
        Assert.Throws<ArgumentException>(() => NeuronActivity.Of(network, Samples.Images.Take(0)));
    }

    [Fact]
    public void The_arms_of_the_spiral_are_equal_by_seed_and_each_other_turned()
    {
        PlanePoints points = PlanePoints.Spiral(200, seed: 3);
        Assert.Equal(points.Positions.ToArray(), PlanePoints.Spiral(200, seed: 3).Positions.ToArray());
        Assert.NotEqual(points.Positions.ToArray(), PlanePoints.Spiral(200, seed: 4).Positions.ToArray());
        Assert.Equal(100, points.Labels.Count(label => label == 1));
        Assert.All(points.Positions.ToArray(), value => Assert.InRange(Math.Abs(value), 0, 1.5));
    }

    [Fact]
    public void A_line_does_not_part_the_arms_and_eight_neurons_do()
    {
        PlanePoints points = PlanePoints.Spiral();
        PlaneNetwork line = PlaneNetwork.Train(points, 0), eight = PlaneNetwork.Train(points, 8, starts: 1);
        Assert.InRange(line.Accuracy, 0.5, 0.75);
        Assert.InRange(eight.Accuracy, 0.99, 1);
        Assert.Equal((0, 8), (line.Neurons, eight.Neurons));
        Assert.Equal(eight.Loss, eight.Network.Forward(points.Positions).Loss(points.Labels));
    }

    [Fact]
    public void The_picture_shows_the_network_s_answer_in_its_place_and_each_crease_where_its_neuron_begins()
    {
        PlaneNetwork plane = PlaneNetwork.Train(PlanePoints.Spiral(), 3, starts: 1, steps: 50);
        LineTrace drawn = plane.Figure.Traces.OfType<LineTrace>().Single();
        double[] coordinates = [.. drawn.X.Concat(drawn.Y).Where(double.IsFinite)];
        Assert.NotEmpty(coordinates);
        Assert.All(coordinates, coordinate => Assert.InRange(coordinate, -1.5001, 1.5001)); // they end at the picture's border
        Assert.Equal(["arm 0", "arm 1"], PlanePoints.Spiral().Figure.Traces.Select(trace => trace.Name));
        Figure figure = plane.Figure;
        FieldTrace field = Assert.IsType<FieldTrace>(figure.Traces[0]);
        double cell = (field.XTo - field.XFrom) / field.Values[0].Length;
        (int row, int column) = (10, 61);
        Matrix place = Matrix.FromRows(1, 2, [(float)(field.XFrom + ((column + 0.5) * cell)), (float)(field.YTo - ((row + 0.5) * cell))]);
        ForwardPass pass = plane.Network.Forward(place);
        Assert.Equal(pass.Probabilities[0, 1] - pass.Probabilities[0, 0], field.Values[row][column], 1e-5f);

        LineTrace creases = Assert.IsType<LineTrace>(figure.Traces[^1]);
        Assert.Equal(9, creases.X.Length);
        DenseLayer layer = plane.Network.Layers[0];
        for (int i = 0; i < 9; i++)
            if (i % 3 == 2) Assert.True(double.IsNaN(creases.X[i]));
            else Assert.Equal(0, (layer.Weights[0, i / 3] * creases.X[i]) + (layer.Weights[1, i / 3] * creases.Y[i]) + layer.Bias[0, i / 3], 1e-4);
    }

    [Fact]
    public void A_field_lies_on_its_borders_and_bad_ones_are_refused()
    {
        Figure figure = new Figure("t").Field("f", [[1f, 2], [3, 4]], -1, 1, 0, 5);
        Assert.False(figure.Panels[0].IsPicture);
        Assert.Contains("<image", figure.ToSvg(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Figure("t").Field("f", [[1f], [2, 3]], 0, 1, 0, 1));
        Assert.Throws<ArgumentException>(() => new Figure("t").Field("f", [[1f]], 1, 1, 0, 1));
        Assert.Throws<ArgumentException>(() => new Figure("t").Field("f", [], 0, 1, 0, 1));
    }

    [Fact]
    public void What_a_neuron_likes_comes_first()
    {
        Network network = Samples.Patterns();
        Figure figure = Show.Likes(network, Samples.Images, [4, 2], count: 3);
        Matrix h = network.Forward(Samples.Images.ToMatrix(0, 400)).Outputs[0];
        SheetTrace liked = Assert.IsType<SheetTrace>(figure.Traces[3]); // weights, images of 4; weights, images of 2
        int best = Enumerable.Range(0, 400).MaxBy(i => h[i, 2]);
        Assert.Equal($"{Samples.Images.Labels[best]}", liked.Captions![0]);
        Assert.Equal(Samples.Images.Image(best).ToArray(), liked.Images[0].Select(share => (byte)MathF.Round(255 * share)));
        Assert.Equal(network.Layers[0].Weights[300, 4], ((SheetTrace)figure.Traces[0]).Images[0][300]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Show.Likes(network, Samples.Images, [128]));
    }

    [Fact]
    public void The_stage_shows_what_the_kernels_compute()
    {
        float[] z = Samples.Normal(1, 16, 5, relu: false).Row(0).ToArray(), dh = Samples.Normal(1, 16, 6, relu: false).Row(0).ToArray();
        float[] h = [.. z], dz = [.. dh];
        Relu.Compute(h);
        Relu.Mask(h, dz);
        RegisterTrace forward = RegisterRecorder.Relu(z);
        Assert.Equal(h, forward.Results);
        Assert.Equal(z.Select(value => value > 0 ? 1f : 0), forward.Frames[1].Result);
        Assert.Equal(dz, RegisterRecorder.ReluMask(h, dh).Results);
        Assert.Throws<ArgumentException>(() => RegisterRecorder.Relu(new float[17]));
        Assert.Throws<ArgumentException>(() => RegisterRecorder.Relu([]));
        Assert.Throws<ArgumentException>(() => RegisterRecorder.ReluMask([1, 2], [1]));
    }

    [Fact]
    public void A_leaky_ReLU_is_checked_and_a_wrong_one_told_why()
    {
        Vector512<float>? Right(Vector512<float> z) => Vector512.Max(z, 0.01f * z);
        Vector512<float>? Chosen(Vector512<float> z, Vector512<float> active, Vector512<float> others) =>
            Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<float>.Zero), active, others);
        Vector512<float>? Back(Vector512<float> z, Vector512<float> d) => Chosen(z, d, 0.01f * d);

        Assert.False(ReluExercises.Leaky(_ => null, (_, _) => null).Started);
        Assert.True(ReluExercises.Leaky(Right, Back).Passed);
        Says("now LeakyBack", Right, (_, _) => null);
        Says("now Leaky", _ => null, Back);
        Says("0.01 of the sum", z => Vector512.Max(z, Vector512<float>.Zero), Back);
        Says("not the smaller", z => Vector512.Min(z, 0.01f * z), (_, _) => null); // told even when the other is not written
        Says("the plain ReLU's slope", Right, (z, d) => Chosen(z, d, Vector512<float>.Zero));
        Says("times what arrives", Right, (z, _) => Chosen(z, Vector512<float>.One, Vector512.Create(0.01f)));
        Says("not of what arrives", Right, (_, d) => Vector512.Max(d, 0.01f * d));
        Says("may be negative", Right, (z, d) => Vector512.Max(Chosen(z, d, Vector512<float>.Zero)!.Value, 0.01f * d));

        static void Says(string why, Func<Vector512<float>, Vector512<float>?> forward, Func<Vector512<float>, Vector512<float>, Vector512<float>?> back)
        {
            CheckResult result = ReluExercises.Leaky(forward, back);
            Assert.Equal((true, false), (result.Started, result.Passed));
            Assert.Contains(why, result.Detail, StringComparison.Ordinal);
        }
    }
}
