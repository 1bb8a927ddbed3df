using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Verification;

/// <summary>
/// The outputs as they are committed: the same in every run on every machine. Volatile parts are masked; a cell tagged
/// <c>volatile</c> keeps the outputs it has once got, whole, as a real example; a cell tagged <c>interactive</c> has none,
/// since whether its packages are to be had depends on the machine.
/// </summary>
internal static class SavedOutputs
{
    /// <summary>The text of the notebook with the outputs of a run.</summary>
    public static string Refresh(NotebookResult result) => NotebookWriter.Write(result.Notebook, cell =>
        result.Of(cell) is not { } run || (VolatileCells.IsVolatile(cell) && cell.SavedOutputs.Count > 0) ? null : Stable(run));

    /// <summary>A cell's outputs as they are saved.</summary>
    public static IReadOnlyList<CellOutput> Stable(CellResult run) =>
        run.Cell.IsInteractive ? []
        : VolatileCells.IsVolatile(run.Cell) ? run.Outputs
        : [.. run.Outputs.Select(Stable)];

    private static CellOutput Stable(CellOutput output) =>
        output is DisplayOutput display && IsMarkup(display.MimeType)
            ? display with { Content = VolatileParts.Masked(display.Content) }
            : output;

    private static bool IsMarkup(string mimeType) => mimeType is "text/html" or "image/svg+xml" or "text/markdown";
}
