using System.Buffers.Binary;
using System.IO.Compression;

namespace Mnist.Tests;

/// <summary>Writes IDX content for tests, right or wrong as asked: nothing is checked.</summary>
internal static class IdxWriter
{
    public static byte[] Header(byte type, params uint[] dimensions)
    {
        var header = new byte[4 + (4 * dimensions.Length)];
        header[2] = type;
        header[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 + (4 * i)), dimensions[i]);
        return header;
    }

    public static byte[] Array(IdxElement element, int[] dimensions, byte[] bigEndian) =>
        [.. Header((byte)element, [.. dimensions.Select(dimension => (uint)dimension)]), .. bigEndian];

    public static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
            gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>A tiny data set of 2 × 3 pixels in four files; image i of either half is all i + 1 and has label i mod 10.</summary>
    public static void DataSet(string folder, int training = 5, int test = 3, char separator = '-', bool gzip = false)
    {
        Directory.CreateDirectory(folder);
        foreach ((string half, int count) in new[] { ("train", training), ("t10k", test) })
        {
            byte[] pixels = [.. Enumerable.Range(0, count * 6).Select(i => (byte)((i / 6) + 1))];
            byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];
            Save($"{half}-images{separator}idx3-ubyte", Array(IdxElement.UnsignedByte, [count, 2, 3], pixels));
            Save($"{half}-labels{separator}idx1-ubyte", Array(IdxElement.UnsignedByte, [count], labels));
        }

        void Save(string name, byte[] content) =>
            File.WriteAllBytes(Path.Combine(folder, gzip ? name + ".gz" : name), gzip ? Gzip(content) : content);
    }
}
