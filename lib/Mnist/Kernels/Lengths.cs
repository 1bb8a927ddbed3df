using System.Runtime.CompilerServices;

namespace Mnist.Kernels;

/// <summary>Checks of shapes, made once at the kernels' public borders.</summary>
internal static class Lengths
{
    public static void MustEqual(int length, int expected, [CallerArgumentExpression(nameof(length))] string name = "")
    {
        if (length != expected) throw new ArgumentException($"{name} is {length}, but {expected} is needed", name);
    }

    public static void MustBe(Matrix matrix, int rows, int columns, [CallerArgumentExpression(nameof(matrix))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(matrix, name);
        if (matrix.Rows != rows || matrix.Columns != columns)
            throw new ArgumentException($"{name} is [{matrix.Rows}, {matrix.Columns}], but [{rows}, {columns}] is needed", name);
    }
}
