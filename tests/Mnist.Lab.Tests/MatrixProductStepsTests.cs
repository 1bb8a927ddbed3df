using Mnist.Kernels;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>The teaching versions of the matrix product, against sums in double precision.</summary>
public sealed class MatrixProductStepsTests
{
    private delegate void Product(Matrix inputs, Matrix weights, Matrix outputs);

    private static readonly Dictionary<string, (Product Compute, int Rows, int Columns)> Steps = new()
    {
        ["naive"] = (MatrixProductSteps.Naive, 1, 1),
        ["along rows"] = (MatrixProductSteps.AlongRows, 1, 1),
        ["lanes"] = (MatrixProductSteps.Lanes, 1, 1),
        ["1 × 1"] = (MatrixProductSteps.Tile1x1, 1, 1),
        ["1 × 8"] = (MatrixProductSteps.Tile1x8, 1, 128),
        ["2 × 2"] = (MatrixProductSteps.Tile2x2, 2, 32),
        ["4 × 4"] = (MatrixProductSteps.Tile4x4, 4, 64),
        ["8 × 2"] = (MatrixProductSteps.Tile8x2, 8, 32),
        ["8 × 4"] = (MatrixProductSteps.Tile8x4, 8, 64),
        ["TensorPrimitives.Dot"] = ((x, w, z) => MatrixProductPeers.Dot(x, Transposed(w), z), 1, 1),
        ["TensorPrimitives.MultiplyAdd"] = (MatrixProductPeers.MultiplyAdd, 1, 1),
    };

    public static TheoryData<string> Names => [.. Steps.Keys];

