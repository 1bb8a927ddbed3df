namespace Mnist.Tests;

/// <summary>
/// The products of a dense layer in double precision, by three nested loops: each value and the sum of the magnitudes
/// of all that was added up for it, by which <see cref="Roundings"/> measures an error.
/// </summary>
internal sealed class Exact
{
    private readonly double[] values;
    private readonly double[] magnitudes;
    private readonly int columns;
    private readonly int terms;

    /// <param name="rows">Rows of the result.</param>
    /// <param name="columns">Columns of the result.</param>
    /// <param name="depth">Products that are added up for each value.</param>
    /// <param name="initial">What the sum at [row, column] begins with.</param>
    /// <param name="left">The left factor at [row, depth].</param>
    /// <param name="right">The right factor at [depth, column].</param>
    public Exact(int rows, int columns, int depth, Func<int, int, float> initial, Func<int, int, float> left, Func<int, int, float> right)
    {
        this.columns = columns;
        terms = depth;
        values = new double[rows * columns];
        magnitudes = new double[rows * columns];
        double[] rights = [.. from k in Enumerable.Range(0, depth) from column in Enumerable.Range(0, columns) select (double)right(k, column)];
        for (int row = 0; row < rows; row++)
        {
            Span<double> sums = values.AsSpan(row * columns, columns), sizes = magnitudes.AsSpan(row * columns, columns);
            for (int column = 0; column < columns; column++) sizes[column] = Math.Abs(sums[column] = initial(row, column));
            for (int k = 0; k < depth; k++)
            {
                double factor = left(row, k);
                for (int column = 0; column < columns; column++)
                {
                    double product = factor * rights[(k * columns) + column];
                    sums[column] += product;
                    sizes[column] += Math.Abs(product);
                }
            }
        }
    }

    public double this[int row, int column] => values[(row * columns) + column];

    /// <summary>Fails unless each value is one chain of multiply-adds away from the exact one.</summary>
    public void MustAgree(Matrix actual, string what) => MustAgree(actual, what, (_, _, value) => value);

    /// <summary>The same, after an epilogue that never makes a value larger: (row, column, exact value) → expected value.</summary>
    public void MustAgree(Matrix actual, string what, Func<int, int, double, double> epilogue)
    {
        for (int row = 0; row < actual.Rows; row++)
        {
            ReadOnlySpan<float> results = actual.Row(row);
            for (int column = 0; column < results.Length; column++)
            {
                int at = (row * columns) + column;
                Roundings.MustAgree(results[column], epilogue(row, column, values[at]), magnitudes[at], terms + 1, what, terms, at);
            }
        }
    }
}
