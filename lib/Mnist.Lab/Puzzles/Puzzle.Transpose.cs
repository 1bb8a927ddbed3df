using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <content>Rows become columns without going through memory.</content>
public sealed partial class Puzzle
{
    private const int Side = 4;

    /// <summary>A 4 × 4 transpose in registers of four.</summary>
    public static Puzzle Transpose { get; } = new(
        [random => new KernelMemory().Input("M", Numbers(random, Side * Side)).Output("T", Side * Side)],
        memory => Expected.Exactly("T", Enumerable.Range(0, Side * Side).Select(i => memory["M"][From(i)])),
        Turned)
    {
        Name = "transpose",
        Task = "T[c, r] = M[r, c], for 4 × 4 floats in registers of four, with four loads. Pair is all you need.",
        Par = 19,
        MostLoads = Side,
        TakenFrom = From,
        Lanes = Side,
        Mistakes = [(Copied, "M was copied, not transposed."), (TurnedBlocks, "The four 2 × 2 blocks have changed places, but none of them is transposed itself.")],
    };

    private static int From(int i) => (i % Side * Side) + (i / Side);

    private static void Turned(VectorMachine machine)
    {
        Value[] m = [.. Enumerable.Range(0, Side).Select(r => machine.Load("M", Side * r))];
        Value left0 = machine.Pair(m[0], m[1], 0, 1, 0, 1), right0 = machine.Pair(m[0], m[1], 2, 3, 2, 3);
        Value left1 = machine.Pair(m[2], m[3], 0, 1, 0, 1), right1 = machine.Pair(m[2], m[3], 2, 3, 2, 3);
        machine.Store("T", 0, machine.Pair(left0, left1, 0, 2, 0, 2));
        machine.Store("T", 4, machine.Pair(left0, left1, 1, 3, 1, 3));
        machine.Store("T", 8, machine.Pair(right0, right1, 0, 2, 0, 2));
        machine.Store("T", 12, machine.Pair(right0, right1, 1, 3, 1, 3));
    }

    private static void Copied(VectorMachine machine)
    {
        for (int r = 0; r < Side; r++) machine.Store("T", Side * r, machine.Load("M", Side * r));
    }

    private static void TurnedBlocks(VectorMachine machine)
    {
        Value[] m = [.. Enumerable.Range(0, Side).Select(r => machine.Load("M", Side * r))];
        machine.Store("T", 0, machine.Pair(m[0], m[2], 0, 1, 0, 1));
        machine.Store("T", 4, machine.Pair(m[1], m[3], 0, 1, 0, 1));
        machine.Store("T", 8, machine.Pair(m[0], m[2], 2, 3, 2, 3));
        machine.Store("T", 12, machine.Pair(m[1], m[3], 2, 3, 2, 3));
    }
}
