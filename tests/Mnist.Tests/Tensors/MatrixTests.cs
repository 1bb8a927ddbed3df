using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Mnist.Tests;

public class MatrixTests
{
    [Property]
    public Property Rows_begin_at_64_bytes_and_are_whole_registers() => Prop.ForAll(
        Gen.Choose(0, 70).ToArbitrary(), Gen.Choose(0, 200).ToArbitrary(), (rows, columns) =>
        {
            var matrix = new Matrix(rows, columns);
            Assert.Equal(0, matrix.StartAddress % 64);
            Assert.Equal(0, matrix.Stride % 16);
            Assert.InRange(matrix.Stride - columns, 0, 15);
            Assert.Equal(rows * matrix.Stride, matrix.Padded.Length);
            Assert.DoesNotContain(matrix.Padded.ToArray(), value => value != 0);
        });

    [Fact]
    public void Elements_rows_and_copies()
    {
        Matrix matrix = Matrix.FromRows(2, 3, [1, 2, 3, 4, 5, 6]);
        Assert.Equal(6, matrix[1, 2]);
        matrix[0, 1] = 9;
        Assert.Equal([1, 9, 3], matrix.Row(0).ToArray());
        Matrix copy = matrix.Clone();
        matrix.Clear();
        Assert.Equal([1, 9, 3, 4, 5, 6], copy.ToArray());
        Assert.StartsWith("Matrix [2, 3]", copy.ToString());
        Assert.Contains("Matrix [2, 3]", copy.ToHtml());
    }

    [Fact]
    public void Places_outside_and_wrong_sizes_are_refused()
    {
        var matrix = new Matrix(2, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[-1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Row(2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Matrix(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Matrix(int.MaxValue, int.MaxValue));
        Assert.Throws<ArgumentException>(() => matrix.CopyFrom(new Matrix(3, 2)));
        Assert.Throws<ArgumentException>(() => Matrix.FromRows(2, 3, new float[5]));
    }
}
