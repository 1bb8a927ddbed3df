using System.CommandLine;
using System.Diagnostics;

namespace Mnist.Runner.Commands;

/// <summary><c>test</c>: reads the test images with a saved network.</summary>
internal static class TestCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "A network saved by train --save.", HelpName = "FILE", Required = true };

    /// <summary>The command with its options and action.</summary>
    public static Command Create()
    {
        var command = new Command("test", "Read the test images with a saved network.") { Model, SharedOptions.Data, SharedOptions.Json };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string path = parsed.GetRequiredValue(Model);
        string? json = parsed.GetValue(SharedOptions.Json);
        new OutputFiles().Reads($"--model {path}", path).Writes("--json", SharedOptions.JsonFile(json));
        Network network = UserInput.Read(() => ModelFile.Load(path));
        MnistData data = UserInput.Read(() => MnistData.Load(parsed.GetValue(SharedOptions.Data)));
        if (network.Sizes[0] != data.Test.PixelCount || network.Sizes[^1] != MnistData.Classes)
            throw new UserErrorException($"{path} holds a network {string.Join("-", network.Sizes)}, but the images need {data.Test.PixelCount} inputs and {MnistData.Classes} outputs");
        cancellation.ThrowIfCancellationRequested();

        long start = Stopwatch.GetTimestamp();
        Evaluation test = network.Evaluate(data.Test);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        cancellation.ThrowIfCancellationRequested();

        var progress = new ProgressLines(toStandardError: json == JsonReport.StandardOutput);
        progress.Line($"network {string.Join("-", network.Sizes)} from {path}; {data.Test.Count:N0} test images from {data.Folder}");
        progress.Evaluation(test);
        if (json is not null)
            JsonReport.Write(json, writer =>
            {
                writer.WriteString("model", path);
                JsonReport.Evaluation(writer, test);
                writer.WriteNumber("seconds", seconds);
                JsonReport.Network(writer, network);
            });
        return CommandLine.Done;
    }
}
