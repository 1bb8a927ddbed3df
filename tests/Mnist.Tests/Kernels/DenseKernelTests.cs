using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

/// <summary>
/// The products of a dense layer against double precision, over a grid of odd sizes (primes around 1, 16, 32, 64 and
/// 128: every tile with every remainder) and at the network's own; padding of a result stays zero. So are the
/// definitions that lessons show.
/// </summary>
public class DenseKernelTests
{
    private static readonly bool[] NoYes = [false, true];

    public static TheoryData<VectorWidth> AllWidths => Widths.All;

    [Theory, MemberData(nameof(AllWidths))]
    public void Forward_with_and_without_relu(VectorWidth width) => OddSizes.ForEach(width, (batch, inputs, outputs) =>
    {
        Matrix x = Values.SomeMatrix(batch, inputs, 1), w = Values.SomeMatrix(inputs, outputs, 2), b = Values.SomeMatrix(1, outputs, 3);
        var exact = new Exact(batch, outputs, inputs, (_, column) => b[0, column], (row, i) => x[row, i], (i, column) => w[i, column]);
        Values.FillPadding(x, 1e9f);
        foreach (bool relu in NoYes)
        {
            foreach (Matrix actual in Twice(new Matrix(batch, outputs), z => DenseForward.Reference(x, w, b, z, relu), z => DenseForward.Compute(width, x, w, b, z, relu)))
                exact.MustAgree(actual, $"forward, ReLU {relu}", (_, _, sum) => relu ? Math.Max(sum, 0) : sum);
        }
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Weight_gradient_overwriting_and_adding(VectorWidth width) => OddSizes.ForEach(width, (batch, inputs, outputs) =>
    {
        Matrix x = Values.SomeMatrix(batch, inputs, 1), dZ = Values.SomeMatrix(batch, outputs, 2);
        Matrix before = Values.SomeMatrix(inputs, outputs, 3), bias = Values.SomeMatrix(1, outputs, 4);
        Values.FillPadding(x, 1e9f);
        foreach (bool add in NoYes)
        {
            var exact = new Exact(inputs, outputs, batch, (i, column) => add ? before[i, column] : 0, (i, row) => x[row, i], (row, column) => dZ[row, column]);
            var exactBias = new Exact(1, outputs, batch, (_, column) => add ? bias[0, column] : 0, (_, _) => 1, (row, column) => dZ[row, column]);
            var dBias = new Queue<Matrix>([bias.Clone(), bias.Clone()]);
            Matrix[] biases = [.. dBias];
            foreach (Matrix actual in Twice(before, dW => DenseWeightGradient.Reference(x, dZ, dW, dBias.Dequeue(), add), dW => DenseWeightGradient.Compute(width, x, dZ, dW, dBias.Dequeue(), add)))
                exact.MustAgree(actual, $"dW, add {add}");
            foreach (Matrix actual in biases)
            {
                exactBias.MustAgree(actual, $"db, add {add}");
                Values.PaddingMustBeZero(actual, "db");
            }
        }
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Input_gradient_where_the_relu_was_open(VectorWidth width) => OddSizes.ForEach(width, (batch, inputs, outputs) =>
    {
        Matrix dZ = Values.SomeMatrix(batch, outputs, 1), w = Values.SomeMatrix(inputs, outputs, 2), gate = Values.SomeMatrix(batch, inputs, 3);
        for (int row = 0; row < batch; row++) gate[row, row % inputs] = 0; // at the kink, too, nothing comes through
        var exact = new Exact(batch, inputs, outputs, (_, _) => 0, (row, column) => dZ[row, column], (column, i) => w[i, column]);
        Values.FillPadding(dZ, 1e9f);
        foreach (Matrix actual in Twice(new Matrix(batch, inputs), dX => DenseInputGradient.Reference(dZ, w, gate, dX), dX => DenseInputGradient.Compute(width, dZ, w, gate, dX)))
        {
            exact.MustAgree(actual, "dX", (row, i, sum) => gate[row, i] > 0 ? sum : 0);
            for (int row = 0; row < batch; row++) Assert.Equal(0, actual[row, row % inputs]);
        }
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Outer_product(VectorWidth width) => OddSizes.ForEach(width, (rows, columns) =>
    {
        using GuardedMemory<float> leftMemory = new(rows), rightMemory = new(columns);
        Matrix before = Values.SomeMatrix(rows, columns, 3);
        foreach (Place place in Enum.GetValues<Place>())
        {
            Span<float> left = leftMemory.Take(rows, place), right = rightMemory.Take(columns, place);
            Values.Fill(left, 1);
            Values.Fill(right, 2);
            float[] lefts = left.ToArray(), rights = right.ToArray();
            Matrix defined = before.Clone(), actual = before.Clone();
            OuterProduct.AddReference(left, right, defined);
            OuterProduct.Add(width, left, right, actual);
            var exact = new Exact(rows, columns, 1, (row, column) => before[row, column], (row, _) => lefts[row], (_, column) => rights[column]);
            exact.MustAgree(defined, "outer product's definition");
            exact.MustAgree(actual, "outer product");
            Values.PaddingMustBeZero(actual, "outer product");
        }
    });

    [Theory, MemberData(nameof(AllWidths))]
    public void Vector_times_matrix(VectorWidth width) => OddSizes.ForEach(width, (rows, columns) =>
    {
        using GuardedMemory<float> vectorMemory = new(rows), resultMemory = new(columns);
        Matrix matrix = Values.SomeMatrix(rows, columns, 1);
        foreach (Place place in Enum.GetValues<Place>())
        {
            Span<float> vector = vectorMemory.Take(rows, place), result = resultMemory.Take(columns, place);
            Values.Fill(vector, 2);
            float[] factors = vector.ToArray(), defined = new float[columns];
            VectorMatrix.Reference(vector, matrix, defined);
            VectorMatrix.Compute(width, vector, matrix, result);
            var exact = new Exact(1, columns, rows, (_, _) => 0, (_, row) => factors[row], (row, column) => matrix[row, column]);
            exact.MustAgree(Matrix.FromRows(1, columns, defined), "vector times matrix, the definition");
            exact.MustAgree(Matrix.FromRows(1, columns, result), "vector times matrix");
            resultMemory.MustBeUntouchedBeside($"vector times matrix [{rows}, {columns}]");
        }
    });

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Matrix x = new(2, 3), w = new(3, 4), b = new(1, 4), z = new(2, 4);
        Assert.Throws<ArgumentException>(() => DenseForward.Compute(x, new Matrix(4, 4), b, z, relu: false));
        Assert.Throws<ArgumentException>(() => DenseForward.Compute(x, w, new Matrix(1, 3), z, relu: false));
        Assert.Throws<ArgumentException>(() => DenseForward.Compute(x, w, b, new Matrix(3, 4), relu: false));
        Assert.Throws<ArgumentException>(() => DenseWeightGradient.Compute(x, new Matrix(3, 4), w, b));
        Assert.Throws<ArgumentException>(() => DenseWeightGradient.Compute(x, z, new Matrix(4, 3), b));
        Assert.Throws<ArgumentException>(() => DenseWeightGradient.Compute(x, z, w, new Matrix(2, 4)));
        Assert.Throws<ArgumentException>(() => DenseInputGradient.Compute(z, w, new Matrix(2, 2), x));
        Assert.Throws<ArgumentException>(() => DenseInputGradient.Compute(z, new Matrix(3, 3), x, x));
        Assert.Throws<ArgumentException>(() => DenseInputGradient.Compute(z, w, x, new Matrix(3, 3)));
        Assert.Throws<ArgumentException>(() => Transpose.Compute(w, new Matrix(3, 4)));
        Assert.Throws<ArgumentException>(() => OuterProduct.Add(new float[2], new float[3], new Matrix(3, 2)));
        Assert.Throws<ArgumentException>(() => VectorMatrix.Compute(new float[2], new Matrix(2, 3), new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossEntropy.LossAndGradient(z, [0, 4], 1, new Matrix(2, 4)));
    }

    /// <summary>A copy of the target for each of two ways to compute it; the padding is looked at, too.</summary>
    private static Matrix[] Twice(Matrix target, params Action<Matrix>[] ways) => Array.ConvertAll(ways, way =>
    {
        Matrix copy = target.Clone();
        way(copy);
        Values.PaddingMustBeZero(copy, "result");
        return copy;
    });
}
