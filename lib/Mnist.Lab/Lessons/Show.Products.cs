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
}
