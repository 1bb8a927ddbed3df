using System.Buffers.Binary;
using System.IO.Compression;
using FsCheck.Xunit;
using Xunit;

namespace Mnist.Tests;

public class IdxDamageTests
{
    private const long MostDeflateExpands = 1032;

    private static readonly byte[] Good = IdxWriter.Array(IdxElement.Short, [2, 3], [.. Enumerable.Range(1, 12).Select(i => (byte)i)]);

    [Theory]
    [InlineData("", "truncated")]
    [InlineData("000008", "truncated")]
    [InlineData("00010801000000010A", "not an IDX file")]
    [InlineData("50000801000000010A", "50000801")]
    [InlineData("00000A01000000010A", "0x0A")]
    [InlineData("00000001000000010A", "0x00")]
    [InlineData("0000080300000001000000", "header of 16 bytes")]
    [InlineData("00000801000000020A", "truncated: the header describes 10 bytes in all, but the file has 9")]
    [InlineData("00000801000000010A0B", "trailing data: the header describes 9 bytes in all, but the file has 10")]
    [InlineData("0000080180000000", "2147483648")]
    [InlineData("000008017FFFFFFF", "overflow")]
    [InlineData("00000E03400000004000000040000000", "overflow")]
    [InlineData("000008020001000000010000", "overflow")]
    public void What_is_wrong_is_named_with_the_file(string hex, string expected)
    {
        string message = Assert.Throws<InvalidDataException>(() => Read(Convert.FromHexString(hex))).Message;

        Assert.StartsWith("broken.idx: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_shorter_piece_of_a_file_is_refused()
    {
        for (int length = 0; length < Good.Length; length++)
            Assert.Throws<InvalidDataException>(() => Read(Good[..length]));
    }

    [Fact]
    public void Every_shorter_piece_of_a_gzipped_file_is_refused()
    {
        byte[] packed = IdxWriter.Gzip(Good);
        for (int length = 0; length < packed.Length; length++)
            Assert.Throws<InvalidDataException>(() => Read(packed[..length]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_cut_trailer_is_refused_even_where_the_data_before_it_looks_like_one(int missing)
    {
        // Stored, not packed, so the file ends with the data itself, and those say the length that a trailer would.
        byte[] content = IdxWriter.Array(IdxElement.UnsignedByte, [12], [1, 2, 3, 4, 20, 0, 0, 0, 20, 0, 0, 0]);
        byte[] packed = IdxWriter.Gzip(content, CompressionLevel.NoCompression);
        Assert.Equal(content.AsSpan(8), Read(packed).Data);

        Assert.Throws<InvalidDataException>(() => Read(packed[..^missing]));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("1F8B")]
    [InlineData("000000000000")]
    public void Data_after_a_gzip_stream_is_refused(string hex) =>
        Assert.Throws<InvalidDataException>(() => Read([.. IdxWriter.Gzip(Good), .. Convert.FromHexString(hex)]));

    [Fact]
    public void A_second_gzip_member_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Read([.. IdxWriter.Gzip(Good), .. IdxWriter.Gzip(Good)]));

    [Fact]
    public void A_wrong_checksum_is_refused()
    {
        byte[] packed = IdxWriter.Gzip(Good);
        packed[^8] ^= 1;

        string message = Assert.Throws<InvalidDataException>(() => Read(packed)).Message;

        Assert.StartsWith("broken.idx: the gzip stream is damaged", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_promises_two_gigabytes_costs_no_memory()
    {
        byte[] content = [.. IdxWriter.Header(0x08, 2_000_000_000), 1, 2, 3];
        byte[] packed = IdxWriter.Gzip(content);
        BinaryPrimitives.WriteUInt32LittleEndian(packed.AsSpan(packed.Length - 4), 2_000_000_008);

        Assert.InRange(AllocatedWhileRefusing(content), 0, 100_000);
        Assert.InRange(AllocatedWhileRefusing(packed), 0, 100_000);
    }

    [Property(MaxTest = 500)]
    public void Any_bytes_are_read_or_refused_with_the_documented_exception(byte[] junk) => ReadsOrRefuses(junk);

    [Property(MaxTest = 500)]
    public void Any_header_is_read_or_refused(byte type, uint[] dimensions, byte[] data, bool gzip)
    {
        byte[] content = [.. IdxWriter.Header((byte)(8 + (type % 8)), dimensions), .. data];
        ReadsOrRefuses(gzip ? IdxWriter.Gzip(content) : content);
    }

    [Property(MaxTest = 1000)]
    public void Any_changed_byte_is_read_or_refused(int position, byte change, bool gzip)
    {
        byte[] content = gzip ? IdxWriter.Gzip(Good) : [.. Good];
        content[(uint)position % content.Length] ^= change;
        ReadsOrRefuses(content);
    }

    private static void ReadsOrRefuses(byte[] content)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _ = Read(content);
        }
        catch (InvalidDataException)
        {
            // the one exception that is documented; any other fails the test
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000 + (MostDeflateExpands * content.Length));
    }

    private static long AllocatedWhileRefusing(byte[] content)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => Read(content));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static IdxFile Read(byte[] content) => IdxReader.Read(new MemoryStream(content), "broken.idx");
}
