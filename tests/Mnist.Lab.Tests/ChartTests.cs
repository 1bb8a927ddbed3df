using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>What 11 looks at: the loss around weights, the main directions of points, a map of digits.</summary>
public sealed class ChartTests
{
    private static readonly Network Network = Samples.Patterns();
    private static readonly ImageSet Images = Samples.Images.Take(100);

    [Fact]
    public void The_middle_of_a_surface_is_the_network_and_it_is_left_alone()
    {
        float[] before = Network.Layers[0].Weights.ToArray();
        var surface = new LossSurface(Network, Images);
        Assert.Equal(Network.Evaluate(Images).Loss, surface.At(0, 0));
        Assert.NotEqual(surface.At(0, 0), surface.At(0.5, 0));
        Assert.Equal(before, Network.Layers[0].Weights.ToArray());
        Assert.Equal(before, surface.NetworkAt(0, 0).Layers[0].Weights.ToArray());
    }

    [Fact]
    public void At_distance_1_each_neurons_weights_have_moved_by_as_much_as_they_are_long_and_biases_stay()
    {
        Network moved = new LossSurface(Network, Images, seed: 3).NetworkAt(1, 0);
        for (int l = 0; l < 3; l++)
        {
            Matrix from = Network.Layers[l].Weights, to = moved.Layers[l].Weights;
            for (int column = 0; column < from.Columns; column++)
                Assert.Equal(Length(from, column, 0), Length(from, column, -1, to), 1e-4 * Length(from, column, 0));
            Assert.Equal(Network.Layers[l].Bias.ToArray(), moved.Layers[l].Bias.ToArray());
        }
    }

    [Fact]
    public void A_grid_has_its_rows_along_the_second_direction_and_its_columns_along_the_first()
    {
        var surface = new LossSurface(Network, Images);
        double[][] losses = surface.On([0, 0.3], [0, 0.1, 0.4]);
        Assert.Equal(3, losses.Length);
        Assert.Equal(surface.At(0.3, 0), losses[0][1]);
        Assert.Equal(surface.At(0, 0.4), losses[2][0]);
        Assert.NotEqual(losses[0][1], new LossSurface(Network, Images, seed: 2).At(0.3, 0));
    }

    [Fact]
    public void A_surface_agrees_with_the_gradient_in_its_middle()
    {
        var surface = new LossSurface(Network, Images);
        Network a = surface.NetworkAt(1, 0);
        Gradients gradients = Network.Backward(Network.Forward(Images.ToMatrix(0, Images.Count)), Images.Labels);
        double slope = 0;
        for (int l = 0; l < 3; l++)
            for (int row = 0; row < Network.Layers[l].Inputs; row++)
                for (int column = 0; column < Network.Layers[l].Outputs; column++)
                    slope += gradients.Layers[l].Weights[row, column] * ((double)a.Layers[l].Weights[row, column] - Network.Layers[l].Weights[row, column]);
        Assert.Equal(slope, (surface.At(0.01, 0) - surface.At(-0.01, 0)) / 0.02, 0.02 * Math.Abs(slope));
    }

    [Fact]
    public void A_line_begins_at_one_network_and_reaches_the_other_at_1()
    {
        Network to = Samples.Noise();
        to.Layers[1].Bias[0, 3] = 2;
        double[] losses = LossSurface.Between(Network, to, Images, [0, 0.5, 1]);
        Assert.Equal([Network.Evaluate(Images).Loss, to.Evaluate(Images).Loss], [losses[0], losses[2]]);
        Assert.Throws<ArgumentException>(() => LossSurface.Between(Network, new Network(784, 10), Images, [0]));
    }

    [Fact]
    public void A_surface_needs_images_that_fit()
    {
        Assert.Throws<ArgumentException>(() => new LossSurface(new Network(10, 10), Images));
        Assert.Throws<ArgumentException>(() => new LossSurface(Network, Images.Take(0)));
    }

