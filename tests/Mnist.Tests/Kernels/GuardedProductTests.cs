using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

/// <summary>
/// The matrix kernels' inner loops between pages that may not be touched, over a grid of odd sizes. What they compute
/// is held against double precision elsewhere; here every bit must be that of the same product in plain memory.
/// </summary>
public sealed unsafe class GuardedProductTests : IDisposable
{
    private const int MostFloats = 200_000;
    private readonly GuardedMemory<float> a = new(MostFloats), b = new(MostFloats), c = new(MostFloats), initial = new(MostFloats), gate = new(MostFloats);

    public static TheoryData<VectorWidth> AllWidths => Widths.All;

    public void Dispose()
    {
        foreach (GuardedMemory<float> memory in new[] { a, b, c, initial, gate }) memory.Dispose();
    }

    [Theory, MemberData(nameof(AllWidths))]
    public void Forward(VectorWidth width) => OddSizes.ForEach(width, (batch, inputs, outputs) =>
    {
        Matrix x = Values.SomeMatrix(batch, inputs, 1), w = Values.SomeMatrix(inputs, outputs, 2), bias = Values.SomeMatrix(1, outputs, 3), z = new(batch, outputs);
        DenseForward.Compute(width, x, w, bias, z, relu: true);
        ForEachPlace(place => MustGive<ReluEpilogue>(width, z, new()
        {
            Rows = batch,
            Columns = w.Stride,
            Depth = inputs,
            A = Put(a, x.ToArray(), place),
            ARow = inputs,
            ADepth = 1,
            B = Put(b, w.Padded, place),
            BRow = w.Stride,
            C = Put(c, z.Padded, place, clear: true),
            CRow = z.Stride,
            InitialC = Put(initial, bias.Padded, place),
            InitialCRow = 0,
        }));
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Weight_gradient_reads_by_columns_and_adds(VectorWidth width) => OddSizes.ForEach(width, (batch, inputs, outputs) =>
    {
        Matrix x = Values.SomeMatrix(batch, inputs, 1), dZ = Values.SomeMatrix(batch, outputs, 2), dW = Values.SomeMatrix(inputs, outputs, 3);
        float[] before = dW.Padded.ToArray();
        DenseWeightGradient.Compute(width, x, dZ, dW, new Matrix(1, outputs), add: true);
        ForEachPlace(place =>
        {
            float* target = Put(c, before, place);
            MustGive<NoEpilogue>(width, dW, new()
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
            });
        });
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Input_gradient_looks_through_a_gate(VectorWidth width) => OddSizes.ForEach(width, (batch, outputs, inputs) =>
    {
        Matrix dZ = Values.SomeMatrix(batch, outputs, 1), w = Values.SomeMatrix(inputs, outputs, 2), open = Values.SomeMatrix(batch, inputs, 3);
        Matrix transposed = new(outputs, inputs), dX = new(batch, inputs);
        Transpose.Reference(w, transposed);
        DenseInputGradient.Compute(width, dZ, w, open, dX);
        ForEachPlace(place => MustGive<ReluMaskEpilogue>(width, dX, new()
        {
            Rows = batch,
            Columns = transposed.Stride,
            Depth = outputs,
            A = Put(a, dZ.ToArray(), place),
            ARow = outputs,
            ADepth = 1,
            B = Put(b, transposed.Padded, place),
            BRow = transposed.Stride,
            C = Put(c, dX.Padded, place, clear: true),
            CRow = dX.Stride,
            InitialC = Put(initial, new float[transposed.Stride], place),
            InitialCRow = 0,
            Gate = Put(gate, open.Padded, place),
            GateRow = open.Stride,
        }));
    });

    [Fact]
    public void Transpose_of_every_shape()
    {
        int[] sizes = [0, 1, 2, 7, 8, 9, 13, 16, 17, 31, 37, 61, 64, 67, 127, 131];
        foreach ((int rows, int columns) in from rows in sizes from columns in sizes select (rows, columns))
        {
            float[] values = Values.Some(rows * columns, 1), expected = new float[rows * columns];
            for (int i = 0; i < values.Length; i++) expected[(i % columns * rows) + (i / columns)] = values[i];
            ForEachPlace(place =>
            {
                float* target = Put(c, expected, place, clear: true);
                Transpose.Compute(Put(a, values, place), columns, rows, columns, target, rows);
                Roundings.MustBeSameBits(expected, new(target, expected.Length), $"transpose of [{rows}, {columns}]");
                c.MustBeUntouchedBeside($"transpose of [{rows}, {columns}]");
            });

            Matrix source = Matrix.FromRows(rows, columns, values), defined = new(columns, rows), actual = new(columns, rows);
            Transpose.Reference(source, defined);
            Transpose.Compute(source, actual);
            Roundings.MustBeSameBits(expected, defined.ToArray(), $"transpose's definition of [{rows}, {columns}]");
            Roundings.MustBeSameBits(expected, actual.ToArray(), $"transpose of a matrix [{rows}, {columns}]");
            Values.PaddingMustBeZero(actual, "transpose");
        }
    }

    private void MustGive<TEpilogue>(VectorWidth width, Matrix expected, MatrixProduct product)
        where TEpilogue : IEpilogue
    {
        string what = $"[{product.Rows}, {product.Depth}] · [{product.Depth}, {expected.Columns}]";
        product.Compute<TEpilogue>(width);
        Roundings.MustBeSameBits(expected.Padded, new(product.C, expected.Padded.Length), what);
        foreach (GuardedMemory<float> memory in new[] { a, b, c, initial, gate }) memory.MustBeUntouchedBeside(what);
    }

    private static void ForEachPlace(Action<Place> check)
    {
        foreach (Place place in Enum.GetValues<Place>()) check(place);
    }

    /// <summary>Values (or as many zeros) between the guarding pages.</summary>
    private static float* Put(GuardedMemory<float> memory, ReadOnlySpan<float> values, Place place, bool clear = false)
    {
        Span<float> span = memory.Take(values.Length, place);
        if (clear) span.Clear();
        else values.CopyTo(span);
        fixed (float* first = span) return first; // outside the collector's heap: nothing moves it
    }
}
