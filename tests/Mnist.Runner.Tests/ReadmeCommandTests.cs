using Mnist.Runner.Commands;
using Mnist.Runner.Html;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

/// <summary>What README tells a reader to type is understood, word for word: the help of exactly that command appears.</summary>
public class ReadmeCommandTests
{
    private const string Runner = "dotnet run -c Release --project lib/Mnist.Runner -- ";

    public static TheoryData<string> Commands => [.. File.ReadAllLines(Path.Combine(Repository.Root, "README.md"))
        .Where(line => line.Contains(Runner, StringComparison.Ordinal))
        .Select(line => line.Split(Runner)[1].Split('#', '`')[0].Trim()).Distinct()];

    [Fact]
    public void Its_links_and_pictures_are_there() =>
        Assert.DoesNotContain(MarkdownToHtml.Links(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))),
            link => !link.Contains(':') && !link.StartsWith('#') && !Path.Exists(Path.Combine(Repository.Root, link)));

    [Fact]
    public void ReadmeHasCommands()
    {
        string[] first = [.. Commands.Select(row => row.Data.Split(' ')[0])];
        Assert.Superset(new HashSet<string> { "notebooks/07-full-training.ipynb", "notebooks", "train", "test", "draw", "verify", "bench", "export", "gallery", "doctor" }, new HashSet<string>(first));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_of_README_is_understood_as_it_is_written(string command)
    {
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(Repository.Root, [.. command.Split(' '), "--help"]);
        Assert.Equal((CommandLine.Done, ""), (exitCode, error));
        string first = command.Split(' ')[0];
        Assert.Contains($" {(first.StartsWith("notebooks", StringComparison.Ordinal) ? "run" : first)} ", output, StringComparison.Ordinal);
        Assert.All(command.Split(' ').Where(word => word.StartsWith("--", StringComparison.Ordinal)), option => Assert.Contains(option, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("notebooks", "--timeout")]
    [InlineData("verify notebooks", "--timeout")]
    [InlineData("train --epochs 1 --init he --learning-rate 0.1 --json -", "epochs")]
    public async Task The_short_form_of_a_command_runs_as_it_is_written(string command, string expected)
    {
        // Lessons themselves are run by LessonRunTests; here their folder is named and then refused for a bad value.
        string[] arguments = command.StartsWith("train", StringComparison.Ordinal) ? command.Split(' ') : [.. command.Split(' '), "--timeout", "0"];
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(Repository.Root, arguments);
        Assert.Equal(arguments.Contains("--timeout") ? CommandLine.BadInput : CommandLine.Done, exitCode);
        Assert.Contains(expected, output + error, StringComparison.Ordinal);
    }
}
