using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

/// <summary>
/// The kernels of the zero-skipping step between pages that may not be touched, over a grid of odd sizes: to the bit
/// what the plain kernels give, which are held against double precision elsewhere.
/// </summary>
public sealed unsafe class GuardedSparseTests : IDisposable
{
    private const int Most = 4 * 131 * 784;
    private readonly GuardedMemory<float> a = new(Most), b = new(Most), c = new(Most), initial = new(Most);
    private readonly GuardedMemory<ulong> masks = new(Most / 16);
    private readonly GuardedMemory<byte> bytes = new(Most);

    public static TheoryData<VectorWidth> AllWidths => Widths.All;

    public void Dispose()
    {
        foreach (IDisposable memory in new IDisposable[] { a, b, c, initial, masks, bytes }) memory.Dispose();
    }

    [Theory, MemberData(nameof(AllWidths))]
    public void Sparse_product_forward(VectorWidth width) => OddSizes.ForEach(width, (batch, inputs, outputs) =>
    {
        (Matrix x, byte[] pixels) = SparseMatrix(batch, inputs);
        Matrix w = Values.SomeMatrix(inputs, outputs, 2), bias = Values.SomeMatrix(1, outputs, 3), z = new(batch, outputs);
        int words = BitMatrix.Words(inputs);
        DenseForward.Compute(width, x, w, bias, z, relu: true);
        foreach (Place place in Enum.GetValues<Place>())
        {
            MatrixProduct product = new()
            {
                Rows = batch,
                Columns = w.Stride,
                Depth = inputs,
                A = Put(a, x.ToArray(), place),
                ARow = inputs,
                ADepth = 1,
                B = Put(b, w.Padded, place),
                BRow = w.Stride,
                C = Put(c, new float[z.Padded.Length], place),
                CRow = z.Stride,
                InitialC = Put(initial, bias.Padded, place),
                InitialCRow = 0,
            };
            MustGive<ReluEpilogue>(width, z, new() { Product = product, Masks = Put(masks, BitsByRow(pixels, batch, inputs), place), MaskRow = words, Words = words });
        }
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Sparse_product_of_a_weight_gradient(VectorWidth width) => OddSizes.ForEach(width, (batch, inputs, outputs) =>
    {
        (Matrix x, byte[] pixels) = SparseMatrix(batch, inputs);
        Matrix dZ = Values.SomeMatrix(batch, outputs, 2), dW = Values.SomeMatrix(inputs, outputs, 3);
        float[] before = dW.Padded.ToArray();
        ulong[] byColumn = BitsByColumn(pixels, batch, inputs);
        int words = BitMatrix.Words(batch);
        DenseWeightGradient.Compute(width, x, dZ, dW, new Matrix(1, outputs), add: true);
        foreach (Place place in Enum.GetValues<Place>())
        {
            float* target = Put(c, before, place);
            MatrixProduct product = new()
            {
                Rows = inputs,
                Columns = dW.Stride,
                Depth = batch,
                A = Put(a, x.ToArray(), place),
                ARow = 1,
                ADepth = inputs,
                B = Put(b, dZ.Padded, place),
                BRow = dZ.Stride,
                C = target,
                CRow = dW.Stride,
                InitialC = target,
                InitialCRow = dW.Stride,
            };
            MustGive<NoEpilogue>(width, dW, new() { Product = product, Masks = Put<ulong>(masks, byColumn, place), MaskRow = words, Words = words });
        }
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Partial_sums_are_added_in_pairs_then_the_bias(VectorWidth width) => OddSizes.ForEach(width, (rows, columns) =>
    {
        Matrix parts = Values.SomeMatrix(4 * rows, columns, 1), bias = Values.SomeMatrix(1, columns, 2), expected = new(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                float sum = parts[row, column] + parts[rows + row, column] + (parts[(2 * rows) + row, column] + parts[(3 * rows) + row, column]) + bias[0, column];
                expected[row, column] = sum > 0 ? sum : 0;
            }
        }
        foreach (Place place in Enum.GetValues<Place>())
        {
            PartialSums sums = new()
            {
                First = Put(a, parts.Padded, place),
                Part = rows * parts.Stride,
                Row = parts.Stride,
                Bias = Put(b, bias.Padded, place),
                C = Put(c, new float[expected.Padded.Length], place),
                Columns = parts.Stride,
            };
            int first = rows / 3; // the rows are dealt out to threads
            sums.Compute<ReluEpilogue>(width, first, rows - first);
            sums.Compute<ReluEpilogue>(width, 0, first);
            Roundings.MustBeSameBits(expected.Padded, new(sums.C, expected.Padded.Length), $"partial sums [{rows}, {columns}]");
            MustBeUntouched("partial sums");
        }
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void An_image_read_in_parts_is_its_floats_and_bits(VectorWidth width)
    {
        Widths.Require(width);
        for (int count = 1; count <= 1100; count++)
        {
            byte[] pixels = Values.Pixels(count, count);
            float[] expected = new float[count];
            BytesToFloats.Reference(pixels, expected);
            ulong[] expectedBits = BitsByRow(pixels, 1, count);
            foreach (Place place in Enum.GetValues<Place>())
            {
                byte* image = Put<byte>(bytes, pixels, place);
                float* floats = Put(c, new float[count], place);
                ulong* bits = Put<ulong>(masks, new ulong[expectedBits.Length], place);
                ImageWords.Load(width, image, count, 0b0101, floats, ImageWords.Pixels, bits, 1);
                ImageWords.Load(width, image, count, 0b1010, floats, ImageWords.Pixels, bits, 1);
                Roundings.MustBeSameBits(expected, new(floats, count), $"floats of {count} pixels");
                Assert.True(expectedBits.AsSpan().SequenceEqual(new(bits, expectedBits.Length)), $"bits of {count} pixels");
                MustBeUntouched($"an image of {count}");
            }
        }
    }

    [Fact]
    public void The_parts_are_neighbours_that_make_up_the_image()
    {
        Assert.Equal([0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 3, 3], Enumerable.Range(0, 13).Select(word => ImageWords.PartOf(word, 13)));
        for (int words = 1; words <= 100; words++)
        {
            int[] parts = [.. Enumerable.Range(0, words).Select(word => ImageWords.PartOf(word, words))];
            Assert.Equal(parts.Order(), parts);
            Assert.All(parts, part => Assert.InRange(part, 0, ImageWords.Parts - 1));
        }
    }

    [Fact]
    public void Only_the_parts_asked_for_are_read()
    {
        byte[] pixels = [.. Enumerable.Repeat((byte)255, 10 * ImageWords.Pixels)];
        for (uint parts = 0; parts < 16; parts++)
        {
            float* floats = Put(c, new float[pixels.Length], Place.Odd);
            ImageWords.Load(Simd.Best, Put<byte>(bytes, pixels, Place.Odd), pixels.Length, parts, floats, ImageWords.Pixels, null, 0);
            for (int i = 0; i < pixels.Length; i++)
                Assert.Equal(parts >> ImageWords.PartOf(i / ImageWords.Pixels, 10) & 1, floats[i]);
        }
    }

    private void MustGive<TEpilogue>(VectorWidth width, Matrix expected, SparseProduct sparse)
        where TEpilogue : IEpilogue
    {
        MatrixProduct product = sparse.Product;
        string what = $"sparse [{product.Rows}, {product.Depth}] · [{product.Depth}, {expected.Columns}]";
        sparse.Compute<TEpilogue>(width);
        Roundings.MustBeSameBits(expected.Padded, new(product.C, expected.Padded.Length), what);
        MustBeUntouched(what);
    }

    private void MustBeUntouched(string what)
    {
        foreach (GuardedMemory<float> memory in new[] { a, b, c, initial }) memory.MustBeUntouchedBeside(what);
        masks.MustBeUntouchedBeside(what);
        bytes.MustBeUntouchedBeside(what);
    }

    private static (Matrix Floats, byte[] Pixels) SparseMatrix(int rows, int columns)
    {
        byte[] pixels = Values.Pixels(rows * columns, 1);
        var floats = new float[pixels.Length];
        BytesToFloats.Compute(pixels, floats);
        return (Matrix.FromRows(rows, columns, floats), pixels);
    }

    private static ulong[] BitsByRow(byte[] pixels, int rows, int columns)
    {
        var bits = new ulong[rows * BitMatrix.Words(columns)];
        for (int i = 0; i < pixels.Length; i++)
            if (pixels[i] != 0) bits[(i / columns * BitMatrix.Words(columns)) + (i % columns / 64)] |= 1UL << (i % columns);
        return bits;
    }

    private static ulong[] BitsByColumn(byte[] pixels, int rows, int columns)
    {
        var bits = new ulong[columns * BitMatrix.Words(rows)];
        for (int i = 0; i < pixels.Length; i++)
            if (pixels[i] != 0) bits[(i % columns * BitMatrix.Words(rows)) + (i / columns / 64)] |= 1UL << (i / columns);
        return bits;
    }

    private static T* Put<T>(GuardedMemory<T> memory, ReadOnlySpan<T> values, Place place)
        where T : unmanaged
    {
        Span<T> span = memory.Take(values.Length, place);
        values.CopyTo(span);
        fixed (T* first = span) return first; // outside the collector's heap: nothing moves it
    }
}
