using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <content>One sample's part of a weight gradient: one store for every multiply-add.</content>
public sealed partial class Puzzle
{
    private const int OuterRows = 8;
    private const int OuterColumns = 128;

    /// <summary>G += a ⊗ d.</summary>
    public static Puzzle OuterProduct { get; } = new(
        [random => new KernelMemory().Input("a", Numbers(random, OuterRows)).Input("d", Numbers(random, OuterColumns)).InOut("G", Numbers(random, OuterRows * OuterColumns))],
        memory => Outer(memory["a"], memory["d"], memory["G"]),
        OuterByRows)
    {
        Name = "outer product",
        Task = "G[r, c] += a[r] · d[c], for 8 rows of 128 floats; row r of G begins at 128 · r.",
        Par = 88,
        Mistakes = [(OuterOverwrites, "G was overwritten: a sample adds to what the samples before it have left.")],
        Library = ("OuterProduct", OuterLibrary),
    };

    private static Action OuterLibrary(KernelMemory memory)
    {
        Matrix target = Matrix.FromRows(OuterRows, OuterColumns, memory["G"]);
        (float[] a, float[] d) = (memory["a"], memory["d"]);
        return () => Kernels.OuterProduct.Add(a, d, target);
    }

    private static Expected Outer(float[] a, float[] d, float[] g) => new("G",
        [.. g.Select((value, i) => value + ((double)a[i / OuterColumns] * d[i % OuterColumns]))],
        [.. g.Select((value, i) => 3 * Round * (Math.Abs(value) + Math.Abs(a[i / OuterColumns] * d[i % OuterColumns])))]);

    private static void OuterByRows(VectorMachine machine)
    {
        Value[] d = [.. Enumerable.Range(0, OuterColumns / 16).Select(c => machine.Load("d", 16 * c))];
        machine.Repeat(OuterRows, r =>
        {
            Value a = machine.Broadcast("a", r);
            for (int c = 0; c < d.Length; c++)
            {
                int place = (OuterColumns * r) + (16 * c);
                machine.Store("G", place, machine.Fma(a, d[c], machine.Load("G", place)));
            }
        });
    }

    private static void OuterOverwrites(VectorMachine machine) => machine.Repeat(OuterRows, r =>
    {
        for (int c = 0; c < OuterColumns / 16; c++)
            machine.Store("G", (OuterColumns * r) + (16 * c), machine.Multiply(machine.Broadcast("a", r), machine.Load("d", 16 * c)));
    });
}
