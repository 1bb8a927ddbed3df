using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Mnist.Lab.Svg;

/// <summary>
/// Writes PNG images with a palette of at most 256 colours (W3C PNG, third edition): one byte a pixel, which deflate
/// then packs to the few bits that a picture of few colours has.
/// </summary>
internal static class Png
{
    /// <summary>A PNG file.</summary>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixels">Palette indices, row after row: [height × width].</param>
    /// <param name="palette">At most 256 colours.</param>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> pixels, ReadOnlySpan<Rgba> palette)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Length != width * height) throw new ArgumentException($"{width} × {height} pixels are not {pixels.Length}", nameof(pixels));
        if (palette.Length is 0 or > 256) throw new ArgumentException($"a palette has 1 … 256 colours, not {palette.Length}", nameof(palette));

        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Chunk(file, "IHDR", Header(width, height));
        var colors = new byte[palette.Length * 3];
        var alphas = new byte[palette.Length];
        for (int i = 0; i < palette.Length; i++)
        {
            (colors[3 * i], colors[(3 * i) + 1], colors[(3 * i) + 2]) = (palette[i].Red, palette[i].Green, palette[i].Blue);
            alphas[i] = palette[i].Alpha;
        }
        Chunk(file, "PLTE", colors);
        if (alphas.AsSpan().ContainsAnyExcept((byte)255)) Chunk(file, "tRNS", alphas);
        Chunk(file, "IDAT", Deflated(width, height, pixels));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Header(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits a pixel
        header[9] = 3; // colours from a palette
        return header;
    }

    private static byte[] Deflated(int width, int height, ReadOnlySpan<byte> pixels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int row = 0; row < height; row++)
            {
                zlib.WriteByte(0); // no filter: palette indices have no slope to predict
                zlib.Write(pixels.Slice(row * width, width));
            }
        }
        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] content = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(content));
        file.Write(number);
    }
}
