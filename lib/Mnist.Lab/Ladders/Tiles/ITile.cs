namespace Mnist.Lab.Ladders.Tiles;

/// <summary>A register tile for 512-bit registers, written out by hand.</summary>
internal unsafe interface ITile
{
    /// <summary>Its rows, and its registers in a row.</summary>
    static abstract Tile Shape { get; }

    /// <summary>z[r, c] = Σ x[r, k] w[k, c] for the tile's rows and columns.</summary>
    /// <param name="x">The tile's first row of x; x[r, k] is at x + r × xRow + k.</param>
    /// <param name="xRow">Floats from a row of x to the next.</param>
    /// <param name="w">The tile's first column of w; w[k, c] is at w + k × wRow + c.</param>
    /// <param name="wRow">Floats from a row of w to the next.</param>
    /// <param name="z">The tile's corner; z[r, c] is at z + r × zRow + c.</param>
    /// <param name="zRow">Floats from a row of z to the next.</param>
    /// <param name="depth">Columns of x and rows of w.</param>
    static abstract void Compute(float* x, nint xRow, float* w, nint wRow, float* z, nint zRow, int depth);
}
