using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Execution;

internal enum CellStatus
{
    Succeeded,

    /// <summary>Threw, as its tag says it would.</summary>
    FailedAsExpected,

    /// <summary>Interactive, and its packages are not to be had.</summary>
    Skipped,

    /// <summary>Stopped the run.</summary>
    Failed,
}

/// <summary>What became of one code cell.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Outputs">What it has shown.</param>
/// <param name="Value">The value of its last expression, if it has one.</param>
/// <param name="Elapsed">Its time, compilation included.</param>
/// <param name="Reason">Why it was skipped or failed: one or more lines.</param>
internal sealed record CellResult(
    NotebookCell Cell, CellStatus Status, IReadOnlyList<CellOutput> Outputs, object? Value, TimeSpan Elapsed, string? Reason);

/// <summary>What became of a notebook.</summary>
/// <param name="Notebook">The notebook.</param>
/// <param name="Cells">The cells that have been run, in order; the last one is the failed one, if one failed.</param>
/// <param name="Elapsed">Time of the whole run.</param>
internal sealed record NotebookResult(Notebook Notebook, IReadOnlyList<CellResult> Cells, TimeSpan Elapsed)
{
    public CellResult? Failure => Cells.FirstOrDefault(cell => cell.Status == CellStatus.Failed);

    public bool Succeeded => Failure is null;

    /// <summary>True for the second result of a cell that was run twice.</summary>
    public bool IsAgain(CellResult run) => !ReferenceEquals(Of(run.Cell), run);

    /// <summary>The (first) result of a cell, or null if it was not run.</summary>
    public CellResult? Of(NotebookCell cell) => Cells.FirstOrDefault(result => result.Cell == cell);
}
