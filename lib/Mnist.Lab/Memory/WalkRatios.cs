using System.Globalization;

namespace Mnist.Lab.Memory;

/// <summary>How many times as long it takes to sum a matrix across its rows as along them.</summary>
public static class WalkRatios
{
    // The second-level TLB, which remembers where pages lie: 2,048 pages in recent server CPUs, 1,024 … 3,072 in others.
    private const int TlbPages = 2048;
    private const int PageBytes = 4096;

    // 16 × an odd number: from row to row an odd number of lines, so that the rows spread over all sets of a cache.
    private static readonly int[] Odd = [16, 48, 80, 112, 176, 240, 336, 496, 688, 1008, 1424, 2032, 2864];
    private static readonly int[] PowersOfTwo = [64, 128, 256, 512, 1024, 2048];

    /// <summary>Times both walks for square matrices of 1 KB … 31 MB.</summary>
    /// <returns>Ratio against size; the ends of the caches are marked where they are known.</returns>
    public static Figure BySize()
    {
        double[] odd = [.. Odd.Select(size => Ratio(size, size))], powers = [.. PowersOfTwo.Select(size => Ratio(size, size))];
        Figure figure = new Figure("Across a square matrix, compared with along it")
            .Line("rows of 16 × odd floats", Odd.Select(Kilobytes), odd, Palette.Blue)
            .Line("rows of 2ⁿ floats", PowersOfTwo.Select(Kilobytes), powers, Palette.Vermilion);
        (string Name, double At)[] ends =
        [
            .. Cache.Known().Select(cache => ($"L{cache.Level}", cache.Bytes / 1024.0)),
            ("TLB", TlbPages * PageBytes / 1024.0),
        ];
        ends = [.. ends.Where(end => end.At < Kilobytes(Odd[^1]))];
        double most = odd.Concat(powers).Max() * 1.1;
        figure = figure.Line("ends of the caches", ends.SelectMany(end => (double[])[end.At, end.At, end.At]),
            ends.SelectMany(_ => (double[])[0, most, double.NaN]), reference: true);
        foreach ((string name, double at) in ends) figure = figure.Note(at, most, name);
        return figure.XAxis("size of the matrix, KB", log: true).YAxis("× as long across as along", from: 0);
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
        Timings timings = Measure.Ratios(("across", () => MatrixWalk.SumAcross(matrix)), ("along", () => MatrixWalk.SumAlong(matrix)));
        return timings.Speedup(1);
    }

    /// <summary>Pages that the first column lies on, were the matrix to begin at a page's border.</summary>
    internal static int PagesInColumn(int rows, int columns) =>
        Enumerable.Range(0, rows).Select(row => (long)row * Stride(columns) * sizeof(float) / PageBytes).Distinct().Count();

    private static int Stride(int columns) => (columns + Matrix.Lanes - 1) / Matrix.Lanes * Matrix.Lanes;

    private static double Kilobytes(int size) => size * (double)size * sizeof(float) / 1024;
}
