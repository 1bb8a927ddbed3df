namespace Mnist;

/// <summary>The checksum of PNG chunks, and of zip entries, which .NET writes but does not check when it reads.</summary>
/// <remarks>CRC-32 with the reflected polynomial 0xEDB88320: ISO 3309, APPNOTE.TXT of PKWARE, 4.4.7, and W3C PNG, annex D.</remarks>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(EightSteps)];

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte value in bytes)
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint EightSteps(int index)
    {
        uint crc = (uint)index;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        return crc;
    }
}
