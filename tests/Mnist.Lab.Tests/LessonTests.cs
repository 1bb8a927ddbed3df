using Xunit;

namespace Mnist.Lab.Tests;

public sealed class LessonTests
{
    [Fact]
    public void A_sheet_of_digits_marks_exactly_the_misread_ones_with_frame_and_words()
    {
        var sheet = (SheetTrace)Show.Digits(Samples.Images, Samples.Evaluation, [0, 16, 17]).Traces[0];

        Assert.Equal([false, true, false], sheet.Marked!);
        Assert.Equal($"{Samples.Images.Labels[16]}→{Samples.Evaluation.Predictions[16]}", sheet.Captions![1]);
        Assert.Equal(784, sheet.Images[0].Length);
    }

    [Fact]
    public void The_surest_misreadings_come_first()
    {
        var sheet = (SheetTrace)Show.Misclassified(Samples.Images, Samples.Evaluation, 5).Traces[0];
        Assert.Equal(5, sheet.Images.Length);
        Assert.All(sheet.Marked!, Assert.True);
        int first = Samples.Evaluation.Misclassified()[0];
        Assert.Equal($"{Samples.Images.Labels[first]}→{Samples.Evaluation.Predictions[first]}", sheet.Captions![0]);
    }

    [Fact]
    public void A_digit_with_values_writes_each_grey_value_where_it_is()
    {
        Figure figure = Show.Digit(Samples.Images, 0, values: true);
        var heatmap = (HeatmapTrace)figure.Traces[0];
        int row = 7 - int.Parse(heatmap.RowLabels![0], System.Globalization.CultureInfo.InvariantCulture);
        int column = 6 - int.Parse(heatmap.ColumnLabels![0], System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(84, Samples.Images.Image(0)[(7 * 28) + 6]);
        Assert.Equal("84", heatmap.Texts![row][column]);
        Assert.Equal(Samples.Images.Image(0).ToArray().Count(value => value > 0), heatmap.Texts.SelectMany(texts => texts).Count(text => text.Length > 0));
    }

    [Fact]
    public void Training_shows_the_losses_and_the_accuracies_and_the_oracle_when_asked()
    {
        Figure figure = Show.Training(Samples.Result, oracle: true);
        Assert.Equal(["this run", "oracle", "this run"], figure.Traces.Select(trace => trace.Name));
        Assert.Equal(Samples.Result.Epochs.Select(epoch => epoch.Loss), ((LineTrace)figure.Traces[0]).Y);
        Assert.True(((LineTrace)figure.Traces[1]).Reference);
        Assert.Equal(["loss", "test accuracy"], Show.Training(Samples.Result).Traces.Select(trace => trace.Name));
    }

    [Fact]
    public void Training_without_evaluation_without_epochs_or_with_a_broken_loss_still_draws()
    {
        EpochResult[] untested = [.. Samples.Result.Epochs.Select(epoch => epoch with { TestAccuracy = null })];
        Assert.Single(Show.Training(untested).Panels);
        Assert.Contains("</svg>", Show.Training([], of: 10).ToHtml(), StringComparison.Ordinal);
        Assert.Contains("</svg>", Show.Training([new EpochResult(1, double.NaN, 0.1, 1)]).ToHtml(), StringComparison.Ordinal);
        Assert.Contains("</svg>", Show.BatchLosses([]).ToHtml(), StringComparison.Ordinal);
        Assert.Contains("</svg>", Show.PerDigit(new Evaluation([], new Matrix(0, 10))).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_confusion_matrix_colours_only_mistakes()
    {
        var heatmap = (HeatmapTrace)Show.Confusion(Samples.Evaluation).Traces[0];
        for (int digit = 0; digit < 10; digit++)
        {
            Assert.Equal(0, heatmap.Values[digit][digit]);
            Assert.Equal($"{Samples.Evaluation.Confusion[digit, digit]}", heatmap.Texts![digit][digit]);
        }
        Assert.Equal(Samples.Evaluation.Count - Samples.Evaluation.Correct, heatmap.Values.Sum(row => row.Sum()));
    }

    [Fact]
    public void Weights_before_and_after_have_one_scale_and_the_right_pixels()
    {
        Network before = Samples.Noise(), after = Samples.Patterns();
        SheetTrace[] sheets = [.. Show.Weights(before, after, 12).Traces.Cast<SheetTrace>()];

        Assert.Equal(12, sheets[0].Images.Length);
        Assert.Equal((sheets[0].From, sheets[0].To), (sheets[1].From, sheets[1].To));
        Assert.Equal(after.Layers[0].Weights[300, 5], sheets[1].Images[5][300]);
        Assert.Throws<ArgumentException>(() => Show.Weights(new Network(10, 4)));
    }

    [Fact]
    public void Activations_say_how_many_are_cut_off_and_draw_the_others()
    {
        Figure figure = Show.Activations("H1", Matrix.FromRows(1, 4, [0, 0, 0, 2]));
        Assert.Contains("H1: 75 % exactly 0", figure.Title, StringComparison.Ordinal);
        Assert.Equal([2.0], ((HistogramTrace)figure.Traces[0]).Values);
        Assert.Equal(TensorColors.Of("H1"), figure.Traces[0].Color);
    }

    [Fact]
    public void The_first_cell_says_what_is_missing_and_what_to_type()
    {
        StartReport report = Lesson.Start() with { Images = "", DataProblem = "no folder data/", RuntimeIsTooOld = true };

        Assert.False(report.Ready);
        Assert.Contains("<code>git checkout -- data</code>", report.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("needs .NET 10", report.ToString(), StringComparison.Ordinal);
        StartReport good = report with { Images = "60,000 to learn from", DataProblem = "", RuntimeIsTooOld = false };
        Assert.True(good.Ready);
        Assert.Contains("60,000", good.ToHtml(), StringComparison.Ordinal);
        Assert.NotEqual("", good.Processor);
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", good.Date);
        foreach (string told in new[] { good.Processor, $"{good.Cores} core", good.Caches, good.VectorWidth, good.Runtime, good.LibraryBuilt, good.Date })
        {
            Assert.Contains(told, good.ToString(), StringComparison.Ordinal);
            Assert.Contains(told, Volatile(good.ToHtml()), StringComparison.Ordinal);
        }
    }

    /// <summary>All that is marked as differing from run to run.</summary>
    private static string Volatile(string html) =>
        string.Join('\n', System.Xml.Linq.XElement.Parse($"<div>{html}</div>").Descendants("span").Where(span => span.Attribute("data-volatile") is not null).Select(span => span.Value));

    [Theory]
    [InlineData(0x00B00F21, 26, 2)] // Zen 5: extended family and model
    [InlineData(0x000806F8, 6, 143)] // Sapphire Rapids: extended model alone
    [InlineData(0x00000512, 5, 1)]
    public void Family_and_model_come_from_the_signature(int signature, int family, int model) => Assert.Equal((family, model), Processor.Model(signature));

    [Theory]
    [InlineData(0x7ffafbff, 0, 0, false)] // no hypervisor
    [InlineData(unchecked((int)0xfffa3203), 0x4b4d564b, 1, true)] // "KVMK"
    [InlineData(unchecked((int)0xfffa3203), 0x7263694d, 0x2e7c, true)] // "Micr": WSL, Azure
    [InlineData(unchecked((int)0xfffa3203), 0x7263694d, 0x2bb9ff, false)] // "Micr": Windows itself above Hyper-V
    public void A_hypervisor_below_is_told_from_one_that_Windows_itself_brings(int features, int hypervisor, int privileges, bool isVirtual) =>
        Assert.Equal(isVirtual, Processor.IsVirtual(features, hypervisor, privileges));

    [Fact]
    public void A_cache_of_unknown_size_is_not_made_up() => Assert.Contains("caches: unknown", (Lesson.Start() with { Caches = "" }).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Data_that_cannot_be_loaded_are_reported_and_not_thrown()
    {
        Func<string?, MnistData> before = Lesson.Loader;
        try
        {
            Lesson.Loader = _ => throw new InvalidDataException("train-images is truncated");
            Assert.Contains("train-images is truncated", Lesson.Start().ToString(), StringComparison.Ordinal);
            Lesson.Loader = folder => new MnistData { Training = Samples.Images, Test = Samples.Images, Folder = folder ?? "" };
            Assert.Equal("400 to learn from, 400 to test with", Lesson.Start("here").Images);
        }
        finally
        {
            Lesson.Loader = before;
        }
    }
}
