using System.Numerics.Tensors;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <content>The first one, which the notebook solves itself.</content>
public sealed partial class Puzzle
{
    /// <summary>c = a + b.</summary>
    public static Puzzle Add { get; } = new(
        [random => new KernelMemory().Input("a", Numbers(random, 64)).Input("b", Numbers(random, 64)).Output("c", 64)],
        memory => Expected.Exactly("c", memory["a"].Zip(memory["b"], (a, b) => a + b)),
        machine => AddRegisters(machine, 4))
    {
        Name = "a + b",
        Task = "c[i] = a[i] + b[i], for 64 floats.",
        Par = 18,
        Mistakes = [(machine => AddRegisters(machine, 3), "The last register was left out.")],
        Library = ("TensorPrimitives.Add", AddLibrary),
    };

    private static Action AddLibrary(KernelMemory memory)
    {
        (float[] a, float[] b, float[] c) = (memory["a"], memory["b"], memory["c"]);
        return () => TensorPrimitives.Add(a, b, c);
    }

    private static void AddRegisters(VectorMachine machine, int registers) =>
        machine.Repeat(registers, i => machine.Store("c", 16 * i, machine.Add(machine.Load("a", 16 * i), machine.Load("b", 16 * i))));
}
