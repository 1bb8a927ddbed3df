using Mnist.Kernels;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Verification;

/// <summary>Which cells show other numbers than those saved: the saved outputs stay as they are and are not compared.</summary>
/// <remarks>
/// The last bits of trained weights depend on whether products are rounded before they are added. A cell tagged
/// <c>fma</c> shows numbers of the kernels that do not (256 and 512 bits); where those run it is compared like any other.
/// </remarks>
internal static class VolatileCells
{
    public static bool IsVolatile(NotebookCell cell) =>
        cell.Tags.Contains(CellTags.Volatile) || (cell.Tags.Contains(CellTags.Fma) && Simd.Best < VectorWidth.Bits256);
}
