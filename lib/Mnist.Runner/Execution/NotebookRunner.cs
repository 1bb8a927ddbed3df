using System.Diagnostics;
using System.Reflection;
using Mnist.Runner.Display;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Execution;

/// <summary>How to run notebooks.</summary>
/// <param name="TimeLimit">Time that one cell may take.</param>
/// <param name="Only">Says by its number whether a code cell is to be run; null runs all.</param>
/// <param name="Again">How all of them are run once more in the same process.</param>
/// <param name="SkipsInteractive">Skip cells tagged <c>interactive</c>: what is saved or compared must not depend on packages.</param>
internal sealed record RunSettings(TimeSpan TimeLimit, Func<int, bool>? Only = null, Again Again = Again.Never, bool SkipsInteractive = false)
{
    public static RunSettings Default { get; } = new(TimeSpan.FromSeconds(300));

    /// <summary>The code cells to run, in order.</summary>
    public IEnumerable<NotebookCell> Chosen(Notebook notebook)
    {
        NotebookCell[] once = [.. notebook.CodeCells.Where(cell => Only?.Invoke(cell.Number) ?? true)];
        return Again switch
        {
            Again.InOrder => once.Concat(once),
            Again.Backwards => once.Concat(once.Where(cell => cell.Number > 1 && !cell.Tags.Contains(CellTags.Volatile)).Reverse()),
            _ => once,
        };
    }
}

/// <summary>What comes after a run from top to bottom: a reader goes back.</summary>
internal enum Again
{
    Never,

    /// <summary>All cells again, in order.</summary>
    InOrder,

    /// <summary>All cells again from the last to the first, so that each finds what later ones have left behind; not the first, which loads the library, nor those that only measure.</summary>
    Backwards,
}

/// <summary>Is told how a run goes.</summary>
internal interface IRunObserver
{
    void CellStarts(Notebook notebook, NotebookCell cell);

    /// <summary>The library says how far its work is: a text and a fraction 0 … 1.</summary>
    void Progress(string text, double fraction);

    /// <summary>The running cell shows something.</summary>
    void Shows(OutputChange change)
    {
    }

    void CellEnded(CellResult result);

    /// <summary>Something about the run that the reader should know.</summary>
    void Note(string text)
    {
    }
}

/// <summary>Runs the code cells of a notebook in order, up to the first one that fails.</summary>
internal static class NotebookRunner
{
    private const string LabAssembly = "Mnist.Lab";
    private const string LiveType = "Mnist.Lab.Progress.Live";

    /// <summary>Console and working directory belong to the process: one notebook at a time.</summary>
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static async Task<NotebookResult> RunAsync(
        Notebook notebook, RunSettings settings, IRunObserver? observer = null, CancellationToken stop = default)
    {
        await OneAtATime.WaitAsync(stop);
        try
        {
            using var capture = new ConsoleCapture(notebook.Folder);
            return await RunCellsAsync(notebook, settings, observer, stop);
        }
        finally
        {
            OutputCollector.Current = null;
            OneAtATime.Release();
        }
    }

    private static async Task<NotebookResult> RunCellsAsync(
        Notebook notebook, RunSettings settings, IRunObserver? observer, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        RegisteredFormatters.Reset();
        var session = new ScriptSession(notebook.Folder, assembly =>
        {
            ConnectProgress(assembly, observer);
            RegisteredFormatters.Connect(assembly);
        });
        var runner = new CellRunner(notebook, session, settings.TimeLimit, observer);
        string? noPackages = settings.SkipsInteractive ? "an interactive cell; run shows it on its page" : null;
        var results = new List<CellResult>();
        foreach (NotebookCell cell in settings.Chosen(notebook))
        {
            stop.ThrowIfCancellationRequested();
            observer?.CellStarts(notebook, cell);
            CellResult result = cell.IsInteractive && noPackages is not null
                ? new CellResult(cell, CellStatus.Skipped, [], null, TimeSpan.Zero, noPackages)
                : await runner.RunAsync(cell, stop);
            // what comes later may need the same packages
            if (cell.IsInteractive && result.Status == CellStatus.Skipped) noPackages ??= $"it needs what code cell {cell.Number} would have brought";
            results.Add(result);
            observer?.CellEnded(result);
            if (result.Status == CellStatus.Failed) break;
        }
        return new NotebookResult(notebook, results, watch.Elapsed);
    }

    /// <summary>The figures' library reports progress through a static property that we find by name.</summary>
    private static void ConnectProgress(Assembly assembly, IRunObserver? observer)
    {
        if (observer is null || assembly.GetName().Name != LabAssembly) return;
        PropertyInfo? progress = assembly.GetType(LiveType)?.GetProperty("Progress", BindingFlags.Public | BindingFlags.Static);
        if (progress?.PropertyType == typeof(Action<string, double>) && progress.CanWrite)
            progress.SetValue(null, (Action<string, double>)observer.Progress);
    }
}
