namespace Mnist.Lab.Recording;

/// <content>Between memory and registers.</content>
public sealed partial class VectorMachine
{
    /// <summary>A number in every lane. Zero costs no unit; any other number is read from memory.</summary>
    public Value Constant(float number) =>
        Make(new Instruction(BitConverter.SingleToInt32Bits(number) == 0 ? Operation.Zero : Operation.Constant, results) { Number = number });

    /// <summary>Reads a register full, from an offset on.</summary>
    /// <exception cref="MachineException">Some of it lies outside of the array.</exception>
    public Value Load(string array, int offset) => Make(new Instruction(Operation.Load, results) { Address = At(array, offset) });

    /// <summary>Reads a register full, from a position on.</summary>
    /// <inheritdoc cref="Load(string, int)"/>
    public Value Load(string array, Position position, int offset = 0) =>
        Make(new Instruction(Operation.Load, results) { Address = At(array, offset) with { Position = Id(position) } });

    /// <summary>Reads the lanes of a mask. The others become 0, and their memory is not touched.</summary>
    /// <exception cref="MachineException">A lane of the mask lies outside of the array.</exception>
    public Value Load(string array, int offset, Mask mask) => Make(new Instruction(Operation.MaskedLoad, results, Id(mask)) { Address = At(array, offset) });

    /// <summary>Reads one float into every lane.</summary>
    /// <exception cref="MachineException">It lies outside of the array.</exception>
    public Value Broadcast(string array, int offset) => Make(new Instruction(Operation.Broadcast, results) { Address = At(array, offset) });

    /// <summary>Reads one whole number from a list; a position is used in an address.</summary>
    /// <exception cref="MachineException">It lies outside of the list.</exception>
    public Position Position(string list, int offset)
    {
        _ = evaluator.Memory.ListOf(list);
        return new Position(this, Record(new Instruction(Operation.LoadPosition, results) { Address = At(list, offset) }));
    }

    /// <summary>Writes a register full, from an offset on.</summary>
    /// <exception cref="MachineException">Some of it lies outside of the array, or the array is an input.</exception>
    public void Store(string array, int offset, Value value) => Record(new Instruction(Operation.Store, -1, Id(value)) { Address = At(array, offset) });

    /// <summary>Writes the lanes of a mask.</summary>
    /// <exception cref="MachineException">A lane of the mask lies outside of the array, or the array is an input.</exception>
    public void Store(string array, int offset, Value value, Mask mask) =>
        Record(new Instruction(Operation.MaskedStore, -1, Id(value), Id(mask)) { Address = At(array, offset) });

    private static Address At(string array, int offset)
    {
        ArgumentNullException.ThrowIfNull(array);
        return new Address(array, offset);
    }
}
