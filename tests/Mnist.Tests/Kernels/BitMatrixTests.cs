using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

public class BitMatrixTests
{
    [Fact]
    public unsafe void Bits_of_every_length_between_pages_that_may_not_be_touched()
    {
        const int Longest = 1100;
        using GuardedMemory<byte> from = new(Longest);
        using GuardedMemory<ulong> to = new(BitMatrix.Words(Longest));
        for (int length = 0; length <= Longest; length++)
        {
            foreach (Place place in Enum.GetValues<Place>())
            {
                Span<byte> bytes = from.Take(length, place);
                Span<ulong> bits = to.Take(BitMatrix.Words(length), place);
                Values.Pixels(length, length).CopyTo(bytes);
                fixed (byte* first = bytes)
                fixed (ulong* target = bits)
                    BitMatrix.FromBytes(first, length, target);
                for (int i = 0; i < bits.Length * 64; i++)
                    Assert.Equal(i < length && bytes[i] != 0, ((bits[i / 64] >> i) & 1) != 0);
                from.MustBeUntouchedBeside($"bytes of {length}");
                to.MustBeUntouchedBeside($"bits of {length}");
            }
        }
    }

    [Fact]
    public unsafe void Transpose_of_odd_sizes_between_pages_that_may_not_be_touched()
    {
        using GuardedMemory<ulong> from = new(131 * 5), to = new(5 * 64 * BitMatrix.Words(131));
        foreach ((int rows, int words) in from rows in OddSizes.Depths.Concat([16, 32, 33, 61, 64, 65, 127]) from words in Enumerable.Range(1, 5) select (rows, words))
        {
            foreach (Place place in Enum.GetValues<Place>())
            {
                int columnWords = BitMatrix.Words(rows);
                Span<ulong> source = from.Take(rows * words, place), target = to.Take(words * 64 * columnWords, place);
                var random = new Random(rows + words);
                foreach (ref ulong word in source) word = (ulong)random.NextInt64();
                fixed (ulong* first = source, transposed = target)
                    BitMatrix.Transpose(first, rows, words, transposed);
                for (int column = 0; column < words * 64; column++)
                {
                    for (int row = 0; row < columnWords * 64; row++)
                    {
                        ulong expected = row < rows ? (source[(row * words) + (column / 64)] >> column) & 1 : 0;
                        Assert.Equal(expected, (target[(column * columnWords) + (row / 64)] >> row) & 1);
                    }
                }
                from.MustBeUntouchedBeside($"bits [{rows}, {words}]");
                to.MustBeUntouchedBeside($"transposed bits [{rows}, {words}]");
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(31, 64)]
    [InlineData(32, 784)]
    [InlineData(33, 100)]
    [InlineData(64, 65)]
    [InlineData(65, 63)]
    [InlineData(130, 784)]
    public unsafe void Bits_of_bytes_and_their_transpose(int rows, int columns)
    {
        var random = new Random((rows * 1000) + columns);
        int words = BitMatrix.Words(columns), columnWords = BitMatrix.Words(rows);
        var bytes = new byte[rows * columns];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = random.Next(4) == 0 ? (byte)random.Next(1, 256) : (byte)0;
        var bits = new ulong[rows * words];
        var byColumn = new ulong[words * 64 * columnWords];
        fixed (byte* first = bytes)
        fixed (ulong* target = bits, transposed = byColumn)
        {
            for (int row = 0; row < rows; row++) BitMatrix.FromBytes(first + (row * columns), columns, target + (row * words));
            BitMatrix.Transpose(target, rows, words, transposed);
        }
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                bool lit = bytes[(row * columns) + column] != 0;
                Assert.Equal(lit, ((bits[(row * words) + (column / 64)] >> (column % 64)) & 1) != 0);
                Assert.Equal(lit, ((byColumn[(column * columnWords) + (row / 64)] >> (row % 64)) & 1) != 0);
            }
        }
    }
}
