using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Commands;

/// <summary>The message for a cell that stopped the run: notebook, cell, first line, then what and where.</summary>
internal static class FailureText
{
    public static string Of(Notebook notebook, CellResult failure)
    {
        NotebookCell cell = failure.Cell;
        string reason = (failure.Reason ?? "").Replace("\n", "\n  ", StringComparison.Ordinal);
        return $"{notebook.FileName}: code cell {cell.Number} (cell {cell.Position} of {notebook.Cells.Count}) failed: {cell.FirstLine}\n  {reason}";
    }
}
