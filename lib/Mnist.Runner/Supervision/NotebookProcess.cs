using System.Diagnostics;
using System.Globalization;
using Mnist.Runner.Display;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Supervision;

/// <summary>
/// Runs a notebook in a process of its own. Whatever its cells do, a loop without end, an exception on another thread,
/// a stack overflow, a bad pointer, <c>Environment.Exit</c>, ends that process and is the failure of that cell: what it
/// has shown is kept, and nothing passes from one notebook into the next.
/// </summary>
internal sealed class NotebookProcess
{
    /// <summary>The process gives up a cell itself; it is ended if it is too busy even for that.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Notebook notebook;
    private readonly RunSettings settings;
    private readonly IRunObserver? observer;
    private readonly List<CellResult> results = [];
    private NotebookCell? cell;
    private bool isOver; // the cell; but not always what it has started
    private OutputCollector outputs = new();
    private ErrorOutput? crash;
    private long started;

    private NotebookProcess(Notebook notebook, RunSettings settings, IRunObserver? observer) =>
        (this.notebook, this.settings, this.observer) = (notebook, settings, observer);

    /// <summary>How long a process may take to begin, and for a cell.</summary>
    private TimeSpan Patience => settings.TimeLimit + Grace;

    /// <summary>Runs the code cells in order, up to the first one that fails.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="settings">Which cells, and their time limit.</param>
    /// <param name="observer">Told how the run goes.</param>
    /// <param name="process">A process that was started before, to save time; null starts one.</param>
    /// <param name="stop">Ends the run and its process.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static async Task<NotebookResult> RunAsync(
        Notebook notebook, RunSettings settings, IRunObserver? observer = null, EngineProcess? process = null, CancellationToken stop = default)
    {
        var watch = Stopwatch.StartNew();
        var run = new NotebookProcess(notebook, settings, observer);
        using EngineProcess engine = await run.AskAsync(process ?? EngineProcess.Start(), stop);
        await run.HearAsync(engine, stop);
        return new NotebookResult(notebook, run.results, watch.Elapsed);
    }

    /// <summary>Gives a process its cells; without the ICU library it is started again with the invariant culture.</summary>
    private async Task<EngineProcess> AskAsync(EngineProcess engine, CancellationToken stop)
    {
        var request = new RunRequest(notebook.Path, settings.TimeLimit, settings.SkipsInteractive,
            [.. settings.Chosen(notebook).Select(chosen => new CellRequest(chosen.Position, chosen.Number, chosen.Source, chosen.Kernel, chosen.Tags))]);
        for (bool again = false; ; again = true)
        {
            bool asked = false;
            using CancellationTokenSource deadline = Deadline(stop);
            try
            {
                asked = await engine.AskAsync(request, deadline.Token);
                if (asked) return engine;
                string reason = await engine.EndAsync(Grace, stop);
                if (again || !reason.Contains("ICU", StringComparison.OrdinalIgnoreCase))
                    throw new InvalidOperationException($"the process for {notebook.FileName} could not be started: it {reason}");
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the process for {notebook.FileName} could not be started: it did not begin within {Patience.TotalSeconds:0.#} s"));
            }
            finally
            {
                if (!asked) engine.Dispose();
            }
            observer?.Note("libicu is not to be found here: cells run with the invariant culture, so that sorting and ToString(\"C\") differ from the engine's");
            engine = EngineProcess.Start(invariantCulture: true);
        }
    }

    private async Task HearAsync(EngineProcess engine, CancellationToken stop)
    {
        using CancellationTokenSource deadline = Deadline(stop); // for the first word
        try
        {
            while (await engine.NextAsync(deadline.Token) is { } happened)
            {
                if (happened is RunFinished) return;
                if (happened is CellStarted) deadline.CancelAfter(Patience);
                if (happened is CellEnded) deadline.CancelAfter(Timeout.InfiniteTimeSpan);
                Take(happened);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Fail(CellRunner.OverTime(settings.TimeLimit));
            return;
        }
        Fail(await engine.EndAsync(Grace, stop));
    }

    private CancellationTokenSource Deadline(CancellationToken stop)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(Patience);
        return deadline;
    }

    private void Take(EngineEvent happened)
    {
        switch (happened)
        {
            case CellStarted begins:
                cell = notebook.CodeCells.First(candidate => candidate.Number == begins.Number);
                isOver = false;
                outputs = new OutputCollector();
                started = Stopwatch.GetTimestamp();
                observer?.CellStarts(notebook, cell);
                break;
            case CellShows shows: outputs.Apply(shows.Change); break;
            case ProgressMade progress: observer?.Progress(progress.Text, progress.Fraction); break;
            case CellEnded ended: End(new CellResult(cell!, ended.Status, outputs.Outputs, null, ended.Elapsed, ended.Reason)); break;
            case ProcessCrashes crashes: crash = crashes.Error; break;
        }
    }

    /// <summary>The process is gone in the middle of a cell: that cell has failed.</summary>
    private void Fail(string reason)
    {
        cell ??= settings.Chosen(notebook).First();
        if (isOver) results.RemoveAt(results.Count - 1); // something that it started has ended the process
        if (crash is not null) reason = $"an exception on a thread that no cell waits for has ended the process:\n{string.Join('\n', crash.Lines)}";
        outputs.Add(crash ?? new ErrorOutput("CellError", reason, [reason]));
        End(new CellResult(cell, CellStatus.Failed, outputs.Outputs, null, Stopwatch.GetElapsedTime(started), reason));
    }

    private void End(CellResult result)
    {
        results.Add(result);
        isOver = true;
        observer?.CellEnded(result);
    }
}
