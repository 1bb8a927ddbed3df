using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Iced.Intel;

namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>Names instead of addresses: L1, L2, … for places in the method, other methods by their own names.</summary>
internal sealed partial class Symbols : ISymbolResolver
{
    private const string Unknown = "<runtime>";
    private readonly Dictionary<ulong, string> labels = [];

    public Symbols(IReadOnlyList<Instruction> method)
    {
        HashSet<ulong> own = [.. method.Select(instruction => instruction.IP)];
        foreach (ulong target in method.Where(instruction => Disassembler.HasTarget(instruction)).Select(instruction => instruction.NearBranchTarget).Where(own.Contains).Distinct().Order())
            labels[target] = $"L{labels.Count + 1}";
    }

    /// <summary>The name of a place that a jump leads to; empty for others.</summary>
    public string Label(ulong address) => labels.GetValueOrDefault(address, "");

    /// <summary>The method that a call or a jump out of the method leads to.</summary>
    public static string Target(in Instruction instruction) =>
        CodeAt(instruction) is { } code ? $"{TypeName(code.Type)}.{code.Name}"
        : EntryPoint.NameOfUncalled(Address(instruction)) is { Length: > 0 } name ? name
        : Unknown;

    /// <summary>The code that a call or a jump out of the method leads to; null: it was not made while we listened.</summary>
    public static CompiledCode? CodeAt(in Instruction instruction) =>
        EntryPoint.Follow(Address(instruction)) is var address and not 0 ? JitRecords.Started.At(address) : null;

    /// <inheritdoc/>
    public bool TryGetSymbol(in Instruction instruction, int operand, int instructionOperand, ulong address, int addressSize, [MaybeNullWhen(false)] out SymbolResult symbol)
    {
        string name = labels.TryGetValue(address, out string? label) ? label
            : instruction.FlowControl is not FlowControl.Next ? Target(instruction)
            : instruction.IsIPRelativeMemoryOperand ? "constant"
            : instruction.Op1Kind == OpKind.Immediate64 ? "<address>"
            : "";
        symbol = new SymbolResult(address, name);
        return name.Length > 0;
    }

    /// <summary>Where a call or a jump leads; 0: a register says it.</summary>
    private static unsafe ulong Address(in Instruction instruction) => instruction switch
    {
        { Op0Kind: OpKind.NearBranch64 } => instruction.NearBranchTarget,
        { IsIPRelativeMemoryOperand: true } => *(ulong*)instruction.IPRelativeMemoryAddress,
        _ => 0,
    };

    /// <summary>The last part of "Mnist.Kernels.DotProduct+Part`1[System.Single]", without what it is made for.</summary>
    public static string TypeName(string type) => LastPart().Match(type).Value;

    [GeneratedRegex(@"[^.+`\[\]]+(?=$|`|\[)")]
    private static partial Regex LastPart();
}
