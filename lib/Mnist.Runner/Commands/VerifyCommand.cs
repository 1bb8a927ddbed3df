using System.CommandLine;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Supervision;
using Mnist.Runner.Verification;

namespace Mnist.Runner.Commands;

/// <summary><c>verify NOTEBOOK…</c>: runs notebooks and compares with the outputs saved in them; writes nothing.</summary>
internal static class VerifyCommand
{
    private static readonly Option<bool> Twice = new("--twice")
    {
        Description = "Run each notebook's cells in order, then all again in the same process: both times the saved outputs must come.",
    };

    private static readonly Option<bool> Backwards = new("--backwards")
    {
        Description = "The same, but the second time from the last cell to the second, without those that only measure.",
    };

    public static Command Create()
    {
        var command = new Command("verify", "Run notebooks and compare with the outputs saved in them, except for what is volatile.")
        {
            NotebookOptions.Notebooks, NotebookOptions.Timeout, NotebookOptions.Only, Twice, Backwards,
        };
        command.SetAction(VerifyAsync);
        return command;
    }

    private static async Task<int> VerifyAsync(ParseResult parsed, CancellationToken stop)
    {
        bool twice = parsed.GetValue(Twice), backwards = parsed.GetValue(Backwards);
        if (twice && backwards) throw new UserErrorException("--twice and --backwards are two ways to run the cells again: give one of them");
        IReadOnlyList<Notebook> notebooks = NotebookOptions.Read(parsed);
        RunSettings settings = NotebookOptions.Settings(parsed, notebooks) with
        {
            Again = backwards ? Again.Backwards : twice ? Again.InOrder : Again.Never,
            SkipsInteractive = true,
        };
        var reporter = new RunReporter();
        var results = new List<(NotebookResult, string)>();
        var problems = new List<string>();
        await reporter.WatchAsync(async () =>
        {
            foreach (Notebook notebook in notebooks)
            {
                reporter.NotebookStarts(notebook);
                NotebookResult result = await NotebookProcess.RunAsync(notebook, settings, reporter, stop: stop);
                IReadOnlyList<string> found = Problems(result);
                problems.AddRange(found);
                results.Add((result, result.Failure is not null ? "failed" : found.Count == 0 ? "same" : $"{found.Count} {(found.Count == 1 ? "cell differs" : "cells differ")}"));
            }
            return 0;
        });
        reporter.Summary(results);
        return problems.Count == 0 ? CommandLine.Done : throw new RunFailedException(string.Join('\n', problems));
    }

    private static IReadOnlyList<string> Problems(NotebookResult result)
    {
        string When(CellResult run) => result.IsAgain(run) ? "when it is run again: " : "";
        if (result.Failure is { } failure) return [When(failure) + FailureText.Of(result.Notebook, failure)];
        return [.. OutputComparison.Compare(result).Select(difference => When(difference.Run) + DifferenceText(result.Notebook, difference))];
    }

    private static string DifferenceText(Notebook notebook, CellDifference difference) =>
        $"{notebook.FileName}: code cell {difference.Cell.Number} (cell {difference.Cell.Position} of {notebook.Cells.Count}) differs: {difference.Cell.FirstLine}\n"
        + string.Join('\n', difference.Lines.Select(line => $"  {line}"));
}
