using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

/// <summary>The products of a dense layer, against their references, at the network's sizes and at odd ones.</summary>
public class MatrixKernelTests
{
    private static readonly (int Batch, int Inputs, int Outputs)[] Shapes =
    [
        (32, 784, 128), (32, 128, 64), (32, 64, 10), (1, 784, 128), (7, 65, 33), (1, 1, 1), (2, 3, 5), (3, 17, 16), (4, 16, 17),
        (5, 100, 31), (8, 9, 32), (9, 33, 48), (13, 64, 100), (33, 130, 129), (65, 20, 10), (70, 5, 1), (0, 4, 4),
    ];

    private static readonly bool[] NoYes = [false, true];

    public static TheoryData<VectorWidth> AllWidths => Widths.All;

    [Theory, MemberData(nameof(AllWidths))]
    public void Skipping_zeros_changes_no_bit_of_a_product(VectorWidth width) => ForEachShape(width, (batch, inputs, outputs) =>
    {
        byte[] pixels = Values.Pixels(batch * inputs, 1);
        var floats = new float[pixels.Length];
        BytesToFloats.Compute(pixels, floats);
        Matrix x = Matrix.FromRows(batch, inputs, floats), w = Values.SomeMatrix(inputs, outputs, 2), b = Values.SomeMatrix(1, outputs, 3);
        Matrix expected = new(batch, outputs), actual = new(batch, outputs);
        DenseForward.Compute(width, x, w, b, expected, relu: true);
        Sparse<ReluEpilogue>(width, DenseForward.Product(x, w, b, actual), pixels, inputs, byColumn: false);
        Assert.Equal(expected.ToArray(), actual.ToArray());

        Matrix dZ = Values.SomeMatrix(batch, outputs, 4), dense = w.Clone(), skipped = w.Clone();
        DenseWeightGradient.Product(x, dZ, dense).Compute<NoEpilogue>(width);
        Sparse<NoEpilogue>(width, DenseWeightGradient.Product(x, dZ, skipped), pixels, inputs, byColumn: true);
        Assert.Equal(dense.ToArray(), skipped.ToArray());
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Softmax_loss_and_gradient_together(VectorWidth width) => ForEachShape(width, (batch, _, classes) =>
    {
        Matrix logits = Values.SomeMatrix(batch, classes, 1), expected = new(batch, classes), actual = new(batch, classes);
        byte[] labels = [.. Enumerable.Range(0, batch).Select(i => (byte)(i * 7 % classes))];
        double loss = CrossEntropy.LossAndGradientReference(logits, labels, 0.25f, expected);
        Assert.Equal(loss, CrossEntropy.LossAndGradient(width, logits, labels, 0.25f, actual), 1e-5 * Math.Max(1, loss));
        Values.MustAgree(expected, actual, 1, $"softmax gradient {batch} × {classes}");
        Values.PaddingMustBeZero(actual, "softmax gradient");
        Values.PaddingMustBeZero(logits, "logits");
    });

    private static void ForEachShape(VectorWidth width, Action<int, int, int> check)
    {
        Widths.Require(width);
        foreach ((int batch, int inputs, int outputs) in Shapes) check(batch, inputs, outputs);
    }

    /// <summary>The product that walks the lit pixels [rows, columns], by rows or by columns.</summary>
    private static unsafe void Sparse<TEpilogue>(VectorWidth width, MatrixProduct product, byte[] pixels, int columns, bool byColumn)
        where TEpilogue : IEpilogue
    {
        int rows = pixels.Length / columns, words = BitMatrix.Words(columns), columnWords = BitMatrix.Words(rows);
        var byRow = new ulong[(rows * words) + 1];
        var transposed = new ulong[(words * 64 * columnWords) + 1];
        fixed (byte* bytes = new ReadOnlySpan<byte>([.. pixels, 0]))
        fixed (ulong* source = byRow, target = transposed)
        {
            for (int row = 0; row < rows; row++) BitMatrix.FromBytes(bytes + (row * columns), columns, source + (row * words));
            BitMatrix.Transpose(source, rows, words, target);
            int used = byColumn ? columnWords : words;
            new SparseProduct { Product = product, Masks = byColumn ? target : source, MaskRow = used, Words = used }.Compute<TEpilogue>(width);
        }
    }
}
