using Iced.Intel;

namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>A method's machine code, ready to be read: its instructions and its innermost loops, the hottest first.</summary>
/// <param name="Instructions">The whole method, by address.</param>
/// <param name="Loops">The instructions of each innermost loop, as ascending indices.</param>
/// <param name="Bytes">Length of the code.</param>
internal sealed record Listing(IReadOnlyList<MachineInstruction> Instructions, IReadOnlyList<int[]> Loops, int Bytes)
{
    /// <summary>Nothing.</summary>
    public static Listing Empty { get; } = new([], [], 0);

    /// <summary>Reads the code from memory.</summary>
    public static Listing Of(CompiledCode code)
    {
        IReadOnlyList<Instruction> method = Disassembler.Read(code);
        if (method.Count == 0) return Empty;
        MachineInstruction[] instructions = Write(method);
        ControlFlow flow = ControlFlow.Of(method);
        IEnumerable<int[]> loops = MachineCode.Loops.Innermost(flow).Select(blocks => blocks.SelectMany(flow.Instructions).ToArray());
        return new Listing(instructions, [.. Hottest(instructions, loops)], method.Sum(instruction => instruction.Length));
    }

    /// <summary>
    /// The loop that computes most comes first: what a program was written for. Of two that compute the same (the JIT
    /// makes a second one, with more checks, for the rare case), the shorter; where nothing computes, the longer.
    /// </summary>
    private static IEnumerable<int[]> Hottest(MachineInstruction[] instructions, IEnumerable<int[]> loops) =>
        from loop in loops
        let work = loop.Sum(i => instructions[i].Lanes * (instructions[i].Is(InstructionKinds.MultiplyAdd) ? 2 : 1))
        orderby work descending, work > 0 ? loop.Length : -loop.Length
        select loop;

    private static MachineInstruction[] Write(IReadOnlyList<Instruction> method)
    {
        var symbols = new Symbols(method);
        Classifier classifier = Classifier.For(method);
        var formatter = new IntelFormatter(Options(), symbols);
        return [.. method.Select(instruction => Write(instruction, method[0].IP, symbols, classifier, formatter))];
    }

    private static MachineInstruction Write(Instruction instruction, ulong start, Symbols symbols, Classifier classifier, IntelFormatter formatter)
    {
        (InstructionKinds kinds, bool writes) = classifier.Classify(instruction);
        var mnemonic = new StringOutput();
        var operands = new StringOutput();
        formatter.FormatMnemonic(instruction, mnemonic);
        formatter.FormatAllOperands(instruction, operands);
        string target = Disassembler.HasTarget(instruction) ? symbols.Label(instruction.NearBranchTarget) : "";
        return new MachineInstruction
        {
            Offset = (int)(instruction.IP - start),
            Label = symbols.Label(instruction.IP),
            Mnemonic = mnemonic.ToStringAndReset(),
            Operands = kinds.HasFlag(InstructionKinds.Call) ? Symbols.Target(instruction) : operands.ToStringAndReset(),
            Kinds = kinds,
            Lanes = Classifier.Lanes(instruction),
            Note = Notes.Of(instruction, kinds, writes, target),
        };
    }

    private static FormatterOptions Options()
    {
        FormatterOptions options = FormatterOptions.CreateIntel();
        options.SignedImmediateOperands = true; // add eax, -4: not 4294967292
        options.SpaceAfterOperandSeparator = true;
        options.NumberBase = NumberBase.Decimal; // offsets are bytes: 64 is a ZMM register further
        options.ShowBranchSize = false;
        options.MemorySizeOptions = MemorySizeOptions.Minimal;
        options.RipRelativeAddresses = false;
        return options;
    }
}
