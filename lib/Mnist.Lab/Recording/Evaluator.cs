namespace Mnist.Lab.Recording;

/// <summary>Carries out recorded instructions in plain C#, one lane after the other, on a memory of its own.</summary>
internal sealed class Evaluator(int lanes, KernelMemory memory)
{
    private readonly List<object> results = []; // float[] a value, bool[] a mask, int a position

    public KernelMemory Memory { get; } = memory;

    public float[] Value(int id) => (float[])results[id];

    /// <summary>Carries out one instruction; its result gets the next number.</summary>
    /// <exception cref="MachineException">It would read or write where it may not; nothing was changed.</exception>
    public void Run(Instruction instruction)
    {
        if (instruction.Address is { } address) Check(instruction, address);
        if (instruction.IsStore) Store(instruction);
        else results.Add(Compute(instruction));
    }

    private object Compute(Instruction one) => one.Operation switch
    {
        Operation.Zero => new float[lanes],
        Operation.Constant => Each(_ => one.Number),
        Operation.Load => Each(lane => Memory[one.Address!.Array][Place(one.Address) + lane]),
        Operation.Broadcast => Each(_ => Memory[one.Address!.Array][Place(one.Address)]),
        Operation.MaskedLoad => Each(lane => Mask(one, 0)[lane] ? Memory[one.Address!.Array][Place(one.Address) + lane] : 0),
        Operation.LoadPosition => Memory.ListOf(one.Address!.Array)[one.Address.Offset],
        Operation.Add => Each(lane => Lane(one, 0, lane) + Lane(one, 1, lane)),
        Operation.Subtract => Each(lane => Lane(one, 0, lane) - Lane(one, 1, lane)),
        Operation.Multiply => Each(lane => Lane(one, 0, lane) * Lane(one, 1, lane)),
        Operation.Fma => Each(lane => MathF.FusedMultiplyAdd(Lane(one, 0, lane), Lane(one, 1, lane), Lane(one, 2, lane))),
        Operation.Max => Each(lane => Lane(one, 0, lane) > Lane(one, 1, lane) ? Lane(one, 0, lane) : Lane(one, 1, lane)),
        Operation.Min => Each(lane => Lane(one, 0, lane) < Lane(one, 1, lane) ? Lane(one, 0, lane) : Lane(one, 1, lane)),
        Operation.Less => Bits(lane => Lane(one, 0, lane) < Lane(one, 1, lane)),
        Operation.LessOrEqual => Bits(lane => Lane(one, 0, lane) <= Lane(one, 1, lane)),
        Operation.Equal => Bits(lane => Lane(one, 0, lane) == Lane(one, 1, lane)),
        Operation.FirstLanes => Bits(lane => lane < one.Number),
        Operation.And => Bits(lane => Mask(one, 0)[lane] && Mask(one, 1)[lane]),
        Operation.Select => Each(lane => Mask(one, 0)[lane] ? Lane(one, 1, lane) : Lane(one, 2, lane)),
        Operation.ShuffleNear or Operation.ShuffleFar => Each(lane => Lane(one, 0, one.Pattern[lane])),
        Operation.Pair => Each(lane => Lane(one, lane % 4 / 2, (lane & ~3) + one.Pattern[lane % 4])),
        _ => throw new ArgumentException($"{one.Operation} makes nothing", nameof(one)),
    };

    private void Store(Instruction one)
    {
        float[] target = Memory[one.Address!.Array];
        int place = Place(one.Address);
        for (int lane = 0; lane < lanes; lane++)
            if (one.Operation == Operation.Store || Mask(one, 1)[lane]) target[place + lane] = Lane(one, 0, lane);
    }

    /// <summary>Refuses what lies outside of the array; of a masked operation only the lanes of its mask count.</summary>
    private void Check(Instruction one, Address address)
    {
        if (one.IsStore && !Memory.IsWritable(address.Array))
            throw new MachineException($"“{address.Array}” is an input: a kernel may read it, not write it.");
        int length = one.Operation == Operation.LoadPosition ? Memory.ListOf(address.Array).Length : Memory[address.Array].Length;
        long first = (long)address.Offset + (address.Position < 0 ? 0 : (int)results[address.Position]), last = first;
        if (one.Operation is Operation.Load or Operation.Store) last = first + lanes - 1;
        if (one.Operation is Operation.MaskedLoad or Operation.MaskedStore)
        {
            bool[] mask = Mask(one, one.Inputs.Count - 1);
            if (!mask.Contains(true)) return;
            (first, last) = (first + Array.IndexOf(mask, true), first + Array.LastIndexOf(mask, true));
        }
        if (first >= 0 && last < length) return;
        string where = first == last ? $"{address.Array}[{first}]" : $"{address.Array}[{first} … {last}]";
        string size = length switch
        {
            0 => "is empty",
            1 => "has one element, and a mask can choose it",
            _ => FormattableString.Invariant($"has {length} elements, from 0 to {length - 1}"),
        };
        throw new MachineException($"{(one.IsStore ? "Writing" : "Reading")} {where} goes outside: “{address.Array}” {size}.");
    }

    private int Place(Address address) => address.Offset + (address.Position < 0 ? 0 : (int)results[address.Position]);

    private float Lane(Instruction one, int input, int lane) => Value(one.Inputs[input])[lane];

    private bool[] Mask(Instruction one, int input) => (bool[])results[one.Inputs[input]];

    private float[] Each(Func<int, float> lane) => [.. Enumerable.Range(0, lanes).Select(lane)];

    private bool[] Bits(Func<int, bool> lane) => [.. Enumerable.Range(0, lanes).Select(lane)];
}
