using System.Text.Json.Nodes;
using Mnist.Runner.Commands;
using Mnist.Runner.Doctor;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

/// <summary>The files for VS Code and for the container say what the rest of the repository says.</summary>
public class EditorFilesTests
{
    [Fact]
    public void The_recommended_extension_is_the_one_that_doctor_looks_for()
    {
        Assert.Contains(Surroundings.Extension, Texts(Read(".vscode/extensions.json")["recommendations"]));
        Assert.Contains(Surroundings.Extension, Texts(Read(".devcontainer/devcontainer.json")["customizations"]!["vscode"]!["extensions"]));
    }

    [Fact]
    public void The_settings_name_files_that_are_there()
    {
        Assert.True(File.Exists(Path.Combine(Repository.Root, Read(".vscode/settings.json")["dotnet.defaultSolution"]!.ToString())));
        Assert.True(File.Exists(Path.Combine(Repository.Root, ".devcontainer", Read(".devcontainer/devcontainer.json")["build"]!["dockerfile"]!.ToString())));
    }

    [Fact]
    public async Task The_tasks_are_commands_that_are_understood()
    {
        string[][] commands = [.. Read(".vscode/tasks.json")["tasks"]!.AsArray().Select(task => Texts(task!["args"]))];
        Assert.Contains(["build", "-c", "Release"], commands);
        Assert.Contains(["test", "-c", "Release"], commands);
        string[][] ofRunner = [.. commands.Where(command => command.Contains("lib/Mnist.Runner"))];
        Assert.Equal(commands.Length - 2, ofRunner.Length);
        foreach (string[] command in ofRunner)
        {
            string[] arguments = [.. command.SkipWhile(word => word != "--").Skip(1).Select(word => word.Replace("${file}", "notebooks/00-start-here.ipynb", StringComparison.Ordinal)), "--help"];
            (int exitCode, string _, string error) = await RunnerProcess.RunAsync(Repository.Root, arguments);
            Assert.Equal((CommandLine.Done, ""), (exitCode, error));
        }
    }

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, file)))!;

    private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(item => item!.ToString())];
}
