namespace Mnist.Lab.Memory;

/// <summary>What a place for one float in a memory map is.</summary>
internal enum MapCellKind
{
    /// <summary>Somebody else's memory.</summary>
    Outside,

    /// <summary>A value of the buffer.</summary>
    Value,

    /// <summary>Zeros behind a row's last value.</summary>
    Padding,

    /// <summary>A value that a walk visits.</summary>
    Visited,
}

/// <summary>A place for one float.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Row">The matrix row it belongs to: odd rows are paler than even ones.</param>
/// <param name="Text">What is written in it: at most three digits.</param>
internal readonly record struct MapCell(MapCellKind Kind, int Row = 0, string Text = "");

/// <summary>One cache line of a memory map.</summary>
/// <param name="Number">0 for the line in which the buffer begins.</param>
/// <param name="Cells">Its sixteen places.</param>
/// <param name="Name">What is written before it, e.g. "row 3"; empty: nothing.</param>
internal sealed record MapLine(long Number, MapCell[] Cells, string Name);

/// <summary>A load that is drawn as a frame about the floats that it reads.</summary>
/// <param name="First">The first float, counted from the beginning of line 0.</param>
/// <param name="Floats">How many it reads.</param>
internal readonly record struct MapLoad(long First, int Floats)
{
    public long Last => First + Floats - 1;

    public bool Splits => CacheLine.Touched(First * sizeof(float), Floats * sizeof(float)) > 1;
}
