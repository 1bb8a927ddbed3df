using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <content>The update of a training: memory sets the pace.</content>
public sealed partial class Puzzle
{
    /// <summary>w += s · g.</summary>
    public static Puzzle AddScaled { get; } = new(
        [random => new KernelMemory().InOut("w", Numbers(random, 128)).Input("g", Numbers(random, 128)).Input("s", Numbers(random, 1))],
        memory => Scaled(memory["w"], memory["g"], memory["s"][0]),
        machine => AddScaledTo(machine, 8))
    {
        Name = "scaled add",
        Task = "w[i] = w[i] + s[0] · g[i], for 128 floats. With s = −learning rate, all of training ends in this line.",
        Par = 22,
        Mistakes =
        [
            (machine => AddScaledTo(machine, 7), "The last register was left out."),
            (SubtractScaled, "That subtracts: w − s · g."),
        ],
        Library = ("AddScaled", AddScaledLibrary),
    };

    private static Action AddScaledLibrary(KernelMemory memory)
    {
        (float s, float[] g, float[] w) = (memory["s"][0], memory["g"], memory["w"]);
        return () => Kernels.AddScaled.Compute(s, g, w);
    }

    private static Expected Scaled(float[] w, float[] g, float s) => new("w",
        [.. w.Select((value, i) => value + ((double)s * g[i]))], [.. w.Select((value, i) => 3 * Round * (Math.Abs(value) + Math.Abs(s * g[i])))]);

    private static void AddScaledTo(VectorMachine machine, int registers)
    {
        Value s = machine.Broadcast("s", 0);
        machine.Repeat(registers, i => machine.Store("w", 16 * i, machine.Fma(s, machine.Load("g", 16 * i), machine.Load("w", 16 * i))));
    }

    private static void SubtractScaled(VectorMachine machine)
    {
        Value s = machine.Broadcast("s", 0);
        machine.Repeat(8, i => machine.Store("w", 16 * i, machine.Subtract(machine.Load("w", 16 * i), machine.Multiply(s, machine.Load("g", 16 * i)))));
    }
}
