using System.Text.Json;
using Mnist.Runner.Tests.Support;
using Mnist.Tests;

namespace Mnist.Runner.Tests;

/// <summary><c>train</c> as a process: exit codes, what is on which stream, the report, the saved model.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TrainCommandTests() => IdxWriter.DataSet(folder.File("data"), training: 40, test: 13);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_epoch_on_MNIST_has_the_oracles_loss_and_the_report_says_what_was_done()
    {
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(Repository.Root, "train", "--data", "data", "--epochs", "1", "--json", "-");

        Assert.Equal((0, ""), (exitCode, error.Contains("error", StringComparison.Ordinal) ? error : ""));
        JsonElement report = JsonDocument.Parse(output).RootElement; // and nothing but the report
        Assert.Equal(
            """{"epochs":1,"batch":32,"learningRate":0.01,"init":"seed","seed":42,"shuffle":false,"threads":0,"zeros":"auto","hidden":[128,64]}""",
            JsonSerializer.Serialize(report.GetProperty("options")));
        JsonElement epoch = Assert.Single(report.GetProperty("epochs").EnumerateArray());
        Assert.Equal(1, epoch.GetProperty("epoch").GetInt32());
        Assert.Equal(1.7616, epoch.GetProperty("loss").GetDouble(), 0.0002);
        Assert.Equal(epoch.GetProperty("seconds").GetDouble(), report.GetProperty("trainSeconds").GetDouble());
        Assert.InRange(report.GetProperty("testAccuracy").GetDouble(), 0.76, 0.80);
        Assert.Equal(10, report.GetProperty("perDigitAccuracy").GetArrayLength());
        Assert.Matches("^[0-9a-f]{64}$", report.GetProperty("weightsSha256").GetString());
        Assert.NotEqual("", report.GetProperty("instructionSet").GetString());
        Assert.InRange(report.GetProperty("threads").GetInt32(), 1, 4);
    }

    [Fact]
    public async Task Progress_is_one_line_an_epoch_then_the_accuracy_of_all_and_of_each_digit()
    {
        (int exitCode, string output, string error) = await Train("--epochs", "3");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.DoesNotContain('\r', output);
        Assert.Equal(3, output.Split('\n').Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));
        Assert.Contains("test accuracy ", output, StringComparison.Ordinal);
        Assert.Equal(10, output.Split('\n').Count(line => line.StartsWith("  digit ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Equal_options_give_equal_models_whatever_the_threads_and_other_seeds_give_others()
    {
        string[] options = ["--epochs", "2", "--init", "he", "--shuffle", "--hidden", "5,4,3", "--learning-rate", "0.1"];
        string first = await Saved("first.npz", [.. options, "--threads", "1"]);
        string again = await Saved("again.npz", [.. options, "--threads", "2"]);
        string other = await Saved("other.npz", [.. options, "--seed", "7"]);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal([6, 5, 4, 3, 10], ModelFile.Load(folder.File("first.npz")).Sizes);
    }

    [Fact]
    public async Task The_reports_hash_is_that_of_the_saved_model()
    {
        string report = folder.File("report.json");
        await Saved("model.npz", "--epochs", "1", "--json", report);

        using JsonDocument json = JsonDocument.Parse(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
        Assert.Equal(ModelFile.WeightsSha256(ModelFile.Load(folder.File("model.npz"))), json.RootElement.GetProperty("weightsSha256").GetString());
    }

    [Fact]
    public async Task Digits_without_test_images_are_null_in_the_report()
    {
        IdxWriter.DataSet(folder.File("data"), training: 40, test: 4);

        (int exitCode, string output, _) = await Train("--epochs", "1", "--json", "-");

        Assert.Equal(0, exitCode);
        JsonElement shares = JsonDocument.Parse(output).RootElement.GetProperty("perDigitAccuracy");
        Assert.Equal(6, shares.EnumerateArray().Count(share => share.ValueKind == JsonValueKind.Null));
    }

    [Fact]
    public async Task A_batch_larger_than_the_data_is_one_step_an_epoch() =>
        Assert.Equal(0, (await Train("--epochs", "1", "--batch", "2147483647")).ExitCode);

    [Theory]
    [InlineData("--epochs", "0")]
    [InlineData("--epochs", "ten")]
    [InlineData("--batch", "-1")]
    [InlineData("--learning-rate", "0")]
    [InlineData("--learning-rate", "nan")]
    [InlineData("--learning-rate", "Infinity")]
    [InlineData("--learning-rate", "1e99")]
    [InlineData("--hidden", "128,x")]
    [InlineData("--hidden", "128,,64")]
    [InlineData("--hidden", "0")]
    [InlineData("--init", "zeros")]
    [InlineData("--seed", "4294967296")]
    [InlineData("--threads", "65")]
    [InlineData("--zeros", "Skip")]
    public async Task A_bad_value_is_one_line_that_names_the_option_and_the_value(string option, string value) =>
        AssertOneLine(2, await Train(option, value), option, $"'{value}'");

    [Theory]
    [InlineData("Unrecognized", "--bogus")]
    [InlineData("--epochs", "--epochs")]
    [InlineData("3,601,080,010 parameters", "--hidden", "60000,60000")]
    [InlineData("--save", "--save", "nowhere/model.npz")]
    [InlineData("is a folder", "--save", ".")]
    [InlineData("--json", "--json", "nowhere/report.json")]
    public async Task Input_that_cannot_be_used_is_one_line_and_exit_code_2(string expected, params string[] arguments) =>
        AssertOneLine(2, await Train(arguments), expected);

    [Fact]
    public async Task Missing_and_damaged_data_are_one_line_that_names_the_folder_or_the_file()
    {
        AssertOneLine(2, await RunnerProcess.RunAsync(folder.Path, "train", "--data", folder.File("nowhere")), folder.File("nowhere"));
        File.WriteAllBytes(folder.File("data/train-labels-idx1-ubyte"), [1, 2, 3]);
        AssertOneLine(2, await Train(), "train-labels-idx1-ubyte", "truncated");
    }

    [Fact]
    public async Task A_run_that_diverges_says_where_with_exit_code_1_and_saves_nothing()
    {
        (int ExitCode, string Output, string Error) result = await Train("--epochs", "100", "--learning-rate", "1e30", "--save", folder.File("model.npz"));

        AssertOneLine(1, result, "epoch", "smaller learning rate");
        Assert.False(File.Exists(folder.File("model.npz")));
    }

    [Theory]
    [InlineData("1e-45", "training changed no weight")]
    public async Task A_network_that_has_learned_nothing_is_a_warning(string rate, string expected)
    {
        (int exitCode, string output, _) = await Train("--epochs", "1", "--learning-rate", rate);
        Assert.Equal(0, exitCode);
        Assert.Contains($"warning: {expected}", output, StringComparison.Ordinal);
        Assert.DoesNotContain(expected, (await Train("--epochs", "1", "--learning-rate", "0.1")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_reads_no_better_than_chance_is_a_warning()
    {
        IdxWriter.DataSet(folder.File("data"), training: 40, test: 130); // 13 of each digit, in pictures that tell nothing
        (_, string output, _) = await Train("--epochs", "1", "--learning-rate", "0.0001");
        Assert.Contains("warning: that is no better than always giving", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_stops_with_exit_code_130_and_writes_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no kill command to send Ctrl-C with");
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var process = RunnerProcess.Start(folder.Path, "train", "--data", "data", "--epochs", "100000000", "--save", "model.npz", "--json", "report.json");
        await process.StandardOutput.ReadLineAsync(stop);
        Assert.StartsWith("epoch", await process.StandardOutput.ReadLineAsync(stop), StringComparison.Ordinal);
        System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]).Dispose();

        (int exitCode, _, string error) = await RunnerProcess.EndAsync(process);

        Assert.Equal(130, exitCode);
        Assert.Matches(@"^stopped in epoch \d+ of 100000000; the network is discarded, nothing is saved\n$", error);
        Assert.Equal([folder.File("data")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_stack_trace_is_shown_when_asked_for()
    {
        (int exitCode, _, string error) = await Train("--data", "nowhere", "--stack-trace");

        Assert.Equal(2, exitCode);
        Assert.Contains("   at ", error, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> Train(params string[] arguments) =>
        RunnerProcess.RunAsync(folder.Path, arguments.Contains("--data") ? ["train", .. arguments] : ["train", "--data", "data", .. arguments]);

    private async Task<string> Saved(string name, params string[] arguments)
    {
        (int exitCode, _, string error) = await Train([.. arguments, "--save", folder.File(name)]);
        Assert.Equal((0, ""), (exitCode, error));
        return Convert.ToHexString(await File.ReadAllBytesAsync(folder.File(name), TestContext.Current.CancellationToken));
    }

    private static void AssertOneLine(int exitCode, (int ExitCode, string Output, string Error) result, params string[] words)
    {
        Assert.Equal(exitCode, result.ExitCode);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.All(words, word => Assert.Contains(word, result.Error, StringComparison.Ordinal));
    }
}
