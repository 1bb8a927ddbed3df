using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

/// <summary>
/// NaN, ±∞, ±0, subnormals and values whose products overflow or underflow, through every matrix kernel. Each value is
/// one chain of multiply-adds in a documented order, so its bits are known, the same for every width: nothing is skipped
/// (0 × ∞ is NaN), nothing is flushed to zero, and no special value reaches a row or column that is not its own.
/// </summary>
public class SpecialProductTests
{
    private static readonly (int Batch, int Inputs, int Outputs)[] Shapes = [(1, 1, 1), (3, 5, 17), (9, 5, 33), (13, 3, 10)];

    private static readonly bool[] NoYes = [false, true];

    public static TheoryData<VectorWidth> AllWidths => Widths.All;

    [Theory, MemberData(nameof(AllWidths))]
    public void Forward(VectorWidth width) => ForEachSpecial(width, (batch, inputs, outputs, insert) =>
    {
        Matrix x = Values.SomeMatrix(batch, inputs, 1), w = Values.SomeMatrix(inputs, outputs, 2), b = Values.SomeMatrix(1, outputs, 3);
        string what = insert(x, w, b);
        foreach (bool relu in NoYes)
        {
            Matrix actual = new(batch, outputs);
            DenseForward.Compute(width, x, w, b, actual, relu);
            MustBeChains(actual, inputs, (_, column) => b[0, column], (row, i) => x[row, i], (i, column) => w[i, column], (_, _, sum) => relu && sum <= 0 ? 0 : sum, $"forward, ReLU {relu}, {what}");
        }
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Weight_gradient(VectorWidth width) => ForEachSpecial(width, (batch, inputs, outputs, insert) =>
    {
        Matrix x = Values.SomeMatrix(batch, inputs, 1), dZ = Values.SomeMatrix(batch, outputs, 2), before = Values.SomeMatrix(inputs, outputs, 3);
        string what = insert(x, dZ, before);
        Matrix dW = before.Clone(), dBias = new(1, outputs);
        DenseWeightGradient.Compute(width, x, dZ, dW, dBias, add: true);
        MustBeChains(dW, batch, (i, column) => before[i, column], (i, row) => x[row, i], (row, column) => dZ[row, column], (_, _, sum) => sum, $"dW, {what}");
        MustBeChains(dBias, batch, (_, _) => 0, (_, _) => 1, (row, column) => dZ[row, column], (_, _, sum) => sum, $"db, {what}");

        DenseWeightGradient.Compute(width, x, dZ, dW, dBias, add: false);
        MustBeChains(dW, batch, (_, _) => 0, (i, row) => x[row, i], (row, column) => dZ[row, column], (_, _, sum) => sum, $"dW overwriting NaN, {what}");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Input_gradient_is_zero_behind_a_closed_relu_whatever_came_back(VectorWidth width) => ForEachSpecial(width, (batch, inputs, outputs, insert) =>
    {
        Matrix dZ = Values.SomeMatrix(batch, outputs, 1), w = Values.SomeMatrix(inputs, outputs, 2), gate = Values.SomeMatrix(batch, inputs, 3), dX = new(batch, inputs);
        string what = insert(dZ, w, gate);
        DenseInputGradient.Compute(width, dZ, w, gate, dX);
        MustBeChains(dX, outputs, (_, _) => 0, (row, column) => dZ[row, column], (column, i) => w[i, column], (row, i, sum) => gate[row, i] > 0 ? sum : 0, $"dX, {what}");
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Outer_product_and_vector_times_matrix(VectorWidth width) => ForEachSpecial(width, (rows, _, columns, insert) =>
    {
        Matrix left = Values.SomeMatrix(1, rows, 1), right = Values.SomeMatrix(1, columns, 2), matrix = Values.SomeMatrix(rows, columns, 3);
        string what = insert(left, right, matrix);
        Matrix sum = matrix.Clone(), product = new(1, columns);
        OuterProduct.Add(width, left.Row(0), right.Row(0), sum);
        MustBeChains(sum, 1, (row, column) => matrix[row, column], (row, _) => left[0, row], (_, column) => right[0, column], (_, _, value) => value, $"outer product, {what}");

        VectorMatrix.Compute(width, left.Row(0), matrix, product.Row(0));
        MustBeChains(product, rows, (_, _) => 0, (_, row) => left[0, row], (row, column) => matrix[row, column], (_, _, value) => value, $"vector × matrix, {what}");
    });

    [Fact]
    public void Transpose_moves_every_bit()
    {
        // Among them a NaN that signals and one with a payload: values are moved, never computed with.
        int[] bits = [0x7F80_0001, unchecked((int)0xFFC1_2345), 0x7F80_0000, unchecked((int)0x8000_0000), 1, 0x007F_FFFF, 0x7F7F_FFFF];
        foreach ((int rows, int columns) in new[] { (1, 1), (8, 8), (9, 17), (16, 24), (13, 40) })
        {
            Matrix source = new(rows, columns), target = new(columns, rows);
            for (int i = 0; i < rows * columns; i++) source[i / columns, i % columns] = BitConverter.Int32BitsToSingle(bits[i % bits.Length] ^ (i << 8 & 0x3F_0000));
            Transpose.Compute(source, target);
            for (int i = 0; i < rows * columns; i++)
                Assert.Equal(BitConverter.SingleToInt32Bits(source[i / columns, i % columns]), BitConverter.SingleToInt32Bits(target[i % columns, i / columns]));
        }
    }

    [Theory, MemberData(nameof(AllWidths))]
    public void Padding_that_an_infinite_input_spoilt_is_zero_again_after_a_finite_one(VectorWidth width)
    {
        Widths.Require(width);
        Matrix x = Values.SomeMatrix(9, 5, 1), w = Values.SomeMatrix(5, 17, 2), b = Values.SomeMatrix(1, 17, 3), z = new(9, 17);
        x[4, 2] = float.PositiveInfinity;
        DenseForward.Compute(width, x, w, b, z, relu: false);
        Assert.True(float.IsNaN(z.Padded[(4 * z.Stride) + 20])); // ∞ × the padding's 0
        x[4, 2] = 1;
        DenseForward.Compute(width, x, w, b, z, relu: false);
        Values.PaddingMustBeZero(z, "after a finite input");
    }

    /// <summary>Each value is: initial, then multiply-adds in ascending order of depth, then the epilogue.</summary>
    private static void MustBeChains(Matrix actual, int depth, Func<int, int, float> initial, Func<int, int, float> left, Func<int, int, float> right, Func<int, int, float, float> epilogue, string what)
    {
        var expected = new Matrix(actual.Rows, actual.Columns);
        for (int row = 0; row < actual.Rows; row++)
        {
            for (int column = 0; column < actual.Columns; column++)
            {
                float sum = initial(row, column);
                for (int k = 0; k < depth; k++) sum = Roundings.MultiplyAdd(left(row, k), right(k, column), sum);
                expected[row, column] = epilogue(row, column, sum);
            }
        }
        Roundings.MustBeSameBits(expected.ToArray(), actual.ToArray(), what);
    }

    /// <summary>Puts each special value at the first, a middle and the last place of each of three operands in turn.</summary>
    private static void ForEachSpecial(VectorWidth width, Action<int, int, int, Func<Matrix, Matrix, Matrix, string>> check)
    {
        Widths.Require(width);
        foreach ((int batch, int inputs, int outputs) in Shapes)
        {
            foreach (float special in SpecialValueTests.Specials)
            {
                for (int where = 0; where < 9; where++)
                {
                    int at = where;
                    check(batch, inputs, outputs, (first, second, third) =>
                    {
                        Matrix operand = new[] { first, second, third }[at / 3];
                        int place = ((operand.Rows * operand.Columns) - 1) * (at % 3) / 2;
                        operand[place / operand.Columns, place % operand.Columns] = special;
                        return $"[{batch}, {inputs}, {outputs}], {special:G9} at element {place} of operand {at / 3}";
                    });
                }
            }
        }
    }
}
