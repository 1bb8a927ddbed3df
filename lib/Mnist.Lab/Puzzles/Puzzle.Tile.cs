using Mnist.Kernels;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <content>Register tiles: what lies in a register is used as often as it can be.</content>
public sealed partial class Puzzle
{
    private const string LastStep = "The last step of the depth was left out.";

    internal static ProductShape Small { get; } = new(4, 8, 2);

    internal static ProductShape Large { get; } = new(12, 16, 4);

    /// <summary>C = A · B where all of C fits into registers.</summary>
    public static Puzzle FirstTile { get; } = new(
        [random => Small.Memory(random, 16)],
        Small.Product,
        machine => Small.Tiles(machine, 4, 2))
    {
        Name = "first tile",
        Task = "C = A · B: A is 4 × 8, B is 8 × 32, C is 4 × 32. At most 0.75 loads per FMA, and no spill.",
        Par = 54,
        MostLoadsPerFma = 0.75,
        Mistakes = [(machine => Small.Tiles(machine, 4, 2, Small.Depth - 1), LastStep)],
    };

    /// <summary>C = A · B with 32 registers.</summary>
    public static Puzzle Tile { get; } = new(
        [random => Large.Memory(random, 16)],
        Large.Product,
        machine => Large.Tiles(machine, 6, 4))
    {
        Name = "tile",
        Task = "C = A · B: A is 12 × 16, B is 16 × 64, C is 12 × 64. At most 0.45 loads per FMA, and no spill.",
        Par = 430,
        MostLoadsPerFma = 0.45,
        Mistakes = [(machine => Large.Tiles(machine, 6, 4, Large.Depth - 1), LastStep)],
        Library = ("DenseForward, with a bias", TileLibrary),
    };

    /// <summary>The same with 16 registers of 8 floats.</summary>
    public static Puzzle SmallTile { get; } = new(
        [random => Large.Memory(random, 8)],
        Large.Product,
        machine => Large.Tiles(machine, 3, 4))
    {
        Name = "tile in 16 registers",
        Task = "The same with AVX2's 16 registers of 8 floats: A is 12 × 16, B is 16 × 32, C is 12 × 32. At most 0.6 loads per FMA, and no spill.",
        Par = 430,
        Lanes = 8,
        Registers = 16,
        MostLoadsPerFma = 0.6,
        Mistakes = [(machine => Large.Tiles(machine, 3, 4, Large.Depth - 1), LastStep)],
    };

    private static Action TileLibrary(KernelMemory memory)
    {
        int columns = 16 * Large.Registers;
        var (a, b, c) = (Matrix.FromRows(Large.Rows, Large.Depth, memory["A"]), Matrix.FromRows(Large.Depth, columns, memory["B"]), new Matrix(Large.Rows, columns));
        var bias = new Matrix(1, columns);
        return () => DenseForward.Compute(a, b, bias, c, relu: false);
    }
}
