using System.Diagnostics;
using System.Globalization;
using CellFunctions;
using Mnist.Runner.Display;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Execution;

/// <summary>Does the steps of one cell on a thread of its own, so that a loop that never ends can be given up.</summary>
internal sealed class CellRunner(Notebook notebook, ScriptSession session, TimeSpan timeLimit, IRunObserver? observer)
{
    /// <summary>Nobody waits longer for what a notebook can do without.</summary>
    private static readonly TimeSpan InteractiveLimit = TimeSpan.FromSeconds(30);

    private readonly List<string> feeds = []; // of #i, for all cells after it

    /// <summary>What is said of a cell that takes too long.</summary>
    public static string OverTime(TimeSpan timeLimit) =>
        string.Create(CultureInfo.InvariantCulture, $"did not end within its time limit of {timeLimit.TotalSeconds:0.#} s");

    /// <summary>Runs a cell; what it throws becomes part of the result.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public async Task<CellResult> RunAsync(NotebookCell cell, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var outputs = new OutputCollector(observer is null ? null : observer.Shows);
        OutputCollector.Current = outputs;
        string path = CellPaths.Of(notebook, cell);
        try
        {
            CellCode code = Parse(cell);
            if (code.IsForeign) return Result(CellStatus.Skipped, null, $"it is written for the kernel {((ForeignCode)code.Steps[0]).Kernel}, and this runner has C# alone");
            feeds.AddRange(code.Feeds.Select(feed => feed.Contains("://", StringComparison.Ordinal) ? feed : Path.GetFullPath(feed, notebook.Folder)));
            if (code.Packages.Count > 0) session.AddPackage(await RestoreAsync(code, cell.IsInteractive, stop));
            Task<object?> work = OnOwnThread(() => RunSteps(code, path, outputs));
            if (await Task.WhenAny(work, Task.Delay(timeLimit, stop)) != work)
            {
                stop.ThrowIfCancellationRequested();
                return Result(CellStatus.Failed, null, OverTime(timeLimit));
            }
            object? value = await work;
            return cell.IsExpectedToThrow
                ? Result(CellStatus.Failed, null, $"has the tag {CellTags.RaisesException}, but did not throw")
                : Result(CellStatus.Succeeded, value, null);
        }
        catch (PackageUnavailableException exception) when (cell.IsInteractive)
        {
            return Result(CellStatus.Skipped, null, exception.Message);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            ErrorOutput error = ErrorReport.Of(exception, path);
            outputs.Add(error);
            bool expected = cell.IsExpectedToThrow && exception is not (CompilationFailedException or CellRefusedException);
            return Result(expected ? CellStatus.FailedAsExpected : CellStatus.Failed, null, string.Join('\n', error.Lines));
        }

        CellResult Result(CellStatus status, object? value, string? reason)
        {
            if (status == CellStatus.Failed && !outputs.Outputs.OfType<ErrorOutput>().Any()) outputs.Add(new ErrorOutput("CellError", reason!, [reason!]));
            outputs.Close();
            return new CellResult(cell, status, outputs.Outputs, value, watch.Elapsed, reason);
        }
    }

    /// <summary>The packages of a cell, within the cell's time limit; those of an interactive cell are asked for once and not for long.</summary>
    private async Task<RestoredPackages> RestoreAsync(CellCode code, bool interactive, CancellationToken stop)
    {
        TimeSpan limit = interactive && InteractiveLimit < timeLimit ? InteractiveLimit : timeLimit;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(limit);
        try
        {
            return await PackageRestore.RestoreAsync(code.Packages, feeds, notebook.Folder, patient: !interactive, deadline.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new PackageUnavailableException($"the restore of packages {OverTime(limit)}");
        }
    }

    private static CellCode Parse(NotebookCell cell)
    {
        try
        {
            return CellCode.Parse(cell.Source, cell.Kernel);
        }
        catch (FormatException exception)
        {
            throw new CellRefusedException(exception.Message);
        }
    }

    private static Task<object?> OnOwnThread(Func<Task<object?>> work)
    {
        var done = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                done.SetResult(work().GetAwaiter().GetResult());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        })
        { IsBackground = true, Name = "cell" }.Start();
        return done.Task;
    }

    private async Task<object?> RunSteps(CellCode code, string path, OutputCollector outputs)
    {
        var watch = Stopwatch.StartNew();
        object? value = null;
        foreach (CellStep step in code.Steps)
            value = await RunStep(step, path, outputs);
        if (code.IsTimed)
            outputs.Show(new HtmlContent(string.Create(CultureInfo.InvariantCulture, $"<pre>Wall time: <span data-volatile=\"\">{watch.Elapsed.TotalMilliseconds:0.0}</span> ms</pre>")), isResult: false);
        return value;
    }

    private async Task<object?> RunStep(CellStep step, string path, OutputCollector outputs)
    {
        switch (step)
        {
            case RunCode run:
                return await RunCode(run.Code, path, outputs);
            case ImportFile import:
                string file = Path.GetFullPath(import.Path, notebook.Folder);
                if (!File.Exists(file)) throw new CellRefusedException($"#!import {import.Path}: there is no such file");
                return await RunCode(await File.ReadAllTextAsync(file), file, outputs);
            case ShowVariables { WithValues: true }:
                outputs.Show(session.Variables, isResult: false);
                return null;
            case ShowVariables:
                outputs.Show(session.Variables.Keys, isResult: false);
                return null;
            case ShowText text:
                outputs.Add(new DisplayOutput(text.MimeType, text.Text, HtmlSummary.Of(text.Text), IsResult: false));
                return null;
            case ForeignCode foreign:
                outputs.Write("stderr", $"skipped: lines for the kernel {foreign.Kernel}, and this runner has C# alone\n");
                return null;
            default:
                throw new InvalidOperationException($"no such step: {step}");
        }
    }

    private async Task<object?> RunCode(string code, string path, OutputCollector outputs)
    {
        ScriptResult result = await session.RunAsync(code, path, warnings => outputs.Write("stderr", ErrorReport.Warnings(warnings, path)));
        if (result.HasValue && result.Value is not DisplayedValue) outputs.Show(result.Value, isResult: true);
        return result.Value;
    }
}
