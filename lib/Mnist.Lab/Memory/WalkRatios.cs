namespace Mnist.Lab;

/// <summary>How much slower it is to walk across the rows of a matrix than along them, measured for matrices that fit into ever larger caches.</summary>
public static class WalkRatios
{
    // 16 × an odd number: from row to row an odd number of lines, so that the rows spread over all sets of a cache
    private static readonly int[] Odd = [16, 48, 80, 112, 176, 240, 336, 496, 688, 1008, 1424, 2032, 2864];
    private static readonly int[] PowersOfTwo = [64, 128, 256, 512, 1024, 2048];

    /// <summary>Times both walks for square matrices of 1 KB … 31 MB.</summary>
    /// <returns>Ratio against size; the caches' ends are marked where they are known.</returns>
    public static Figure BySize()
    {
        double[] odd = [.. Odd.Select(size => Ratio(size, size))], powers = [.. PowersOfTwo.Select(size => Ratio(size, size))];
        double most = odd.Concat(powers).Max();
        Figure figure = new Figure("Walking across a square matrix, compared with along it")
            .Line("rows of 16 × odd floats", Odd.Select(Kilobytes), odd, Palette.Blue)
            .Line("rows of 2ⁿ floats", PowersOfTwo.Select(Kilobytes), powers, Palette.Vermilion);
        foreach ((string name, long bytes) in CacheSizes.Read())
            if (bytes / 1024.0 < Kilobytes(Odd[^1])) figure = figure.Line($"{name} ends", [bytes / 1024.0, bytes / 1024.0], [0, most], reference: true);
        return figure.XAxis("size of the matrix, KB", log: true).YAxis("× as long across as along", from: 0);
    }

    /// <summary>Times both walks through one matrix.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
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

    private static double Kilobytes(int size) => size * (double)size * sizeof(float) / 1024;
}
