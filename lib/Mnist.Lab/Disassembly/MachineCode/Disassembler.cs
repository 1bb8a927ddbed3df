using Iced.Intel;

namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>Reads a method's machine code from memory.</summary>
internal static class Disassembler
{
    private const uint Farthest = 64 * 1024;

    /// <summary>The instructions, by address.</summary>
    public static IReadOnlyList<Instruction> Read(CompiledCode code) => code.Size > 0 ? Straight(code) : Reachable(code.Start);

    /// <summary>One after the other: the runtime said how long the code is.</summary>
    private static List<Instruction> Straight(CompiledCode code)
    {
        Decoder decoder = Decoder.Create(64, new MemoryReader(code.Start, code.Size), code.Start);
        var instructions = new List<Instruction>();
        while (decoder.IP < code.Start + code.Size)
        {
            Instruction instruction = decoder.Decode();
            if (instruction.IsInvalid) break;
            instructions.Add(instruction);
        }
        return instructions;
    }

    /// <summary>Everything that can be reached from the start: where the code ends is not known.</summary>
    private static List<Instruction> Reachable(ulong start)
    {
        var found = new SortedDictionary<ulong, Instruction>();
        var open = new Stack<ulong>([start]);
        while (open.TryPop(out ulong address))
        {
            Decoder decoder = Decoder.Create(64, new MemoryReader(address, Farthest), address);
            bool goesOn = true;
            while (goesOn && !found.ContainsKey(decoder.IP) && decoder.IP - start < Farthest)
            {
                Instruction instruction = decoder.Decode();
                if (instruction.IsInvalid) break;
                found.Add(instruction.IP, instruction);
                if (HasTarget(instruction)) open.Push(instruction.NearBranchTarget);
                goesOn = FallsThrough(instruction);
            }
        }
        return [.. found.Values];
    }

    /// <summary>True for a jump whose target is in its own bytes.</summary>
    public static bool HasTarget(in Instruction instruction) => instruction.Op0Kind == OpKind.NearBranch64
        && instruction.FlowControl is FlowControl.ConditionalBranch or FlowControl.UnconditionalBranch;

    /// <summary>True when the next instruction can be what follows.</summary>
    public static bool FallsThrough(in Instruction instruction) => instruction.FlowControl
        is FlowControl.Next or FlowControl.ConditionalBranch or FlowControl.Call or FlowControl.IndirectCall;
}