    [Fact]
    public void The_axes_of_points_that_were_made_along_known_directions_are_those_directions()
    {
        double[][] directions = [[0.6, 0.8, 0], [-0.8, 0.6, 0], [0, 0, 1]];
        double[] spread = [5, 2, 0.5];
        Matrix normal = Samples.Normal(4000, 3, seed: 5, relu: false);
        var points = new Matrix(4000, 3);
        for (int i = 0; i < 4000; i++)
            for (int j = 0; j < 3; j++) points[i, j] = (float)(7 + Enumerable.Range(0, 3).Sum(k => directions[k][j] * spread[k] * normal[i, k]));
        PrincipalAxes axes = PrincipalAxes.Of(points, 3);
        for (int k = 0; k < 3; k++)
        {
            Assert.InRange(Math.Abs(Dot(axes.Axes[k], directions[k])), 0.998, 1.0000001);
            Assert.Equal(spread[k] * spread[k] / 29.25, axes.Shares[k], 0.03);
        }
    }

    [Fact]
    public void Axes_are_of_length_1_at_right_angles_and_the_covariance_only_stretches_them()
    {
        Matrix points = Samples.Normal(500, 20, seed: 2, relu: true);
        PrincipalAxes axes = PrincipalAxes.Of(points, 4);
        double[][] places = axes.Places(points);
        for (int a = 0; a < 4; a++)
        {
            Assert.True(axes.Axes[a].MaxBy(Math.Abs) > 0);
            for (int b = 0; b < 4; b++)
            {
                Assert.Equal(a == b ? 1 : 0, Dot(axes.Axes[a], axes.Axes[b]), 1e-6);
                Assert.Equal(0, a == b ? 0 : Dot(places[a], places[b]) / 500, 1e-6); // no covariance is left between two axes
            }
            Assert.Equal(0, places[a].Average(), 1e-5); // measured from the mean
            Assert.True(a == 0 || axes.Shares[a] <= axes.Shares[a - 1]);
        }
    }

    [Fact]
    public void Equal_points_have_axes_of_no_share()
    {
        PrincipalAxes axes = PrincipalAxes.Of(new Matrix(5, 3), 2);
        Assert.Equal([0, 0], axes.Shares);
        Assert.Equal(0, Dot(axes.Axes[0], axes.Axes[1]));
        Assert.All(axes.Places(new Matrix(5, 3)), axis => Assert.All(axis, place => Assert.Equal(0, place)));
    }

    [Fact]
    public void Points_on_a_line_have_a_second_axis_at_right_angles_that_shows_nothing()
    {
        var points = new Matrix(50, 3);
        for (int i = 0; i < 50; i++)
            for (int j = 0; j < 3; j++) points[i, j] = (i - 20) * (j + 1);
        PrincipalAxes axes = PrincipalAxes.Of(points, 3);
        Assert.Equal(1, axes.Shares[0], 1e-9);
        for (int a = 1; a < 3; a++)
        {
            Assert.Equal(0, axes.Shares[a], 1e-9);
            for (int b = 0; b < a; b++) Assert.Equal(0, Dot(axes.Axes[a], axes.Axes[b]), 1e-9);
        }
    }

    [Fact]
    public void Wrong_counts_and_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PrincipalAxes.Of(new Matrix(5, 3), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PrincipalAxes.Of(new Matrix(5, 3), 4));
        Assert.Throws<ArgumentException>(() => PrincipalAxes.Of(new Matrix(5, 3)).Places(new Matrix(5, 4)));
        Assert.Throws<ArgumentException>(() => Show.DigitMap("t", [[1, 2]], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PrincipalAxes.Of(new Matrix(0, 3)));
        Assert.Throws<ArgumentException>(() => Show.DigitMap("t", [[1, 2], [3, 4]], [1]));
        Assert.Throws<ArgumentException>(() => Show.DigitMap("t", [[1, 2], [3]], [1, 2]));
        Assert.Throws<ArgumentException>(() => Show.DigitMap("t", [[1], [3]], [10]));
    }

    [Fact]
    public void A_map_has_a_trace_for_each_digit_that_is_there_in_its_colour()
    {
        Figure map = Show.DigitMap("t", [[1, 2, 3], [4, 5, 6]], [9, 0, 9]);
        Assert.Equal(["0", "9"], map.Traces.Select(trace => trace.Name));
        var nines = Assert.IsType<PointTrace>(map.Traces[1]);
        Assert.Equal([1, 3], nines.X);
        Assert.Equal([4, 6], nines.Y);
        Assert.Equal(Palette.Digits[9], nines.Color);
    }

    private static double Length(Matrix matrix, int column, double less, Matrix? other = null) =>
        Math.Sqrt(Enumerable.Range(0, matrix.Rows).Sum(row => Math.Pow(other is null ? matrix[row, column] : other[row, column] + (less * matrix[row, column]), 2)));

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
