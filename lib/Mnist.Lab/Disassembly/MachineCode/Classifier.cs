using Iced.Intel;

namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>Says what kinds of work an instruction does.</summary>
/// <param name="hasFramePointer">True when the method keeps the address of its stack frame in rbp.</param>
internal sealed class Classifier(bool hasFramePointer)
{
    private const int PrologueLength = 16;
    private static readonly string[] Operations = ["add", "sub", "mul", "div", "sqrt", "min", "max"];
    private static readonly string[] Fused = ["vfmadd", "vfmsub", "vfnmadd", "vfnmsub"];
    private readonly InstructionInfoFactory facts = new();

    /// <summary>For a method; its first instructions tell whether rbp points into the stack.</summary>
    public static Classifier For(IReadOnlyList<Instruction> method) => new(method.Take(PrologueLength).Any(instruction =>
        instruction is { Op0Register: Register.RBP, Mnemonic: Mnemonic.Mov, Op1Register: Register.RSP }
            or { Op0Register: Register.RBP, Mnemonic: Mnemonic.Lea, MemoryBase: Register.RSP }));

    /// <summary>The kinds of an instruction, and whether it writes memory.</summary>
    public (InstructionKinds Kinds, bool Writes) Classify(in Instruction instruction)
    {
        InstructionKinds memory = Memory(instruction);
        bool writes = memory.HasFlag(InstructionKinds.Store);
        if (memory != InstructionKinds.None && IsStack(instruction))
            memory = InstructionKinds.Stack | (UsesVectorRegister(instruction) ? InstructionKinds.Spill : InstructionKinds.None);
        return (Work(instruction) | memory | Flow(instruction), writes);
    }

    /// <summary>Floating-point numbers that an instruction computes: those of its target register, or one (…ss, …sd).</summary>
    public static int Lanes(in Instruction instruction)
    {
        if (Work(instruction) == InstructionKinds.None) return 0;
        string name = Name(instruction);
        if (name[^2] == 's') return 1;
        return instruction.Op0Register.GetSize() / (name[^1] == 's' ? sizeof(float) : sizeof(double));
    }

    private static InstructionKinds Work(in Instruction instruction)
    {
        string name = Name(instruction);
        if (!instruction.Op0Register.IsVectorRegister() || name.Length < 4 || name[^2..] is not ("ps" or "pd" or "ss" or "sd")) return InstructionKinds.None;
        if (Fused.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))) return InstructionKinds.MultiplyAdd;
        return Operations.Contains(name[..^2].TrimStart('v')) ? InstructionKinds.Arithmetic : InstructionKinds.None;
    }

    private InstructionKinds Memory(in Instruction instruction)
    {
        if (!HasMemoryOperand(instruction) || instruction.FlowControl != FlowControl.Next) return InstructionKinds.None;
        InstructionKinds kinds = InstructionKinds.None;
        foreach (UsedMemory memory in facts.GetInfo(instruction).GetUsedMemory())
        {
            if (memory.Access is OpAccess.Read or OpAccess.CondRead or OpAccess.ReadWrite or OpAccess.ReadCondWrite) kinds |= InstructionKinds.Load;
            if (memory.Access is OpAccess.Write or OpAccess.CondWrite or OpAccess.ReadWrite or OpAccess.ReadCondWrite) kinds |= InstructionKinds.Store;
        }
        return kinds;
    }

    private static InstructionKinds Flow(in Instruction instruction) => instruction.FlowControl switch
    {
        FlowControl.ConditionalBranch or FlowControl.UnconditionalBranch or FlowControl.IndirectBranch => InstructionKinds.Branch,
        FlowControl.Call or FlowControl.IndirectCall => InstructionKinds.Call,
        _ => InstructionKinds.None,
    };

    private bool IsStack(in Instruction instruction) => instruction.MemoryIndex == Register.None
        && (instruction.MemoryBase == Register.RSP || (instruction.MemoryBase == Register.RBP && hasFramePointer));

    private static bool HasMemoryOperand(in Instruction instruction)
    {
        for (int operand = 0; operand < instruction.OpCount; operand++)
            if (instruction.GetOpKind(operand) == OpKind.Memory) return true;
        return false;
    }

    private static bool UsesVectorRegister(in Instruction instruction)
    {
        for (int operand = 0; operand < instruction.OpCount; operand++)
            if (instruction.GetOpRegister(operand).IsVectorRegister()) return true;
        return false;
    }

    private static string Name(in Instruction instruction) => instruction.Mnemonic.ToString().ToLowerInvariant();
}
