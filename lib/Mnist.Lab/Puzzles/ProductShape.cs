using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <summary>Sizes of a product C = A · B: A [Rows, Depth], B [Depth, Registers full], C [Rows, Registers full].</summary>
internal sealed record ProductShape(int Rows, int Depth, int Registers)
{
    /// <summary>Random A and B.</summary>
    public KernelMemory Memory(Random random, int lanes) => new KernelMemory()
        .Input("A", Puzzle.Numbers(random, Rows * Depth)).Input("B", Puzzle.Numbers(random, Depth * Registers * lanes)).Output("C", Rows * Registers * lanes);

    /// <summary>C by the definition.</summary>
    public Expected Product(KernelMemory memory)
    {
        (float[] a, float[] b) = (memory["A"], memory["B"]);
        int columns = b.Length / Depth;
        double Element(int i, Func<double, double> of) => Enumerable.Range(0, Depth).Sum(k => of((double)a[(i / columns * Depth) + k] * b[(k * columns) + (i % columns)]));
        int[] all = [.. Enumerable.Range(0, Rows * columns)];
        return new Expected("C", [.. all.Select(i => Element(i, one => one))], [.. all.Select(i => Depth * Puzzle.Round * Element(i, Math.Abs))]);
    }

    /// <summary>Tiles of rows × registers, all over C.</summary>
    public void Tiles(VectorMachine machine, int rows, int registers, int? depth = null)
    {
        for (int top = 0; top < Rows; top += rows)
            for (int left = 0; left < Registers; left += registers) OneTile(machine, top, left * machine.Lanes, rows, registers, depth ?? Depth);
    }

    /// <summary>Rows × registers of sums stay where they are while the depth runs.</summary>
    private void OneTile(VectorMachine machine, int top, int left, int rows, int registers, int depth)
    {
        int columns = Registers * machine.Lanes;
        var sums = new Value[rows, registers];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < registers; c++) sums[r, c] = machine.Constant(0);
        machine.Repeat(depth, k =>
        {
            Value A(int r) => machine.Broadcast("A", ((top + r) * Depth) + k);
            Value B(int c) => machine.Load("B", (k * columns) + left + (c * machine.Lanes));
            void Next(int r, int c, Value a, Value b) => sums[r, c] = machine.Fma(a, b, sums[r, c]);
            OneStep(rows, registers, A, B, Next);
        });
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < registers; c++) machine.Store("C", ((top + r) * columns) + left + (c * machine.Lanes), sums[r, c]);
    }

    /// <summary>The shorter side is held, the longer one streams.</summary>
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
