using System.Globalization;

namespace Mnist.Lab.Memory;

/// <summary>How many times as long it takes to sum a matrix across its rows as along them.</summary>
public static class WalkRatios
{
    private const int PageBytes = 4096;
    private const int Rounds = 15;
    private const double Least = 0.8; // of the axis

    // 16 × an odd number: from row to row an odd number of lines, so that the rows spread over all sets of a cache.
    private static readonly int[] Odd = [16, 48, 80, 112, 176, 240, 336, 496, 688, 1008, 1424, 2032, 2864];
    private static readonly int[] PowersOfTwo = [64, 128, 256, 512, 1024, 2048];

    /// <summary>Times both walks for square matrices of 1 KB … 31 MB.</summary>
    /// <returns>Ratio against size; the ends of the caches are marked where they are known.</returns>
    public static Figure BySize()
    {
        (double[] odd, double[] powers) = Live.Run("Walking across and along", live =>
        {
            int done = 0;
            double[] Ratios(int[] sizes) => [.. sizes.Select(size =>
            {
                live.Update(done++ / (double)(Odd.Length + PowersOfTwo.Length), string.Create(CultureInfo.InvariantCulture, $"{size} x {size}"));
                return Ratio(size, size);
            })];
            return (Ratios(Odd), Ratios(PowersOfTwo));
        });
        double most = odd.Concat(powers).Max() * 1.2;
        Figure figure = new Figure("The same sum, across the rows instead of along them")
            .Line("rows of 16 × odd floats", Odd.Select(Bytes), odd, Palette.Blue)
            .Line("rows of 2ⁿ floats", PowersOfTwo.Select(Bytes), powers, Palette.Vermilion);
        Cache[] ends = [.. Cache.Known().Where(cache => cache.Bytes < Bytes(Odd[^1]))];
        figure = figure.Line("ends of the caches", ends.SelectMany(end => (double[])[end.Bytes, end.Bytes, double.NaN]),
            ends.SelectMany(_ => (double[])[Least, most, double.NaN]), reference: true);
        foreach (Cache end in ends) figure = figure.Note(end.Bytes, most, $"L{end.Level}");
        return figure.XAxis("size of the matrix", log: true, bytes: true).YAxis("× as long across as along", from: Least, log: true);
    }

    /// <summary>Times both walks for matrices of different shapes.</summary>
    /// <param name="shapes">Rows and columns of each.</param>
    /// <returns>A table: size, lines and pages of 4 KB that one column touches, and the ratio.</returns>
    public static Table Shapes(params (int Rows, int Columns)[] shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        return new Table("").Text("matrix", shapes.Select(shape => string.Create(CultureInfo.InvariantCulture, $"[{shape.Rows}, {shape.Columns}]")))
            .Number("KB", shapes.Select(shape => (double)shape.Rows * Stride(shape.Columns) * sizeof(float) / 1024), "N0")
            .Number("lines in a column", shapes.Select(shape => (double)shape.Rows), "N0")
            .Number("pages in a column", shapes.Select(shape => (double)PagesInColumn(shape.Rows, shape.Columns)), "N0")
            .Bars("× as long across", shapes.Select(shape => Ratio(shape.Rows, shape.Columns)), "F1", isVolatile: true);
    }

    /// <summary>Times both walks through one matrix.</summary>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    /// <returns>How many times as long across takes.</returns>
    public static double Ratio(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        var matrix = new Matrix(rows, columns);
        matrix.Padded.Fill(0.5f); // memory that was never written has no pages of its own
        double[][] seconds = Interleaved.Seconds([() => MatrixWalk.SumAcross(matrix), () => MatrixWalk.SumAlong(matrix)], rounds: Rounds, compiledAtOnce: 2);
        return Spread.OfSpeedup(seconds[1], seconds[0]).Median;
    }

    /// <summary>Pages that the first column lies on, were the matrix to begin at a page's border.</summary>
    internal static int PagesInColumn(int rows, int columns) =>
        Enumerable.Range(0, rows).Select(row => (long)row * Stride(columns) * sizeof(float) / PageBytes).Distinct().Count();

    private static int Stride(int columns) => (columns + Matrix.Lanes - 1) / Matrix.Lanes * Matrix.Lanes;

    private static double Bytes(int size) => size * (double)size * sizeof(float);
}
