using Xunit;

namespace Mnist.Lab.Tests;

public sealed class FigureTests
{
    [Fact]
    public void A_figure_gives_back_its_data()
    {
        Figure figure = new Figure("t").Line("a", [1.0, 2]).Points("b", [3.0], [4.0]).Bars("c", ["x"], [5.0]).Histogram("d", [0.0, 1, 1], bins: 2);

        Assert.Equal(["a", "b", "c", "d"], figure.Traces.Select(trace => trace.Name));
        Assert.Equal([1.0, 2], Assert.IsType<LineTrace>(figure.Traces[0]).X);
        Assert.Equal([4.0], Assert.IsType<PointTrace>(figure.Traces[1]).Y);
        Assert.Equal(["x"], Assert.IsType<BarTrace>(figure.Traces[2]).Labels);
        Assert.Equal([1, 2], Assert.IsType<HistogramTrace>(figure.Traces[3]).Counts);
        Assert.Equal([0, 0.5, 1], Assert.IsType<HistogramTrace>(figure.Traces[3]).Edges);
    }

    [Fact]
    public void Adding_to_a_figure_does_not_change_it_and_keeps_its_own_copy_of_the_data()
    {
        double[] data = [1, 2, 3];
        var first = new Figure("t").Line("a", data);
        Figure second = first.Line("b", data).XAxis("x").Note(1, 1, "n");
        data[0] = 99;

        Assert.Single(first.Traces);
        Assert.Equal("", first.Panels[0].X.Title);
        Assert.Equal(2, second.Traces.Count);
        Assert.Equal(1, ((LineTrace)first.Traces[0]).Y[0]);
    }

    [Fact]
    public void A_grid_has_the_panels_of_its_figures_in_rows_and_columns()
    {
        Figure grid = Figure.Grid("all", 2, new Figure("a").Line("x", [1.0]), new Figure("b").Line("y", [1.0]), new Figure("c").Line("z", [1.0]));

        Assert.Equal((2, 2), (grid.Rows, grid.Columns));
        Assert.Equal(["a", "b", "c"], grid.Panels.Select(panel => panel.Title));
        Assert.Equal(["x", "y", "z"], grid.Traces.Select(trace => trace.Name));
        Assert.Throws<InvalidOperationException>(() => grid.Line("w", [1.0]));
    }

    [Fact]
    public void A_tensor_has_its_own_colour_and_its_gradient_has_the_same()
    {
        Figure figure = new Figure("t").Line("W1", [1.0]).Line("dW1", [1.0]).Line("something", [1.0]).Line("mine", [1.0], color: "#123456");

        Assert.Equal(TensorColors.Of("W1"), figure.Traces[0].Color);
        Assert.Equal(TensorColors.Of("W1"), figure.Traces[1].Color);
        Assert.Equal(Palette.Color(2), figure.Traces[2].Color);
        Assert.Equal("#123456", figure.Traces[3].Color);
        Assert.Throws<ArgumentException>(() => TensorColors.Of("W9"));
    }

    [Fact]
    public void Data_that_do_not_fit_are_refused_with_the_numbers()
    {
        Assert.Contains("2 x do not fit 1 y", Assert.Throws<ArgumentException>(() => new Figure("t").Line("a", [1, 2], [1.0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Figure("t").Bars("a", ["x"], []));
        Assert.Throws<ArgumentException>(() => new Figure("t").Heatmap("a", [[1f], [1f, 2f]]));
        Assert.Throws<ArgumentException>(() => new Figure("t").Sheet("a", [new float[3]], 2, 2));
        Assert.Throws<ArgumentException>(() => new Figure("t").Sheet("a", [new float[4]], 2, 2, captions: ["x", "y"]));
        Assert.Throws<ArgumentException>(() => new Figure("t").YAxis("y", from: 2, to: 1));
        Assert.Throws<ArgumentException>(() => new Figure("t").YAxis("y", log: true, from: 0));
        Assert.Throws<ArgumentException>(() => Figure.Grid("t", 2));
    }

    [Fact]
    public void Every_finite_value_within_the_range_is_counted_once()
    {
        float[] values = Samples.Normal(50, 40, 3, relu: false).ToArray();
        var trace = (HistogramTrace)new Figure("t").Histogram("a", [.. values, float.NaN, float.PositiveInfinity], bins: 17).Traces[0];

        Assert.Equal(values.Length, trace.Counts.Sum());
        Assert.Equal(18, trace.Edges.Length);
        Assert.Equal(values.Count(value => value < trace.Edges[5]), trace.Counts.Take(5).Sum(), 2.0);
    }

    [Fact]
    public void A_figure_without_a_picture_still_tells_its_story()
    {
        Figure figure = new Figure("Loss").Line("training", [2.0, 1.0]).XAxis("epoch").Note(2, 1, "the end");

        Assert.Equal("Figure “Loss”\n  line “training”: 2 points, 1 … 2", figure.ToString());
        Assert.Equal("line “training”: 2 points, 1 … 2, from 2 at 1 to 1 at 2 (horizontal: epoch). the end.", figure.Description);
        Assert.Equal("my words", figure.Described("my words").Description);
    }

    [Fact]
    public void Every_trace_says_what_it_is()
    {
        foreach (Figure figure in Gallery.Figures.Values)
            Assert.All(figure.Traces, trace => Assert.Matches("^(line|points|bars|histogram|heatmap|field|sheet) “.+”: ", trace.ToString()));
    }
}
