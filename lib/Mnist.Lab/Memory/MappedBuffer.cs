namespace Mnist.Lab.Memory;

/// <summary>Where the floats of a buffer lie, counted from the beginning of the cache line in which the first one lies.</summary>
/// <param name="Address">The live address of the first float.</param>
/// <param name="Columns">Values of a row.</param>
/// <param name="Stride">Floats from one row to the next.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="ShowsRows">True when the rows have names.</param>
internal sealed record MappedBuffer(long Address, int Columns, int Stride, int Rows, bool ShowsRows)
{
    /// <summary>A matrix of the library; its memory is pinned, so the address stays.</summary>
    public static MappedBuffer Of(Matrix matrix) => new(matrix.StartAddress, matrix.Columns, matrix.Stride, matrix.Rows, ShowsRows: true);

    /// <summary>Bytes from the border of the first line to the first float: address mod 64.</summary>
    public int Start => (int)(Address % CacheLine.Bytes);

    /// <summary>Floats with padding.</summary>
    public int Floats => Rows * Stride;

    /// <summary>Lines that hold at least one of the floats.</summary>
    public long Lines => Floats == 0 ? 0 : CacheLine.Touched(Start, Floats * sizeof(float));

    /// <summary>The line of a float.</summary>
    public long LineOf(long index) => (index + (Start / sizeof(float))) / CacheLine.Floats;

    /// <summary>A line with its sixteen cells.</summary>
    /// <param name="number">0 for the line in which the buffer begins.</param>
    /// <param name="visits">Floats that a walk reads, in its order; empty: cells carry their column.</param>
    public MapLine Line(long number, long[] visits)
    {
        var cells = new MapCell[CacheLine.Floats];
        long first = (number * CacheLine.Floats) - (Start / sizeof(float));
        for (int place = 0; place < cells.Length; place++) cells[place] = Cell(first + place, visits);
        bool beginsRow = ShowsRows && cells.Length > 0 && Enumerable.Range(0, cells.Length).Any(place => first + place >= 0 && first + place < Floats && (first + place) % Stride == 0);
        return new MapLine(number, cells, beginsRow || (ShowsRows && visits.Length > 0) ? $"row {Math.Max(0, first) / Stride}" : "");
    }

    private MapCell Cell(long index, long[] visits)
    {
        if (index < 0 || index >= Floats) return new MapCell(MapCellKind.Outside);
        (int row, int column) = ((int)(index / Stride), (int)(index % Stride));
        if (column >= Columns) return new MapCell(MapCellKind.Padding, row);
        int step = Array.IndexOf(visits, index);
        if (step >= 0) return new MapCell(MapCellKind.Visited, row, $"{step}");
        string text = visits.Length > 0 || column > 999 ? "" : $"{column}"; // four digits do not fit
        return new MapCell(MapCellKind.Value, row, text);
    }
}
