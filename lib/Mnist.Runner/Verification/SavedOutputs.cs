using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Verification;

/// <summary>
/// The outputs as they are committed: what one run has shown, its measurements as they were measured. A later run
/// replaces the outputs of a cell only where more than its measurements has changed, so that running a notebook again
/// leaves no difference. A cell tagged <c>interactive</c> has none, since whether its packages are to be had depends on
/// the machine.
/// </summary>
internal static class SavedOutputs
{
    /// <summary>The text of the notebook with the outputs of a run.</summary>
    /// <param name="result">The run.</param>
    /// <param name="renew">True: with the measurements of this run everywhere, for they shall be those of one machine.</param>
    public static string Refresh(NotebookResult result, bool renew = false) => NotebookWriter.Write(result.Notebook, cell =>
        result.Of(cell) is { } run && !IsKept(run, renew) ? Of(run) : null);

    /// <summary>A cell's outputs as they are saved.</summary>
    public static IReadOnlyList<CellOutput> Of(CellResult run) => run.Cell.IsInteractive ? [] : run.Outputs;

    private static bool IsKept(CellResult run, bool renew) => VolatileCells.IsForeign(run.Cell)
        ? run.Cell.SavedOutputs.Count > 0
        : !renew && OutputComparison.Differences(run).Count == 0;
}
