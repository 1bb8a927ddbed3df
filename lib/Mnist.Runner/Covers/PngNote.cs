using System.Buffers.Binary;
using System.Text;

namespace Mnist.Runner.Covers;

/// <summary>A line of text inside a PNG file: a <c>tEXt</c> chunk (PNG specification, 11.3.3.3), which viewers pass over.</summary>
internal static class PngNote
{
    private const int Signature = 8;
    private const int AroundData = 12; // length, type, check sum: four bytes each

    /// <summary>The file with a note behind its header.</summary>
    public static byte[] Add(ReadOnlySpan<byte> png, string key, string text)
    {
        int headerEnd = Signature + AroundData + BinaryPrimitives.ReadInt32BigEndian(png[Signature..]);
        byte[] data = Encoding.Latin1.GetBytes($"tEXt{key}\0{text}");
        byte[] chunk = new byte[data.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length - 4);
        data.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4), Crc32.Of(data));
        return [.. png[..headerEnd], .. chunk, .. png[headerEnd..]];
    }

    /// <summary>The note of that name, or null.</summary>
    public static string? Read(ReadOnlySpan<byte> png, string key)
    {
        byte[] start = Encoding.Latin1.GetBytes($"tEXt{key}\0");
        for (int at = Signature; at + AroundData <= png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png[at..]);
            ReadOnlySpan<byte> chunk = png.Slice(at + 4, length + 4);
            if (chunk.StartsWith(start)) return Encoding.Latin1.GetString(chunk[start.Length..]);
            at += length + AroundData;
        }
        return null;
    }
}
