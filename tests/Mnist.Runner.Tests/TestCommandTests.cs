using System.Text.Json;
using Mnist.Runner.Tests.Support;
using Mnist.Tests;

namespace Mnist.Runner.Tests;

/// <summary><c>test</c> as a process.</summary>
public sealed class TestCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TestCommandTests() => IdxWriter.DataSet(folder.File("data"), training: 4, test: 13);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_saved_model_is_evaluated_and_reported()
    {
        Network network = Model(6, 10);
        network.Layers[0].Bias[0, 2] = 1; // so it reads a 2 in every image; 2 and 12 of 13 are twos
        ModelFile.Save(network, folder.File("model.npz"));

        (int exitCode, string output, string error) = await Run("--model", "model.npz", "--json", "-");

        Assert.Equal(0, exitCode);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.Equal(2.0 / 13, report.GetProperty("testAccuracy").GetDouble(), 1e-12);
        Assert.Equal(1, report.GetProperty("perDigitAccuracy")[2].GetDouble());
        Assert.Equal(ModelFile.WeightsSha256(network), report.GetProperty("weightsSha256").GetString());
        Assert.Contains("2 of 13", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_evaluated_is_one_line_and_exit_code_2()
    {
        ModelFile.Save(Model(7, 10), folder.File("wide.npz"));
        ModelFile.Save(Model(6, 9), folder.File("nine.npz"));
        await File.WriteAllTextAsync(folder.File("text.npz"), "not a model", TestContext.Current.CancellationToken);

        await AssertRefused("Option '--model' is required");
        await AssertRefused("there is no model file 'nowhere.npz'", "--model", "nowhere.npz");
        await AssertRefused("is a folder", "--model", "data");
        await AssertRefused("text.npz is not a model", "--model", "text.npz");
        await AssertRefused("6 inputs", "--model", "wide.npz");
        await AssertRefused("10 outputs", "--model", "nine.npz");
        await AssertRefused("--json", "--model", "nine.npz", "--json", "nowhere/report.json");
    }

    private static Network Model(params int[] sizes) => new(sizes);

    private async Task AssertRefused(string expected, params string[] arguments)
    {
        (int exitCode, string output, string error) = await Run(arguments);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(expected, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> Run(params string[] arguments) =>
        RunnerProcess.RunAsync(folder.Path, ["test", "--data", "data", .. arguments]);
}
