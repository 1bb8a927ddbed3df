namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>One piece of machine code that the runtime has made.</summary>
/// <param name="Method">The runtime's own handle of the method, which no two methods share, not even in two copies of one assembly.</param>
/// <param name="Start">Address of its first byte.</param>
/// <param name="Size">Bytes; 0: not known.</param>
/// <param name="Flags">The runtime's flags, see <see cref="CodeTiers.FromFlags"/>; 0: not known.</param>
/// <param name="Type">Name of the declaring type.</param>
/// <param name="Name">Name of the method.</param>
internal readonly record struct CompiledCode(ulong Method, ulong Start, uint Size, uint Flags, string Type, string Name)
{
    public CodeTier Tier => Flags == 0 ? CodeTier.Unknown : CodeTiers.FromFlags(Flags);

    public bool Contains(ulong address) => address == Start || address - Start < Size;
}
