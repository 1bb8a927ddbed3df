using Iced.Intel;

namespace Mnist.Lab.MachineCode;

/// <summary>
/// Finds a method's code from the address that others call. That is rarely the code itself: the runtime puts small
/// jumps in between, so that it can exchange the code behind them (and count the calls, while it has not done so).
/// </summary>
internal static unsafe class EntryPoint
{
    private const int MostJumps = 8;
    private const int LongestInstruction = 15;

    /// <summary>Follows the jumps.</summary>
    /// <returns>The address of the code, or 0 when the last jump leads back into the runtime: not compiled yet.</returns>
    public static ulong Follow(ulong address)
    {
        for (int jump = 0; jump < MostJumps && address != 0; jump++)
        {
            Instruction first = Decode(address);
            if (first is { Code: Code.Jmp_rm64, IsIPRelativeMemoryOperand: true })
            {
                ulong target = *(ulong*)first.IPRelativeMemoryAddress;
                if (target == first.NextIP) return 0; // a jump to the next instruction is one that has not been set yet
                address = target;
            }
            else if (first.FlowControl == FlowControl.UnconditionalBranch && first.Op0Kind == OpKind.NearBranch64) address = first.NearBranchTarget;
            else if (AfterCounting(first) is var counted and not 0) address = counted;
            else return address;
        }
        return address;
    }

    /// <summary>The stub that counts calls: load the counter's address, decrement it, branch when 0, else jump to the code.</summary>
    private static ulong AfterCounting(Instruction first)
    {
        if (first is not { Mnemonic: Mnemonic.Mov, IsIPRelativeMemoryOperand: true }) return 0;
        Instruction decrement = Decode(first.NextIP);
        if (decrement.Code != Code.Dec_rm16) return 0;
        Instruction branch = Decode(decrement.NextIP);
        return branch.FlowControl == FlowControl.ConditionalBranch ? branch.NextIP : 0;
    }

    private static Instruction Decode(ulong address) => Decoder.Create(64, new MemoryReader(address, LongestInstruction), address).Decode();
}
