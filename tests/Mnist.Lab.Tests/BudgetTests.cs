using Mnist.Kernels;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>The budget of a training step: its ways compute the same, and its gains multiply to the whole.</summary>
public sealed class BudgetTests
{
    public static TheoryData<string> Ways => ["plain, across", "plain, along", "batch, branches", "batch, plain loss", "batch"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Every_way_learns_what_the_textbook_learns(string way)
    {
        var options = new TrainingOptions { BatchSize = 32, LearningRate = 0.1f };
        Network expected = Samples.Noise(), network = Samples.Noise();
        using var textbook = new TextbookStep(expected, Samples.Images, options);
        using ITrainingStep step = way switch
        {
            "plain, across" => new PlainStep(network, Samples.Images, options, along: false),
            "plain, along" => new PlainStep(network, Samples.Images, options, along: true),
            "batch, branches" => new BatchStep(network, Samples.Images, options, branches: true, plainLoss: true),
            "batch, plain loss" => new BatchStep(network, Samples.Images, options, branches: false, plainLoss: true),
            _ => new BatchStep(network, Samples.Images, options, branches: false, plainLoss: false),
        };
        int[] order = [.. Enumerable.Range(0, 5 * options.BatchSize)];
        for (int first = 0; first < order.Length; first += options.BatchSize)
        {
            double loss = textbook.Train(order.AsMemory(first, options.BatchSize));
            Assert.Equal(loss, step.Train(order.AsMemory(first, options.BatchSize)), 1e-4 * loss);
        }
        step.Save();

        Network untrained = Samples.Noise();
        for (int l = 0; l < network.Layers.Count; l++)
        {
            Close(expected.Layers[l].Weights, network.Layers[l].Weights, untrained.Layers[l].Weights);
            Close(expected.Layers[l].Bias, network.Layers[l].Bias, untrained.Layers[l].Bias);
        }
    }

    [Fact]
    public void Gains_multiply_to_the_whole()
    {
        Budget budget = Some(2);

        Assert.Equal([1.0, 2, 10, 5], budget.Steps.Select(step => step.Gain.Median));
        Assert.Equal(100, budget.Whole, 1e-9);
        Assert.Equal("in lanes", budget[2].Name);
        Assert.Throws<ArgumentException>(() => budget[4]);
    }

    [Fact]
    public void Rounds_that_met_a_neighbour_leave_no_gap_between_the_gains_and_the_whole()
    {
        Budget budget = BudgetRace.Of([(0, "a", ""), (1, "b", ""), (2, "c", "")], [[9, 8, 8], [4, 4, 2], [1, 2, 1]], 0.5, 1, chapter: 1);

        Assert.Equal([1.0, 2, 4], budget.Steps.Select(step => step.Gain.Median)); // the ratios round by round: 2.25, 2, 4 and 4, 2, 2
        Assert.Equal((2.0, 4.0), (budget[1].Gain.Low, budget[1].Gain.High));
        Assert.Equal(8, budget.Whole, 1e-9);
        Assert.Contains("All gains multiplied: 8.0 ×,", budget.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_lit_chapter_stands_out_and_a_step_back_says_so_without_colour()
    {
        string lit = Some(2).ToHtml(), all = Some(null).ToHtml(), back = BudgetRace.Of([(0, "a", ""), (1, "b", ""), (2, "c", "")], [[2], [4], [1]], 0.5, 1, 1).ToHtml();

        Assert.Equal((1, 3), (Bars(lit), Bars(all)));
        Assert.Contains("02  in lanes", lit, StringComparison.Ordinal);
        Assert.Contains(">▼ 0.50 ×<", back, StringComparison.Ordinal);
        Assert.DoesNotContain("▼", lit, StringComparison.Ordinal);

        static int Bars(string html) => html.Split($"fill=\"{Palette.Blue}\"/>").Length - 1;
    }

    [Fact]
    public void Where_NumPy_was_not_measured_its_bar_is_left_out()
    {
        Assert.Contains("NumPy", BudgetDrawing.Draw(Some(2), 5).ToSvg(), StringComparison.Ordinal);
        Assert.DoesNotContain("NumPy", BudgetDrawing.Draw(Some(2), null).ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_budget_falls_from_loops_to_the_library_and_stays_above_the_arithmetic()
    {
        Budget budget = Budget.Measure(Samples.Images, chapter: 3);

        Assert.Equal(Enumerable.Range(0, 9), budget.Steps.Select(step => step.Chapter));
        Assert.True(budget.Whole > (Simd.Best == VectorWidth.Scalar ? 2 : 10), $"{budget}"); // without vectors about 7
        Assert.InRange(budget.ArithmeticSeconds, 0, budget.Steps[^1].Seconds);
        Assert.Equal(budget.Whole, budget.Steps.Aggregate(1.0, (product, step) => product * step.Gain.Median), 1e-9 * budget.Whole);
        Assert.Throws<ArgumentOutOfRangeException>(() => Budget.Measure(Samples.Images, chapter: 9));
    }

    private static Budget Some(int? chapter) =>
        BudgetRace.Of([(0, "plain loops", "one by one"), (1, "along", "in order"), (2, "in lanes", "sixteen"), (3, "tiles", "a batch")], [[100, 200, 300], [50, 100, 150], [5, 10, 15], [1, 2, 3]], 0.5, 2, chapter);

    private static void Close(Matrix expected, Matrix found, Matrix start)
    {
        double moved = 0, off = 0;
        for (int row = 0; row < expected.Rows; row++)
            for (int column = 0; column < expected.Columns; column++)
            {
                moved = Math.Max(moved, Math.Abs(expected[row, column] - start[row, column]));
                off = Math.Max(off, Math.Abs(expected[row, column] - found[row, column]));
            }
        Assert.True(moved > 0 && off < 1e-4 * moved, $"moved by {moved}, off by {off}");
    }
}
