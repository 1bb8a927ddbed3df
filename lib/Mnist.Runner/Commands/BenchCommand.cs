using System.CommandLine;
using Mnist.Runner.Bench;

namespace Mnist.Runner.Commands;

/// <summary><c>bench</c>: what this machine can do, and what our code and its peers make of it.</summary>
internal static class BenchCommand
{
    private const int QuickRounds = 2;

    private static readonly Option<int> Rounds = Values.Whole("--rounds", "Epochs of each way; the median counts.", 7, least: 1);

    private static readonly Option<bool> Quick = new("--quick") { Description = $"{QuickRounds} epochs of each way, the kernels with the widest vectors only, no slow peer: a first look, about half a minute." };

    private static readonly Option<string?> Python = new("--python") { Description = "The Python whose NumPy and PyTorch take part; else the first in PATH that has NumPy.", HelpName = "PROGRAM" };

    private static readonly Option<bool> TorchSharp = new("--torchsharp") { Description = "TorchSharp takes part too; building it fetches some hundred MB of packages." };

    private static readonly Option<string?> From = new("--from") { Description = "Measure nothing, take the report that --json wrote.", HelpName = "FILE" };

    private static readonly Option<string?> Readme = new("--readme") { Description = "Write the table of training speeds into a Markdown file, between its marks.", HelpName = "FILE" };

    /// <summary>The command with its options and action.</summary>
    public static Command Create()
    {
        var command = new Command("bench", "Measure this machine, every kernel, and every way of training in turn with what other libraries are found.")
        {
            Rounds, Quick, Python, TorchSharp, SharedOptions.Data, SharedOptions.Json, From, Readme,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string? json = parsed.GetValue(SharedOptions.Json), from = parsed.GetValue(From), readme = parsed.GetValue(Readme);
        new OutputFiles().Reads($"--from {from}", from).Writes("--json", SharedOptions.JsonFile(json)).Writes("--readme", readme);
        string? page = readme is null ? null : UserInput.Read(() => ReadmeTable.WithMarks(File.ReadAllText(readme), readme));
        BenchReport report = from is null ? Measure(parsed, cancellation) : UserInput.Read(() => BenchFile.Read(File.ReadAllText(from), from));

        try
        {
            if (SharedOptions.JsonFile(json) is { } file) UserInput.Write(file, () => AtomicFile.WriteText(file, BenchFile.Write(report)));
        }
        finally // minutes of measuring are not lost with one of the two
        {
            if (json != JsonReport.StandardOutput) BenchText.Print(report, Console.Out);
            else Console.Out.Write(BenchFile.Write(report));
        }
        if (page is not null) UserInput.Write(readme!, () => AtomicFile.WriteText(readme!, ReadmeTable.Insert(page, report)));
        return CommandLine.Done;
    }

    private static BenchReport Measure(ParseResult parsed, CancellationToken cancellation)
    {
        bool quick = parsed.GetValue(Quick);
        MnistData data = UserInput.Read(() => MnistData.Load(parsed.GetValue(SharedOptions.Data)));
        var progress = new ProgressLines(toStandardError: true);
        var settings = new BenchSettings(quick ? QuickRounds : parsed.GetValue(Rounds), quick, parsed.GetValue(Python), parsed.GetValue(TorchSharp));
        try
        {
            return new BenchRun(data, settings, stage => progress.Line($"measuring {stage} …"), progress.Share).Measure(cancellation);
        }
        catch (Exception wrong) when (wrong is PeerException or ChildRunException && cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("bench was stopped", wrong, cancellation); // they were stopped by the same keys
        }
        catch (ChildRunException wrong)
        {
            throw new RunFailedException(wrong.Message, wrong);
        }
        catch (PeerException wrong)
        {
            throw new RunFailedException($"a peer did not go on: {wrong.Message}", wrong);
        }
    }
}
