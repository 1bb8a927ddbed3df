using System.Buffers.Binary;
using FsCheck.Xunit;
using Xunit;

namespace Mnist.Tests;

public class IdxFileTests
{
    [Property]
    public void Bytes_come_back(byte[] values, bool gzip) =>
        Assert.Equal(values, Read(IdxElement.UnsignedByte, [values.Length], values, gzip).ToArray<byte>());

    [Property]
    public void Signed_bytes_come_back(sbyte[] values, bool gzip) =>
        Assert.Equal(values, Read(IdxElement.SignedByte, [values.Length], [.. values.Select(value => (byte)value)], gzip).ToArray<sbyte>());

    [Property]
    public void Shorts_come_back(short[] values, bool gzip) =>
        Assert.Equal(values, Read(IdxElement.Short, [values.Length], Packed(values, 2, BinaryPrimitives.WriteInt16BigEndian), gzip).ToArray<short>());

    [Property]
    public void Ints_come_back(int[] values, bool gzip) =>
        Assert.Equal(values, Read(IdxElement.Int, [values.Length], Packed(values, 4, BinaryPrimitives.WriteInt32BigEndian), gzip).ToArray<int>());

    [Property]
    public void Floats_come_back_to_the_bit(float[] values, bool gzip) => Assert.Equal(
        values.Select(BitConverter.SingleToInt32Bits),
        Read(IdxElement.Float, [values.Length], Packed(values, 4, BinaryPrimitives.WriteSingleBigEndian), gzip).ToArray<float>().Select(BitConverter.SingleToInt32Bits));

    [Property]
    public void Doubles_come_back_to_the_bit(double[] values, bool gzip) => Assert.Equal(
        values.Select(BitConverter.DoubleToInt64Bits),
        Read(IdxElement.Double, [values.Length], Packed(values, 8, BinaryPrimitives.WriteDoubleBigEndian), gzip).ToArray<double>().Select(BitConverter.DoubleToInt64Bits));

    [Theory]
    [InlineData(new int[0], 1)]
    [InlineData(new[] { 0 }, 0)]
    [InlineData(new[] { 7 }, 7)]
    [InlineData(new[] { 2, 3 }, 6)]
    [InlineData(new[] { 3, 0, 5 }, 0)]
    [InlineData(new[] { 2, 3, 4, 5, 6 }, 720)]
    [InlineData(new[] { int.MaxValue, int.MaxValue, int.MaxValue, 0 }, 0)]
    public void Any_rank_is_read(int[] dimensions, int count)
    {
        byte[] values = [.. Enumerable.Range(0, count * 2).Select(i => (byte)i)];

        IdxFile file = Read(IdxElement.Short, dimensions, values, gzip: false);

        Assert.Equal(dimensions, file.Dimensions);
        Assert.Equal(count, file.Count);
        Assert.Equal(values, file.Data.ToArray());
    }

    [Fact]
    public void The_highest_rank_is_255()
    {
        IdxFile file = Read(IdxElement.UnsignedByte, [.. Enumerable.Repeat(1, 255)], [9], gzip: true);

        Assert.Equal(255, file.Dimensions.Count);
        Assert.Equal([9], file.ToArray<byte>());
    }

    [Fact]
    public void Elements_of_another_type_than_the_files_are_refused() =>
        Assert.Throws<InvalidOperationException>(() => Read(IdxElement.Int, [1], [0, 0, 0, 1], gzip: false).ToArray<float>());

    [Fact]
    public void Content_decides_whether_a_file_is_gzipped_and_not_its_name()
    {
        using var folder = new TemporaryFolder();
        byte[] plain = IdxWriter.Array(IdxElement.UnsignedByte, [2], [5, 6]);
        File.WriteAllBytes(folder.File("plain.gz"), plain);
        File.WriteAllBytes(folder.File("packed"), IdxWriter.Gzip(plain));

        Assert.Equal([5, 6], IdxFile.Read(folder.File("plain.gz")).ToArray<byte>());
        Assert.Equal([5, 6], IdxFile.Read(folder.File("packed")).ToArray<byte>());
    }

    private static IdxFile Read(IdxElement element, int[] dimensions, byte[] bigEndian, bool gzip)
    {
        byte[] content = IdxWriter.Array(element, dimensions, bigEndian);
        return IdxReader.Read(new MemoryStream(gzip ? IdxWriter.Gzip(content) : content), "test.idx");
    }

    private delegate void Writing<T>(Span<byte> destination, T value);

    private static byte[] Packed<T>(T[] values, int size, Writing<T> write)
    {
        var bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++) write(bytes.AsSpan(i * size), values[i]);
        return bytes;
    }
}
