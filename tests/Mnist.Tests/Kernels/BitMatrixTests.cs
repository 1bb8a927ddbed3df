using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

public class BitMatrixTests
{
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
