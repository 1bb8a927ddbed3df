using Mnist.Kernels;

namespace Mnist.Tests;

/// <summary>
/// The sizes at which matrix kernels are tested: primes around 1, 16, 32, 64 and 128, so that every tile is left with
/// every remainder, and the sizes of the network that the lessons train.
/// </summary>
internal static class OddSizes
{
    /// <summary>Rows of a product: around 1, the tiles of 4 and 8, and some of each together.</summary>
    public static readonly int[] Rows = [1, 2, 3, 5, 7, 8, 13, 17, 31];

    /// <summary>How many products are added up.</summary>
    public static readonly int[] Depths = [1, 2, 3, 17, 31, 67, 131];

    /// <summary>Columns: around each number of registers of each width.</summary>
    public static readonly int[] Columns = [1, 3, 7, 13, 16, 17, 31, 37, 61, 67, 127, 131];

    private static readonly (int, int, int)[] Networks = [(32, 784, 128), (32, 128, 64), (32, 64, 10), (1, 784, 10), (0, 4, 4), (0, 17, 33)];

    /// <summary>All combinations of three sizes, in an order that each kernel may give its own meaning.</summary>
    public static IEnumerable<(int Rows, int Depth, int Columns)> Products =>
        Networks.Concat(from rows in Rows from depth in Depths from columns in Columns select (rows, depth, columns));

    public static void ForEach(VectorWidth width, Action<int, int, int> check)
    {
        Widths.Require(width);
        foreach ((int rows, int depth, int columns) in Products) check(rows, depth, columns);
    }

    public static void ForEach(VectorWidth width, Action<int, int> check)
    {
        Widths.Require(width);
        foreach (int rows in (int[])[.. Rows, 131])
            foreach (int columns in (int[])[.. Columns, 784]) check(rows, columns);
    }
}
