namespace Mnist.Lab.Disassembly;

/// <summary>What an instruction does, as far as a reader of kernels cares. It may be several things at once.</summary>
[Flags]
public enum InstructionKinds
{
    /// <summary>Nothing that is marked: index arithmetic, comparisons, copies between registers.</summary>
    None = 0,

    /// <summary>A fused multiply-add (or multiply-subtract) of floating-point numbers.</summary>
    MultiplyAdd = 1,

    /// <summary>Other floating-point arithmetic: add, subtract, multiply, divide, square root, minimum, maximum.</summary>
    Arithmetic = 2,

    /// <summary>Reads memory other than the method's own stack frame, by itself or as the operand of another operation.</summary>
    Load = 4,

    /// <summary>Writes memory other than the method's own stack frame.</summary>
    Store = 8,

    /// <summary>Reads or writes the method's own stack frame: a value that did not stay in a register.</summary>
    Stack = 16,

    /// <summary>A vector register goes to the stack or comes back from it.</summary>
    Spill = 32,

    /// <summary>May continue elsewhere than at the next instruction.</summary>
    Branch = 64,

    /// <summary>Calls another method, or the runtime.</summary>
    Call = 128,
}

/// <summary>One machine instruction, as the X-ray read it.</summary>
public sealed record MachineInstruction
{
    /// <summary>Bytes from the method's start.</summary>
    public required int Offset { get; init; }

    /// <summary>The name of this place when a branch leads here, like L1; else empty.</summary>
    public required string Label { get; init; }

    /// <summary>What it does, in Intel's word for it: vfmadd231ps.</summary>
    public required string Mnemonic { get; init; }

    /// <summary>What it does it with, the target first: zmm0, zmm4, [rax+64].</summary>
    public required string Operands { get; init; }

    /// <summary>What it does, for counting.</summary>
    public required InstructionKinds Kinds { get; init; }

    /// <summary>Floating-point numbers that it computes at once; 0 when it does not compute.</summary>
    public required int Lanes { get; init; }

    /// <summary>The same in a few plain words; may be empty.</summary>
    public required string Note { get; init; }

    /// <summary>True when it is all of these kinds.</summary>
    public bool Is(InstructionKinds kinds) => (Kinds & kinds) == kinds;

    /// <summary>Mnemonic and operands.</summary>
    public override string ToString() => $"{Mnemonic} {Operands}".TrimEnd();
}
