namespace Mnist.Lab.Memory;

/// <summary>
/// The cache line: the 64 bytes that memory hands out at a time. Ask for one byte and the CPU fetches the whole line
/// that holds it; ask for bytes on both sides of a border and it fetches two.
/// </summary>
public static class CacheLine
{
    /// <summary>Bytes of a line, on every x86-64 CPU.</summary>
    public const int Bytes = 64;

    /// <summary>Floats of a line: as many as a ZMM register holds.</summary>
    public const int Floats = Bytes / sizeof(float);

    /// <summary>How many lines a load touches.</summary>
    /// <param name="address">Address of its first byte, or any number with the same remainder by 64.</param>
    /// <param name="bytes">Bytes that it loads, at least 1.</param>
    public static int Touched(long address, int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        return (int)(((address + bytes - 1) / Bytes) - (address / Bytes)) + 1;
    }

    /// <summary>How many different lines a series of loads touches.</summary>
    /// <param name="addresses">Address of the first byte of each load.</param>
    /// <param name="bytes">Bytes of each load, at least 1.</param>
    public static int Touched(IEnumerable<long> addresses, int bytes = sizeof(float))
    {
        ArgumentNullException.ThrowIfNull(addresses);
        var lines = new HashSet<long>();
        foreach (long address in addresses)
            for (int i = 0; i < Touched(address, bytes); i++) lines.Add((address / Bytes) + i);
        return lines.Count;
    }
}
