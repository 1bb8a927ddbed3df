using FsCheck.Xunit;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class CheckTests
{
    [Fact]
    public void A_comparison_says_which_element_differs()
    {
        Comparison wrong = Compare.Values("dW1", Matrix.FromRows(2, 3, [1, 2, 3, 4, 5, 6]), Matrix.FromRows(2, 3, [1, 2, 3, 4, 5.5f, 6.1f]));

        Assert.False(wrong.Close);
        Assert.Equal(("[1, 1]", 2, 5.0, 5.5), (wrong.At, wrong.Wrong, wrong.Mine, wrong.Reference));
        Assert.Equal("dW1 [2, 3]  WRONG  2 elements differ; largest difference 0.5 (1,048,576 ULP, 0.0909 relative) at [1, 1]: yours 5, expected 5.5", wrong.ToString());
    }

    [Fact]
    public void Equal_to_the_bit_is_exact_and_nearly_equal_is_close()
    {
        Assert.Equal("exact", Compare.Values("a", [1f, -0f, float.PositiveInfinity], [1f, 0f, float.PositiveInfinity]).Verdict);
        Assert.Equal("close", Compare.Values("a", [1f, 2.000001f], [1f, 2f]).Verdict);
        Assert.Equal("close", Compare.Values("a", [1e6f + 1], [1e6f]).Verdict);
        Assert.False(Compare.Values("a", [0f], [float.PositiveInfinity]).Close); // nothing is near ∞
        Assert.False(Compare.Values("a", [float.NegativeInfinity], [float.PositiveInfinity]).Close);
        Assert.Equal("exact", Compare.Values("nothing", Array.Empty<float>(), []).Verdict);
    }

    [Fact]
    public void What_is_not_a_number_is_never_close()
    {
        Comparison wrong = Compare.Values("a", [1f, float.NaN, 9f], [1f, 2f, 3f]);
        Assert.Equal("WRONG", wrong.Verdict);
        Assert.Equal(2, wrong.Wrong);
        Assert.Equal("[1]", wrong.At);
        Assert.False(Compare.Values("a", 1, double.NaN).Close);
    }

    [Fact]
    public void Another_shape_is_wrong_and_both_shapes_are_said()
    {
        Comparison wrong = Compare.Values("W1", new Matrix(2, 3), new Matrix(3, 2));
        Assert.False(wrong.Close);
        Assert.Contains("the shape is [2, 3], expected [3, 2]", wrong.ToString(), StringComparison.Ordinal);
    }

    [Property(MaxTest = 200)]
    public void One_changed_element_is_always_found(byte size, byte place)
    {
        var reference = new float[1 + (size % 70)];
        for (int i = 0; i < reference.Length; i++) reference[i] = MathF.Sin(i + 1);
        float[] mine = [.. reference];
        int changed = place % mine.Length;
        mine[changed] += 0.01f;
        Comparison comparison = Compare.Values("x", mine, reference);
        Assert.Equal(($"[{changed}]", 1, false), (comparison.At, comparison.Wrong, comparison.Close));
    }

    [Theory]
    [InlineData(95.2, "exactly right", true)]
    [InlineData(93.0, "within 5 %", true)]
    [InlineData(94.8, "not this time: that is the share without the last epoch", false)]
    [InlineData(80.0, "close, within a quarter", true)]
    [InlineData(47.6, "the right order of magnitude, off by a factor of 2.0", false)]
    [InlineData(9.52, "far off, by a factor of 10: worth finding out why", false)]
    [InlineData(0.95, "write it in percent: 95, not 0.95", false)]
    [InlineData(-1.0, "far off: worth finding out why", false)]
    public void A_prediction_is_scored_by_how_far_off_it_is(double guess, string verdict, bool close)
    {
        PredictionScore score = Predict.Number("accuracy", guess, 95.2, "%", mistakes: [(94.8, "that is the share without the last epoch"), (1, "a share, not a percentage")]);
        Assert.Equal((verdict, close), (score.Verdict, score.Close));
    }

    [Fact]
    public void A_prediction_not_made_yet_is_asked_for()
    {
        Assert.Contains("no prediction yet", Predict.Number("a", null, 1).ToString(), StringComparison.Ordinal);
        Assert.Contains("no prediction yet", Predict.Choice("a", null, "b").ToString(), StringComparison.Ordinal);
        Assert.True(Predict.Choice("a", " B ", "b").Close);
        Assert.All((string[])["8x2", "8 X 2", "8*2", "8 × 2"], typed => Assert.True(Predict.Choice("tile", typed, "8 × 2").Close, typed));
        Assert.False(Predict.Choice("tile", "82", "8 × 2").Close);
        Assert.All((string[])["4x4", "8x2"], typed => Assert.True(Predict.Choice("tile", typed, ["8 × 2", "4 × 4"]).Close, typed));
        Assert.Contains("it is 8 × 2 or 4 × 4", Predict.Choice("tile", "2x2", ["8 × 2", "4 × 4"]).ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Predict.Choice("tile", "2x2", []));
    }

    [Fact]
    public void What_is_volatile_in_a_score_is_marked()
    {
        string html = Predict.Number("ratio", 8, 7.5, "×", isVolatile: true).ToHtml();
        Assert.Contains("<span data-volatile=\"\">7.5 ×</span>", html, StringComparison.Ordinal);
        Assert.Contains(Palette.Grey, html, StringComparison.Ordinal);
        Assert.Equal("within 5 %: you know this machine", Predict.Number("ratio", 8, 7.9, "×", isVolatile: true).Verdict);
    }

    [Fact]
    public void An_exercise_says_whether_it_is_begun_wrong_or_solved()
    {
        CheckResult begun = Exercise.Check("softmax", (Matrix?)null, new Matrix(1, 1));
        Assert.Equal((false, false), (begun.Passed, begun.Started));
        Assert.Equal("✗ softmax: not yet – 1 element differs; largest difference 1 at [0]: yours 1, expected 2", Exercise.Check("softmax", [1f], [2f]).ToString());
        Assert.Equal("✓ softmax: solved", Exercise.Check("softmax", [2f], [2f]).ToString());
        Assert.False(Exercise.Check("number", double.NaN, 1).Started);
    }

    [Fact]
    public void A_goal_says_what_was_reached_and_what_is_missing()
    {
        Assert.Equal("✗ reach it: not yet – the goal is at least 97.5 %, you reached 95.2 %: 2.3 % to go", Exercise.Goal("reach it", 95.2, 97.5, "%").ToString());
        Assert.True(Exercise.Goal("reach it", 97.5, 97.5).Passed);
        Assert.True(Exercise.Goal("be quick", 3, 5, "ms", atMost: true).Passed);
        Assert.False(Exercise.Goal("reach it", null, 97.5).Started);
    }
}
