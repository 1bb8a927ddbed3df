using Mnist.Kernels;

namespace Mnist.Lab.Ladders;

/// <summary>
/// The shape of a register tile, and what follows from the shape alone. In each step of the depth it loads one register
/// of weights for each of its columns, spreads one input for each of its rows, and multiplies and adds each with each.
/// </summary>
/// <param name="Rows">Rows: samples in the forward product.</param>
/// <param name="Registers">Registers in a row; each holds 16 outputs (AVX-512).</param>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed record Tile(int Rows, int Registers) : IShownInParts
{
    /// <summary>ZMM registers of a core with AVX-512.</summary>
    public const int AvailableRegisters = 32;

    /// <summary>The tile of the library's dense products on this CPU, in registers of its widest vectors.</summary>
    public static Tile Library => new(
        Simd.Best switch
        {
            VectorWidth.Bits512 => Lanes512.TileRows,
            VectorWidth.Bits256 => Lanes256.TileRows,
            VectorWidth.Bits128 => Lanes128.TileRows,
            _ => Lanes1.TileRows,
        },
        2);

    /// <summary>Multiply-adds of a step: one a sum.</summary>
    public int MultiplyAdds => Rows * Registers;

    /// <summary>Loads of a step: the weights, and the inputs that are spread over a register each.</summary>
    public int Loads => Rows + Registers;

    /// <summary>What counts: a core has as many load ports as it has units that multiply and add, or few more.</summary>
    public double LoadsPerMultiplyAdd => (double)Loads / MultiplyAdds;

    /// <summary>Registers it needs: the sums, a row of weights, and one for the input in use.</summary>
    public int NeededRegisters => MultiplyAdds + Registers + 1;

    /// <summary>True when nothing has to be kept in memory meanwhile.</summary>
    public bool Fits => NeededRegisters <= AvailableRegisters;

    /// <summary>The tile's registers, as a picture.</summary>
    public Diagram Picture => TilePicture.Draw(this);

    /// <summary>The tile's registers, as a picture.</summary>
    public string ToHtml() => Picture.ToHtml();

    /// <inheritdoc/>
    IReadOnlyList<IShownAsHtml> IShownInParts.Parts => [Picture];

    /// <summary>Rows × registers.</summary>
    public override string ToString() => $"{Rows} × {Registers}";

    /// <summary>Several tiles, counted.</summary>
    public static Table Count(params IReadOnlyList<Tile> tiles)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        return new Table("One step of the depth")
            .Text("tile", tiles.Select(tile => $"{tile}".Replace(' ', '\u00a0')))
            .Number("FMAs", tiles.Select(tile => (double)tile.MultiplyAdds), "N0")
            .Number("loads", tiles.Select(tile => (double)tile.Loads), "N0")
            .Bars("loads per FMA", tiles.Select(tile => tile.LoadsPerMultiplyAdd), "0.###")
            .Text("registers", tiles.Select(tile => $"{tile.NeededRegisters}{(tile.Fits ? "" : " ✗")}"));
    }
}
