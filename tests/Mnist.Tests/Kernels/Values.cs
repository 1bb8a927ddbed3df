using Xunit;

namespace Mnist.Tests;

/// <summary>Seeded, asymmetric test values, and what the padding of a matrix holds.</summary>
internal static class Values
{
    /// <summary>Values in −1 … 2, so that a swapped sign or a skipped element shows.</summary>
    public static void Fill(Span<float> values, int seed)
    {
        var random = new Random(seed);
        foreach (ref float value in values) value = (float)((random.NextDouble() * 3) - 1);
    }

    public static float[] Some(int count, int seed)
    {
        var values = new float[count];
        Fill(values, seed);
        return values;
    }

    public static Matrix SomeMatrix(int rows, int columns, int seed) => Matrix.FromRows(rows, columns, Some(rows * columns, seed));

    /// <summary>Pixels of which most are zero: [count].</summary>
    public static byte[] Pixels(int count, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count];
        foreach (ref byte pixel in pixels.AsSpan())
            if (random.Next(5) == 0) pixel = (byte)random.Next(1, 256);
        return pixels;
    }

    /// <summary>Fills what lies behind each row, to show that a kernel does not look there.</summary>
    public static void FillPadding(Matrix matrix, float value)
    {
        for (int row = 0; row < matrix.Rows; row++)
            matrix.Padded.Slice((row * matrix.Stride) + matrix.Columns, matrix.Stride - matrix.Columns).Fill(value);
    }

    /// <summary>The padding of every row is zero, as kernels promise.</summary>
    public static void PaddingMustBeZero(Matrix matrix, string what)
    {
        for (int row = 0; row < matrix.Rows; row++)
            foreach (float value in matrix.Padded.Slice((row * matrix.Stride) + matrix.Columns, matrix.Stride - matrix.Columns))
                Assert.True(value == 0, $"{what}: the padding of row {row} holds {value}");
    }
}
