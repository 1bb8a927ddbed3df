using Iced.Intel;

namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>Says in a few plain words what an instruction does.</summary>
internal static class Notes
{
    private static readonly (string Name, string Words)[] Operations =
    [
        ("add", "additions"), ("sub", "subtractions"), ("mul", "multiplications"), ("div", "divisions"),
        ("sqrt", "square roots"), ("min", "minima"), ("max", "maxima"),
    ];

    /// <summary>The note; empty when there is nothing to add.</summary>
    public static string Of(in Instruction instruction, InstructionKinds kinds, bool writes, string label)
    {
        if (kinds.HasFlag(InstructionKinds.Branch)) return Jump(instruction, label);
        if (kinds.HasFlag(InstructionKinds.MultiplyAdd)) return Count(Classifier.Lanes(instruction), "multiply-adds") + Operand(instruction, kinds);
        if (kinds.HasFlag(InstructionKinds.Arithmetic)) return Count(Classifier.Lanes(instruction), Operation(instruction)) + Operand(instruction, kinds);
        if (kinds.HasFlag(InstructionKinds.Spill)) return writes ? "spill: register → stack" : "spill: stack → register";
        if (kinds.HasFlag(InstructionKinds.Stack)) return writes ? "to the stack" : "from the stack";
        if (IsBroadcast(instruction) && kinds.HasFlag(InstructionKinds.Load)) return $"1 float into {instruction.Op0Register.GetSize() / sizeof(float)} lanes";
        if (kinds.HasFlag(InstructionKinds.Store)) return IsVector(instruction) ? $"stores {Bytes(instruction)}" : "";
        if (kinds.HasFlag(InstructionKinds.Load)) return IsVector(instruction) ? $"loads {Bytes(instruction)}" : "";
        return IsZeroing(instruction) ? "sets it to 0" : "";
    }

    private static string Jump(in Instruction instruction, string label) => label.Length == 0 ? ""
        : instruction.NearBranchTarget <= instruction.IP ? $"↑ back to {label}" : $"↓ on to {label}";

    private static string Operand(in Instruction instruction, InstructionKinds kinds)
    {
        if (kinds.HasFlag(InstructionKinds.Stack)) return ", one operand from the stack";
        if (!kinds.HasFlag(InstructionKinds.Load)) return "";
        return instruction.IsBroadcast ? ", broadcasts 1 float" : $", loads {Bytes(instruction)}";
    }

    private static string Bytes(in Instruction instruction)
    {
        int size = instruction.MemorySize.GetSize(), element = instruction.MemorySize.GetElementSize();
        return instruction.MemorySize.GetElementType() is MemorySize.Float32 ? Count(size / element, "floats") : $"{size} bytes";
    }

    private static string Count(int count, string words) => $"{count} {(count == 1 ? words == "minima" ? "minimum" : words == "maxima" ? "maximum" : words[..^1] : words)}";

    private static string Operation(in Instruction instruction)
    {
        string name = instruction.Mnemonic.ToString().ToLowerInvariant()[..^2].TrimStart('v');
        return Operations.First(operation => operation.Name == name).Words;
    }

    private static bool IsBroadcast(in Instruction instruction) => instruction.Mnemonic is Mnemonic.Vbroadcastss;

    private static bool IsVector(in Instruction instruction) => instruction.Op0Register.IsVectorRegister() || instruction.Op1Register.IsVectorRegister();

    /// <summary>x xor x: how a register is set to zero.</summary>
    private static bool IsZeroing(in Instruction instruction) => instruction.Mnemonic switch
    {
        Mnemonic.Xor or Mnemonic.Xorps => instruction.Op0Register == instruction.Op1Register && instruction.Op0Register != Register.None,
        Mnemonic.Vxorps or Mnemonic.Vpxor or Mnemonic.Vpxord => instruction.Op1Register == instruction.Op2Register && instruction.Op1Register != Register.None,
        _ => false,
    };
}
