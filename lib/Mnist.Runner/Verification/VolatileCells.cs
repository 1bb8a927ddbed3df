using Mnist.Kernels;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Verification;

/// <summary>Which cells show other content than what is saved.</summary>
internal static class VolatileCells
{
    /// <summary>True for a cell tagged <c>volatile</c>: all that it shows is a measurement, so only number and kind of its outputs are compared.</summary>
    public static bool IsVolatile(NotebookCell cell) => cell.Tags.Contains(CellTags.Volatile);

    /// <summary>True for a cell whose outputs this machine cannot make: those saved stay and are not compared.</summary>
    /// <remarks>
    /// The last bits of trained weights depend on whether products are rounded before they are added. A cell tagged
    /// <c>fma</c> shows numbers of the kernels that do not (256 and 512 bits); where those run it is like any other. A
    /// cell tagged <c>avx512</c> shows last bits that also depend on the order in which sixteen lanes are added, or the
    /// machine code of 512 bits.
    /// </remarks>
    public static bool IsForeign(NotebookCell cell) =>
        (cell.Tags.Contains(CellTags.Fma) && Simd.Best < VectorWidth.Bits256) || (cell.Tags.Contains(CellTags.Avx512) && Simd.Best < VectorWidth.Bits512);
}
