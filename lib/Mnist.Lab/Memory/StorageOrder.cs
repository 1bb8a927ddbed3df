
namespace Mnist.Lab.Memory;

/// <summary>
/// A matrix is one long line of numbers; the storage order says how it is cut. Row-major: offset = row × stride + column.
/// Column-major: offset = column × stride + row. Our matrices, C, C# and NumPy are row-major; Fortran and BLAS are column-major.
/// </summary>
/// <example><code>StorageOrder.RowMajor(3, 4)</code></example>
public static class StorageOrder
{
    private const int MostFloats = 24;

    /// <summary>Row after row.</summary>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <param name="stride">Floats from one row to the next; null: as many as there are columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stride is less than the columns, or the matrix has too many floats to draw (24).</exception>
    public static Diagram RowMajor(int rows, int columns, int? stride = null)
    {
        int step = Checked(rows, columns, stride ?? columns, columns);
        var cells = new (int, int)?[rows * step];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) cells[(row * step) + column] = (row, column);
        return Draw($"Row-major: offset = row × {step} + column", rows, columns, cells, step);
    }

    /// <summary>Column after column.</summary>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <param name="stride">Floats from one column to the next; null: as many as there are rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stride is less than the rows, or the matrix has too many floats to draw (24).</exception>
    public static Diagram ColumnMajor(int rows, int columns, int? stride = null)
    {
        int step = Checked(columns, rows, stride ?? rows, rows);
        var cells = new (int, int)?[columns * step];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) cells[(column * step) + row] = (row, column);
        return Draw($"Column-major: offset = column × {step} + row", rows, columns, cells, step);
    }

    private static int Checked(int lines, int length, int stride, int least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lines, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)lines * stride, MostFloats, "floats to draw");
        return stride;
    }

    private static Diagram Draw(string title, int rows, int columns, (int Row, int Column)?[] memory, int step)
    {
        var svg = new SvgWriter();
        double y = OrderDrawing.Grid(svg, rows, columns, memory);
        y = OrderDrawing.Strip(svg, y + 12, memory, step);
        string line = string.Join(' ', memory.Select(cell => cell is { } place ? $"{place.Row},{place.Column}" : "padding"));
        return new Diagram(title, $"A matrix of {rows} rows and {columns} columns. In memory, from the lowest address: {line}.", OrderDrawing.Width, y + 2, svg);
    }
}
