using Xunit;

namespace Mnist.Tests;

/// <summary>Seeded, asymmetric test values, and comparisons scaled by what was added up.</summary>
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

    /// <summary>
    /// Each value within a few roundings of the expected one: <paramref name="terms"/> terms of size up to 4 were added.
    /// </summary>
    public static void MustAgree(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int terms, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double tolerance = 4 * Math.Sqrt(terms + 1) * 1.2e-7 * 4;
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]))))
                Assert.Fail($"{what}: element {i} of {expected.Length} is {actual[i]:G9}, but the reference is {expected[i]:G9}");
        }
    }

    public static void MustAgree(Matrix expected, Matrix actual, int terms, string what) =>
        MustAgree(expected.ToArray(), actual.ToArray(), terms, what);

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
