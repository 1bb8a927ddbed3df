using System.Buffers.Binary;
using System.IO.Compression;

namespace Mnist;

/// <summary>
/// Reads IDX content and trusts none of it: nothing is allocated for the elements before the header's promise agrees
/// with what the file can hold.
/// </summary>
internal static class IdxReader
{
    /// <summary>Deflate cannot do better than a 258-byte match in two bits: 1032 to 1 (zlib's technical notes).</summary>
    internal const long MostDeflateExpands = 1032;

    // The smallest gzip file: a header of 10 bytes, an empty deflate block of 2, a trailer of 8.
    private const int LeastGzipLength = 20;

    /// <summary>Reads one array from a seekable stream that holds it, plain or gzipped, and nothing else.</summary>
    /// <exception cref="InvalidDataException">The content is not one whole IDX array.</exception>
    public static IdxFile Read(Stream file, string name)
    {
        if (!file.CanSeek) throw Bad(name, "this is not a regular file, so its length is unknown");
        bool gzipped = StartsAsGzip(file);
        long length = gzipped ? UnpackedLength(file, name) : file.Length;
        using Stream content = gzipped ? new GZipStream(WithImpossibleTrailer(file, name), CompressionMode.Decompress) : file;
        try
        {
            return ReadArray(content, length, gzipped, name);
        }
        catch (EndOfStreamException)
        {
            throw Bad(name, gzipped ? "the gzip stream ends before its data does: the file is truncated" : "the file was cut while it was read");
        }
        catch (InvalidDataException damage) when (!damage.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{name}: the gzip stream is damaged (bad block, checksum or length); unpack or download it again", damage);
        }
    }

    private static IdxFile ReadArray(Stream content, long length, bool gzipped, string name)
    {
        (IdxElement element, int[] dimensions) = ReadHeader(content, length, name);
        int headerLength = 4 + (4 * dimensions.Length);
        long size = DataSize(element, dimensions, name);
        if (headerLength + size != length)
            throw Bad(name, WrongLength(headerLength + size, length, gzipped));

        byte[] data = GC.AllocateUninitializedArray<byte>((int)size);
        content.ReadExactly(data);
        if (content.ReadByte() >= 0) throw Bad(name, FormattableString.Invariant($"data follows the {length:N0} bytes that the header describes"));
        return new IdxFile(name, element, dimensions, data);
    }

    private static (IdxElement Element, int[] Dimensions) ReadHeader(Stream content, long length, string name)
    {
        if (length < 4) throw Bad(name, $"truncated: an IDX header has at least 4 bytes, but there are {length}");
        Span<byte> magic = stackalloc byte[4];
        content.ReadExactly(magic);
        if (magic[0] != 0 || magic[1] != 0)
            throw Bad(name, $"not an IDX file: it starts with {Convert.ToHexString(magic)}, but the first two bytes must be 0000");
        var element = (IdxElement)magic[2];
        if (!Enum.IsDefined(element))
            throw Bad(name, $"unknown element type 0x{magic[2]:X2}; IDX has 08 (unsigned byte), 09, 0B, 0C, 0D and 0E");

        int rank = magic[3];
        if (length < 4 + (4 * rank)) throw Bad(name, $"truncated: {rank} dimensions need a header of {4 + (4 * rank)} bytes, but there are {length}");
        var dimensions = new int[rank];
        Span<byte> number = stackalloc byte[4];
        for (int i = 0; i < rank; i++)
        {
            content.ReadExactly(number);
            uint dimension = BinaryPrimitives.ReadUInt32BigEndian(number);
            if (dimension > int.MaxValue) throw Bad(name, $"dimension {i + 1} of {rank} is {dimension}, but at most {int.MaxValue} is possible");
            dimensions[i] = (int)dimension;
        }
        return (element, dimensions);
    }

    private static long DataSize(IdxElement element, int[] dimensions, string name)
    {
        if (dimensions.Contains(0)) return 0;
        long size = IdxFile.SizeOf(element);
        foreach (int dimension in dimensions)
        {
            size *= dimension; // both below 2³¹, so the product fits
            if (size > Array.MaxLength)
                throw Bad(name, FormattableString.Invariant($"the dimensions [{string.Join(", ", dimensions)}] overflow: {Array.MaxLength:N0} bytes of elements are the most that can be read"));
        }
        return size;
    }

    private static string WrongLength(long expected, long found, bool gzipped)
    {
        string where = gzipped ? "its gzip trailer says" : "the file has";
        string what = found < expected ? "truncated" : "trailing data";
        return FormattableString.Invariant($"{what}: the header describes {expected:N0} bytes in all, but {where} {found:N0}");
    }

    /// <summary>Whether a seekable stream begins as a gzip file does; it stands at its beginning afterwards.</summary>
    internal static bool StartsAsGzip(Stream file)
    {
        Span<byte> start = stackalloc byte[2];
        int read = file.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && start[0] == 0x1F && start[1] == 0x8B;
    }

    // The last four bytes of the trailer are the unpacked length. Only a hint, as anyone can write there; what deflate
    // cannot reach is refused.
    private static long UnpackedLength(Stream file, string name)
    {
        if (file.Length < LeastGzipLength) throw Bad(name, $"truncated: a gzip file has at least {LeastGzipLength} bytes, but there are {file.Length}");
        Span<byte> trailer = stackalloc byte[4];
        file.Position = file.Length - trailer.Length;
        file.ReadExactly(trailer);
        file.Position = 0;
        long length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        if (length > MostDeflateExpands * file.Length)
            throw Bad(name, FormattableString.Invariant($"the gzip trailer says {length:N0} bytes, but {file.Length:N0} gzipped bytes unpack to {MostDeflateExpands * file.Length:N0} at most: truncated or damaged"));
        return length;
    }

    // GZipStream checks a trailer (checksum, length) that is whole and ignores what follows it, but accepts one that is cut.
    // With these bytes at the end a cut trailer becomes one of more than 4 GB, which is never right.
    private static MemoryStream WithImpossibleTrailer(Stream file, string name)
    {
        const int Trailer = 8;
        if (file.Length > Array.MaxLength - Trailer) throw Bad(name, FormattableString.Invariant($"{file.Length:N0} gzipped bytes are more than can be read"));
        byte[] packed = GC.AllocateUninitializedArray<byte>((int)file.Length + Trailer);
        file.ReadExactly(packed, 0, (int)file.Length);
        packed.AsSpan((int)file.Length).Fill(0xFF);
        return new MemoryStream(packed);
    }

    private static InvalidDataException Bad(string name, string text) => new($"{name}: {text}");
}
