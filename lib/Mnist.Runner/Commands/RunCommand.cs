using System.CommandLine;
using System.Globalization;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Supervision;

namespace Mnist.Runner.Commands;

/// <summary><c>run NOTEBOOK…</c>: runs notebooks and writes what came out.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    private static readonly Option<string> Out = new("--out") { Description = "Folder for the pages and executed notebooks.", DefaultValueFactory = _ => "out" };
    private static readonly Option<bool> Page = new("--html") { Description = "Write the HTML page only (default: page and notebook)." };
    private static readonly Option<bool> Executed = new("--ipynb") { Description = "Write the executed notebook only (default: page and notebook)." };
    private static readonly Option<bool> InPlace = new("--in-place") { Description = "Refresh the outputs saved in the notebook itself where more than measurements has changed, and write nothing in --out." };
    private static readonly Option<bool> Renew = new("--renew") { Description = "With --in-place: save the measurements of this run too." };
    private static readonly Option<bool> StopAtFirst = new("--stop-at-first") { Description = "Run no further notebook after one that fails." };

    public static Command Create()
    {
        var command = new Command(Name, "Run notebooks; each cell's text is printed, pages and executed notebooks are written.")
        {
            NotebookOptions.Notebooks, Out, Page, Executed, InPlace, Renew, NotebookOptions.Timeout, NotebookOptions.Only, StopAtFirst,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        IReadOnlyList<Notebook> notebooks = NotebookOptions.Read(parsed);
        RunSettings settings = NotebookOptions.Settings(parsed, notebooks) with { SkipsInteractive = parsed.GetValue(InPlace) };
        var outputs = new RunOutputs(parsed.GetRequiredValue(Out), parsed.GetValue(Page), parsed.GetValue(Executed), parsed.GetValue(InPlace), parsed.GetValue(Renew), notebooks);
        var reporter = new RunReporter();
        var results = new List<(NotebookResult, string)>();
        var failures = new List<string>();
        await reporter.WatchAsync(async () =>
        {
            foreach (Notebook notebook in notebooks)
            {
                reporter.NotebookStarts(notebook);
                NotebookResult result = await NotebookProcess.RunAsync(notebook, settings, reporter, stop: stop);
                results.Add((result, Verdict(result)));
                failures.AddRange(Write(outputs, result, reporter));
                if (result.Failure is { } failure) failures.Add(FailureText.Of(notebook, failure));
                if (failures.Count > 0 && parsed.GetValue(StopAtFirst)) break;
            }
            return 0;
        });
        reporter.Summary(results);
        return failures.Count == 0 ? CommandLine.Done : throw new RunFailedException(string.Join('\n', failures));
    }

    /// <summary>Writes what came out, and returns what could not be written: the notebooks after this one run all the same.</summary>
    private static IEnumerable<string> Write(RunOutputs outputs, NotebookResult result, RunReporter reporter)
    {
        try
        {
            foreach (string path in outputs.Write(result)) reporter.Written(Path.GetRelativePath(".", path));
            return [];
        }
        catch (RunFailedException failed)
        {
            return [failed.Message];
        }
    }

    private static string Verdict(NotebookResult result)
    {
        if (result.Failure is { } failure) return $"failed in code cell {failure.Cell.Number}";
        CellResult[] interactive = [.. result.Cells.Where(cell => cell.Cell.IsInteractive)];
        int skipped = result.Cells.Count(cell => cell.Status == CellStatus.Skipped && !cell.Cell.IsInteractive);
        string figures = interactive.Length == 0 ? "" : interactive.Any(cell => cell.Status == CellStatus.Skipped) ? ", static figures" : ", interactive figures";
        return skipped == 0 ? $"ok{figures}" : string.Create(CultureInfo.InvariantCulture, $"ok{figures}, {skipped} skipped");
    }
}
