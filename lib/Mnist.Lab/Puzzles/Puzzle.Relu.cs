using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <content>The ReLU, with everything that a float can be.</content>
public sealed partial class Puzzle
{
    /// <summary>max(x, 0), to the bit.</summary>
    public static Puzzle Relu { get; } = new(
        [random => new KernelMemory().Input("x", WithSpecials(random, 128)).Output("h", 128)],
        memory => Expected.Exactly("h", memory["x"].Select(value => value <= 0 ? 0 : value)),
        machine =>
        {
            Value zero = machine.Constant(0);
            machine.Repeat(8, i =>
            {
                Value x = machine.Load("x", 16 * i);
                machine.Store("h", 16 * i, machine.Select(machine.LessOrEqual(x, zero), zero, x));
            });
        })
    {
        Name = "ReLU",
        Task = "h[i] = 0 where x[i] ≤ 0, else x[i], for 128 floats: a NaN stays a NaN, and −0 becomes +0.",
        Par = 22,
        Mistakes =
        [
            (machine => ReluByMax(machine, zeroFirst: false), "Max(x, 0) gives 0 for a NaN: the second operand wins. A NaN that disappears is a fault that nobody finds."),
            (machine => ReluByMax(machine, zeroFirst: true), "Max(0, x) keeps the NaN, but it keeps −0, too: of two zeros the second one wins."),
        ],
        Library = ("Relu", ReluLibrary),
    };

    /// <summary>In every register a NaN, infinities, both zeros and a subnormal number, at random places.</summary>
    private static float[] WithSpecials(Random random, int count)
    {
        float[] values = Numbers(random, count);
        for (int register = 0; register < count / 16; register++)
        {
            int[] lanes = [.. Enumerable.Range(0, 16)];
            random.Shuffle(lanes);
            float[] specials = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.Epsilon];
            for (int i = 0; i < specials.Length; i++) values[(16 * register) + lanes[i]] = specials[i];
        }
        return values;
    }

    private static Action ReluLibrary(KernelMemory memory)
    {
        float[] x = memory["x"];
        return () => Kernels.Relu.Compute(x);
    }

    private static void ReluByMax(VectorMachine machine, bool zeroFirst)
    {
        Value zero = machine.Constant(0);
        machine.Repeat(8, i =>
        {
            Value x = machine.Load("x", 16 * i);
            machine.Store("h", 16 * i, zeroFirst ? machine.Max(zero, x) : machine.Max(x, zero));
        });
    }
}
