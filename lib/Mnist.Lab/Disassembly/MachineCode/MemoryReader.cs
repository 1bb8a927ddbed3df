using Iced.Intel;

namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>Gives the decoder the bytes of this process's own memory.</summary>
/// <param name="address">Where to begin.</param>
/// <param name="length">How many bytes may be read.</param>
internal sealed unsafe class MemoryReader(ulong address, uint length) : CodeReader
{
    private uint read;

    /// <inheritdoc/>
    public override int ReadByte() => read < length ? ((byte*)address)[read++] : -1;
}