    public static TheoryData<string> Tiles => [.. Steps.Where(step => step.Value.Columns > 1).Select(step => step.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_step_computes_the_product(string name)
    {
        (int Rows, int Depth, int Columns)[] shapes = [(32, 784, 128), (8, 1, 128), (16, 17, 256)];
        foreach (var (rows, depth, columns) in shapes) MustAgree(name, rows, depth, columns);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Odd_sizes_are_right_or_refused_before_anything_is_written(string name)
    {
        (_, int tileRows, int tileColumns) = Steps[name];
        for (int rows = 1; rows <= 9; rows += 2)
        {
            foreach (int columns in (int[])[1, 10, 31, 48, 65, 127])
            {
                int padded = (columns + 15) / 16 * 16;
                if (rows % tileRows == 0 && padded % tileColumns == 0) MustAgree(name, rows, 5, columns);
                else MustRefuse(name, rows, columns);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shapes_that_do_not_fit_are_refused(string name)
    {
        Product compute = Steps[name].Compute;
        Assert.Throws<ArgumentException>(() => compute(new Matrix(8, 4), new Matrix(5, 128), new Matrix(8, 128)));
        Assert.Throws<ArgumentException>(() => compute(new Matrix(8, 4), new Matrix(4, 128), new Matrix(16, 128)));
        Assert.Throws<ArgumentException>(() => compute(new Matrix(8, 4), new Matrix(4, 128), new Matrix(8, 256)));
    }

    [Theory]
    [MemberData(nameof(Tiles))]
    public void A_tile_is_called_by_its_shape(string name)
    {
        (_, int rows, int columns) = Steps[name];
        Assert.Equal(name, new Tile(rows, columns / Matrix.Lanes).ToString());
    }

    [Fact]
    public void A_tile_counts_its_loads_and_registers()
    {
        Tile[] tiles = [new(1, 1), new(1, 8), new(2, 2), new(4, 4), new(8, 2), new(8, 4)];

        Assert.Equal([2, 1.125, 1, 0.5, 0.625, 0.375], tiles.Select(tile => tile.LoadsPerMultiplyAdd));
        Assert.Equal([3, 17, 7, 21, 19, 37], tiles.Select(tile => tile.NeededRegisters));
        Assert.Equal([true, true, true, true, true, false], tiles.Select(tile => tile.Fits));
        Assert.Equal((16, 10), (tiles[4].MultiplyAdds, tiles[4].Loads));
    }

    [Fact]
    public void The_picture_of_a_tile_has_a_box_for_each_register_and_marks_what_does_not_fit()
    {
        string Picture(int rows, int registers) => new Tile(rows, registers).Picture.ToSvg();

        Assert.Contains(">zmm17</text>", Picture(8, 2), StringComparison.Ordinal);
        Assert.DoesNotContain(">zmm18</text>", Picture(8, 2), StringComparison.Ordinal);
        Assert.DoesNotContain("✗", Picture(8, 2), StringComparison.Ordinal);
        Assert.Equal(5, Picture(8, 4).Split(">✗</text>").Length - 1); // 37 registers, 32 there, one of them for the input
        Assert.Contains("10 loads (dashed), 16 multiply-adds: 0.625 loads for each.", new Tile(8, 2).Picture.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_steps_of_a_small_product_show_every_sum_and_end_with_the_product()
    {
        Matrix x = Matrix.FromRows(2, 3, [1, 2, 0, 3, -1, 2]), w = Matrix.FromRows(3, 4, [1, 0, 2, -1, 4, 1, 0, 2, -2, 3, 1, 5]);
        Diagram diagram = Show.ProductSteps(x, w);

        Assert.Contains("after step 0 z is 1 0 2 −1, 3 0 6 −3;", diagram.Description, StringComparison.Ordinal);
        Assert.Contains("after step 2 z is 9 2 2 3, −5 5 8 5.", diagram.Description, StringComparison.Ordinal);
        Assert.Equal(3 * (2 + 4 + 8), diagram.ToHtml().Split("<rect").Length - 1);
        Assert.Throws<ArgumentException>(() => Show.ProductSteps(x, x));
        Assert.Throws<ArgumentException>(() => Show.ProductSteps(new Matrix(40, 3), w));
    }

    [Fact]
    public void A_step_is_profiled_whole_and_the_network_stays_as_it_is()
    {
        Network network = Samples.Noise();
        float[] before = network.Layers[0].Weights.ToArray();
        StepProfile dense = StepProfile.Measure(network, Samples.Images, new TrainingOptions { BatchSize = 8, Zeros = Zeros.Dense, Threads = 1 });
        StepProfile skipping = StepProfile.Measure(network, Samples.Images, new TrainingOptions { BatchSize = 8, Zeros = Zeros.Skip, Threads = 1 });

        Assert.Equal(["load the pixels", "forward 1", "forward 2, 3", "softmax, loss", "transposes", "input gradients", "update 1", "update 2, 3", "waiting"], dense.Phases.Select(phase => phase.Name));
        Assert.Equal(2.0 * 8 * ((784 * 128 * 2) + (128 * 64 * 3) + (64 * 10 * 3)), dense.Phases.Sum(phase => phase.Operations));
        Assert.All(dense.Phases, phase => Assert.True(phase.Seconds > 0, phase.Name));
        double lit = Enumerable.Range(0, Samples.Images.Count).Average(image => Samples.Images.Image(image).ToArray().Count(pixel => pixel > 0) / 784.0);
        Assert.Equal(lit, skipping.Phases[1].Operations / dense.Phases[1].Operations, 1e-12);
        Assert.Equal(dense.Phases[2].Operations, skipping.Phases[2].Operations);
        Assert.Equal(before, network.Layers[0].Weights.ToArray());
    }

    [Fact]
    public void A_profile_skips_zeros_where_training_does()
    {
        byte[] grey = [.. Enumerable.Repeat((byte)99, 8 * 784)];
        grey.AsSpan(0, 784).Clear(); // an eighth of the pixels is 0
        StepProfile profile = StepProfile.Measure(Samples.Noise(), new ImageSet(28, 28, grey, new byte[8]), new TrainingOptions { BatchSize = 8, Zeros = Zeros.Auto, Threads = 1 });
        Assert.Equal(2.0 * 8 * 784 * 128, profile.Phases[1].Operations);
    }

    private static void MustAgree(string name, int rows, int depth, int columns)
    {
        Matrix inputs = Random(rows, depth, 3), weights = Random(depth, columns, 4), outputs = Random(rows, columns, 5);
        Steps[name].Compute(inputs, weights, outputs);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double sum = 0, size = 0;
                for (int k = 0; k < depth; k++)
                {
                    double term = (double)inputs[row, k] * weights[k, column];
                    (sum, size) = (sum + term, size + Math.Abs(term));
                }
                Assert.True(Math.Abs(sum - outputs[row, column]) <= 1e-6 * (size + 1), $"{name} of [{rows}, {depth}] · [{depth}, {columns}]: [{row}, {column}] is {outputs[row, column]}, not {sum}");
            }
        }
        for (int row = 0; row < rows; row++) Assert.True(outputs.Padded.Slice((row * outputs.Stride) + columns, outputs.Stride - columns).IndexOfAnyExcept(0f) < 0, $"{name}: the padding of row {row} is no longer 0");
    }

    private static void MustRefuse(string name, int rows, int columns)
    {
        Matrix outputs = Random(rows, columns, 5);
        float[] before = outputs.ToArray();
        ArgumentException error = Assert.Throws<ArgumentException>(() => Steps[name].Compute(Random(rows, 5, 3), Random(5, columns, 4), outputs));
        Assert.Contains($"not [{rows}, {columns}]", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, outputs.ToArray());
    }

    private static Matrix Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return Matrix.FromRows(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => (float)((random.NextDouble() * 3) - 1))]);
    }

    private static Matrix Transposed(Matrix matrix)
    {
        var transposed = new Matrix(matrix.Columns, matrix.Rows);
        Transpose.Compute(matrix, transposed);
        return transposed;
    }
}
