using Mnist.Kernels;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <content>Register tiles: what lies in a register is used as often as it can be.</content>
public sealed partial class Puzzle
{
    private const int TileRows = 12;
    private const int TileDepth = 16;
    private const int TileRegisters = 4; // of a row of B, and of C

    /// <summary>C = A · B with 32 registers.</summary>
    public static Puzzle Tile { get; } = new(
        [random => TileMemory(random, 16)],
        Product,
        machine => Tiles(machine, 6, 4))
    {
        Name = "tile",
        Task = "C = A · B: A is 12 × 16, B is 16 × 64, C is 12 × 64. At most 0.45 loads for each FMA, and no spill.",
        Par = 430,
        MostLoadsPerFma = 0.45,
        Mistakes = [(machine => Tiles(machine, 6, 4, depth: TileDepth - 1), "The last step of the depth was left out: 16 products make an element of C.")],
        Library = ("DenseForward", TileLibrary),
    };

    /// <summary>The same with 16 registers of 8 floats.</summary>
    public static Puzzle SmallTile { get; } = new(
        [random => TileMemory(random, 8)],
        Product,
        machine => Tiles(machine, 3, 4))
    {
        Name = "tile in 16 registers",
        Task = "The same with AVX2's 16 registers of 8 floats: A is 12 × 16, B is 16 × 32, C is 12 × 32. At most 0.6 loads for each FMA, and no spill.",
        Par = 430,
        Lanes = 8,
        Registers = 16,
        MostLoadsPerFma = 0.6,
        Mistakes = [(machine => Tiles(machine, 3, 4, depth: TileDepth - 1), "The last step of the depth was left out: 16 products make an element of C.")],
    };

    private static KernelMemory TileMemory(Random random, int lanes) => new KernelMemory()
        .Input("A", Numbers(random, TileRows * TileDepth)).Input("B", Numbers(random, TileDepth * TileRegisters * lanes)).Output("C", TileRows * TileRegisters * lanes);

    private static Action TileLibrary(KernelMemory memory)
    {
        const int Columns = TileRegisters * 16;
        var (a, b, c) = (Matrix.FromRows(TileRows, TileDepth, memory["A"]), Matrix.FromRows(TileDepth, Columns, memory["B"]), new Matrix(TileRows, Columns));
        var bias = new Matrix(1, Columns);
        return () => DenseForward.Compute(a, b, bias, c, relu: false);
    }

    private static Expected Product(KernelMemory memory)
    {
        (float[] a, float[] b) = (memory["A"], memory["B"]);
        int columns = b.Length / TileDepth;
        double Element(int i, Func<double, double> of) => Enumerable.Range(0, TileDepth).Sum(k => of((double)a[(i / columns * TileDepth) + k] * b[(k * columns) + (i % columns)]));
        int[] all = [.. Enumerable.Range(0, TileRows * columns)];
        return new Expected("C", [.. all.Select(i => Element(i, one => one))], [.. all.Select(i => TileDepth * Round * Element(i, Math.Abs))]);
    }

    /// <summary>Rows × registers of sums stay where they are while the depth runs; the shorter side is held, the longer one streams.</summary>
    internal static void Tiles(VectorMachine machine, int rows, int registers, int depth = TileDepth)
    {
        int columns = TileRegisters * machine.Lanes;
        for (int top = 0; top < TileRows; top += rows)
            for (int left = 0; left < columns; left += registers * machine.Lanes) OneTile(machine, top, left, rows, registers, depth);
    }

    private static void OneTile(VectorMachine machine, int top, int left, int rows, int registers, int depth)
    {
        int columns = TileRegisters * machine.Lanes;
        var sums = new Value[rows, registers];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < registers; c++) sums[r, c] = machine.Constant(0);
        machine.Repeat(depth, k =>
        {
            Value A(int r) => machine.Broadcast("A", ((top + r) * TileDepth) + k);
            Value B(int c) => machine.Load("B", (k * columns) + left + (c * machine.Lanes));
            void Next(int r, int c, Value a, Value b) => sums[r, c] = machine.Fma(a, b, sums[r, c]);
            OneStep(rows, registers, A, B, Next);
        });
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < registers; c++) machine.Store("C", ((top + r) * columns) + left + (c * machine.Lanes), sums[r, c]);
    }

    private static void OneStep(int rows, int registers, Func<int, Value> a, Func<int, Value> b, Action<int, int, Value, Value> next)
    {
        bool holdRows = rows < registers;
        Value[] held = [.. Enumerable.Range(0, Math.Min(rows, registers)).Select(holdRows ? a : b)];
        for (int i = 0; i < Math.Max(rows, registers); i++)
        {
            Value streamed = holdRows ? b(i) : a(i);
            for (int j = 0; j < held.Length; j++)
                if (holdRows) next(j, i, held[j], streamed);
                else next(i, j, streamed, held[j]);
        }
    }
}
