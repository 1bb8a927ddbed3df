namespace Mnist.Lab;

/// <content>Matrix products.</content>
public static partial class Show
{
    /// <summary>A matrix product c = a · b as a picture of its three matrices, with one tile of c and what it is made of.</summary>
    /// <param name="a">Name of the left matrix, [rows, depth]; a tensor's name gives its colour, with ᵀ too.</param>
    /// <param name="b">Name of the right matrix, [depth, columns].</param>
    /// <param name="c">Name of the product, [rows, columns].</param>
    /// <param name="rows">Rows of a and c.</param>
    /// <param name="depth">Columns of a and rows of b.</param>
    /// <param name="columns">Columns of b and c.</param>
    /// <param name="tile">The tile that is shown.</param>
    public static Diagram Product(string a, string b, string c, int rows, int depth, int columns, Tile tile)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(tile);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        return ProductPicture.Draw(a, b, c, rows, depth, columns, tile);
    }

    /// <summary>A small product c = a · b, step by step of the depth, with every value: [m, d] · [d, n] → [m, n].</summary>
    /// <param name="a">[m, d].</param>
    /// <param name="b">[d, n].</param>
    /// <param name="aName">Name of the left matrix; a tensor's name gives its colour.</param>
    /// <param name="bName">Name of the right matrix.</param>
    /// <param name="cName">Name of the product.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or the matrices are too large to be drawn number by number.</exception>
    public static Diagram ProductSteps(Matrix a, Matrix b, string aName = "x", string bName = "w", string cName = "z")
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Columns != b.Rows) throw new ArgumentException($"[{a.Rows}, {a.Columns}] · [{b.Rows}, {b.Columns}] is no product: columns of the left must be rows of the right", nameof(b));
        const int Most = 8;
        if (a.Rows > Most || b.Columns > Most || a.Columns > Most)
            throw new ArgumentException($"[{a.Rows}, {a.Columns}] · [{b.Rows}, {b.Columns}] is too large to be drawn number by number; at most {Most} each way", nameof(a));
        return ProductStepsPicture.Draw(a, b, aName, bName, cName);
    }
}
