using Mnist.Runner.Tests.Support;
using Mnist.Tests;

namespace Mnist.Runner.Tests;

/// <summary><c>draw</c> as a process. What the page does is tested where the pad is.</summary>
public sealed class DrawCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_page_of_a_saved_model_holds_its_weights()
    {
        var network = new Network(784, 12, 10);
        for (int i = 0; i < 784; i++) network.Layers[0].Weights[i, i % 12] = i / 784f;
        ModelFile.Save(network, folder.File("model.npz"));

        (int exitCode, string output, string error) = await Run("--model", "model.npz", "--out", "pages");

        Assert.Equal((0, ""), (exitCode, error));
        string page = Path.Combine(folder.Path, "pages", "draw.html");
        Assert.Contains(page, output, StringComparison.Ordinal);
        Assert.Contains("784-12-10", output, StringComparison.Ordinal);
        Assert.Equal(new Lab.Pad.DrawingPad(network).ToPage(), await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_model_one_is_trained_on_the_data()
    {
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(folder.Path, "draw", "--data", Path.Combine(Repository.Root, "data"));

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("epoch   5 of 5", output, StringComparison.Ordinal);
        Assert.Matches(@"test accuracy 9[678]\.", output);
        string page = await File.ReadAllTextAsync(folder.File("out/draw.html"), TestContext.Current.CancellationToken);
        Assert.InRange(page.Length, 583_000, 650_000);
        Assert.Contains("[784,128,64,10]", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_drawn_on_is_one_line_and_exit_code_2()
    {
        ModelFile.Save(new Network(6, 10), folder.File("small.npz"));
        await File.WriteAllTextAsync(folder.File("text.npz"), "not a model", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(folder.File("taken/draw.html"));

        await AssertRefused("there is no model file 'nowhere.npz'", "--model", "nowhere.npz");
        await AssertRefused("text.npz is not a model", "--model", "text.npz");
        await AssertRefused("small.npz: the pad draws 28 × 28 = 784 pixels", "--model", "small.npz");
        await AssertRefused("text.npz is no folder", "--out", "text.npz");
        await AssertRefused("is a folder", "--out", "taken");
        await AssertRefused("nodata", "--data", "nodata");
        await AssertRefused("'--modle'", "--modle", "x");
        Assert.False(File.Exists(folder.File("out/draw.html")));
    }

    private async Task AssertRefused(string expected, params string[] arguments)
    {
        (int exitCode, string output, string error) = await Run(arguments);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(expected, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> Run(params string[] arguments) => RunnerProcess.RunAsync(folder.Path, ["draw", .. arguments]);
}
