using System.Reflection;
using Iced.Intel;

namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>
/// Finds a method's code from the address that others call. That is rarely the code itself: the runtime puts small
/// jumps in between, so that it can exchange the code behind them (and count the calls, while it has not done so).
/// </summary>
internal static unsafe class EntryPoint
{
    private const int MostJumps = 8;
    private const int LongestInstruction = 15;
    private const int KnownRuntime = 10;

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

    /// <summary>The name of a method that has not been called yet, from what its callers jump to; empty when it cannot be told.</summary>
    /// <remarks>
    /// Three words lie side by side: where to jump, the method's handle, and what compiles it. As long as the method has
    /// not been called, the jump leads to "load the handle, jump to what compiles it".
    /// </remarks>
    public static string NameOfUncalled(ulong address)
    {
        if (Environment.Version.Major != KnownRuntime || address == 0) return ""; // a wrong handle would end the process
        Instruction load = Decode(address);
        if (load.Code == Code.Jmp_rm64) load = Decode(load.NextIP);
        Instruction compile = Decode(load.NextIP);
        if (load is not { Mnemonic: Mnemonic.Mov, Op0Register: Register.R10, IsIPRelativeMemoryOperand: true }
            || compile is not { Code: Code.Jmp_rm64, IsIPRelativeMemoryOperand: true }) return "";
        ulong handle = load.IPRelativeMemoryAddress;
        if (compile.IPRelativeMemoryAddress != handle + sizeof(ulong) || *(ulong*)(handle - sizeof(ulong)) != load.IP) return "";
        try
        {
            return MethodBase.GetMethodFromHandle(RuntimeMethodHandle.FromIntPtr(*(nint*)handle)) is { } method ? MethodTitle.Of(method) : "";
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            return ""; // a method of a generic type: its handle does not say which type
        }
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
