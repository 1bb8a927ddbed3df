namespace Mnist.Lab.Disassembly;

/// <summary>How many instructions of each kind a piece of machine code has.</summary>
public sealed record InstructionCounts
{
    internal InstructionCounts(IReadOnlyCollection<MachineInstruction> instructions)
    {
        int Count(InstructionKinds kinds) => instructions.Count(instruction => instruction.Is(kinds));
        Instructions = instructions.Count;
        FusedMultiplyAdds = Count(InstructionKinds.MultiplyAdd);
        Lanes = instructions.Where(instruction => instruction.Is(InstructionKinds.MultiplyAdd)).Select(instruction => instruction.Lanes).DefaultIfEmpty(0).Max();
        Products = instructions.Where(IsProduct).Sum(instruction => instruction.Lanes);
        Arithmetic = Count(InstructionKinds.Arithmetic);
        Loads = Count(InstructionKinds.Load);
        Stores = Count(InstructionKinds.Store);
        StackAccesses = Count(InstructionKinds.Stack);
        Spills = Count(InstructionKinds.Spill);
        Branches = Count(InstructionKinds.Branch);
        Calls = Count(InstructionKinds.Call);
    }

    /// <summary>All instructions.</summary>
    public int Instructions { get; }

    /// <summary>Fused multiply-adds, of whatever width.</summary>
    public int FusedMultiplyAdds { get; }

    /// <summary>Floats of the widest fused multiply-add: 16 with ZMM registers; 0 when there is none.</summary>
    public int Lanes { get; }

    /// <summary>Single multiplications: the lanes of all multiply-adds and multiplications together.</summary>
    public int Products { get; }

    /// <summary>Other floating-point instructions.</summary>
    public int Arithmetic { get; }

    /// <summary>Instructions that read memory other than the stack frame, those that compute with what they read included.</summary>
    public int Loads { get; }

    /// <summary>Instructions that write memory other than the stack frame.</summary>
    public int Stores { get; }

    /// <summary>Instructions that read or write the method's own stack frame, spills included.</summary>
    public int StackAccesses { get; }

    /// <summary>Vector registers written to the stack or read back.</summary>
    public int Spills { get; }

    /// <summary>Jumps, conditional or not.</summary>
    public int Branches { get; }

    /// <summary>Calls.</summary>
    public int Calls { get; }

    /// <summary>Loads for each fused multiply-add; NaN when there is none.</summary>
    public double LoadsPerMultiplyAdd => FusedMultiplyAdds == 0 ? double.NaN : (double)Loads / FusedMultiplyAdds;

    /// <summary>Instructions for each single multiplication, the better the smaller; NaN when there is none.</summary>
    public double InstructionsPerProduct => Products == 0 ? double.NaN : (double)Instructions / Products;

    private static bool IsProduct(MachineInstruction instruction) => instruction.Is(InstructionKinds.MultiplyAdd)
        || (instruction.Is(InstructionKinds.Arithmetic) && instruction.Mnemonic.Contains("mul", StringComparison.Ordinal));
}
