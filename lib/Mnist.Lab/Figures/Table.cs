namespace Mnist.Lab.Figures;

/// <summary>
/// A table for a notebook: words, numbers, and bars inside cells. It never changes: every method returns a new table.
/// </summary>
/// <example><code>
/// new Table("Per digit").Text("digit", names).Bars("read correctly", shares, "P1", full: 1)
/// </code></example>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed record Table : IShownAsHtml
{
    /// <summary>A table without columns.</summary>
    /// <param name="title">What it shows; may be empty.</param>
    public Table(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        Title = title;
    }

    /// <summary>What it shows.</summary>
    public string Title { get; }

    /// <summary>The columns, left to right.</summary>
    public IReadOnlyList<Column> Columns { get; private init; } = [];

    /// <summary>Rows that stand out, in bold.</summary>
    public IReadOnlyList<int> Emphasised { get; private init; } = [];

    /// <summary>A line below the table; empty: none.</summary>
    public string Footer { get; private init; } = "";

    /// <summary>Number of rows.</summary>
    public int RowCount => Columns.Count == 0 ? 0 : Columns[0].Count;

    /// <summary>Adds a column of words.</summary>
    public Table Text(string title, IEnumerable<string> values, bool isVolatile = false) =>
        With(new TextColumn { Title = title, Values = [.. values], Volatile = isVolatile });

    /// <summary>Adds a column of numbers.</summary>
    /// <param name="title">What stands above it, with the unit.</param>
    /// <param name="values">The numbers; NaN shows as –.</param>
    /// <param name="format">A .NET number format such as "N0", "F3", "P1".</param>
    /// <param name="isVolatile">True for what differs from run to run.</param>
    public Table Number(string title, IEnumerable<double> values, string format = "G4", bool isVolatile = false) =>
        With(new NumberColumn { Title = title, Values = [.. values], Format = format, Volatile = isVolatile });

    /// <summary>Adds a column of numbers with bars.</summary>
    /// <param name="title">What stands above it, with the unit.</param>
    /// <param name="values">The numbers; a bar shows their size without the sign.</param>
    /// <param name="format">A .NET number format such as "N0", "F3", "P1".</param>
    /// <param name="full">The value of a full bar; null: the largest.</param>
    /// <param name="color">#rrggbb; null: blue.</param>
    /// <param name="isVolatile">True for what differs from run to run.</param>
    public Table Bars(string title, IEnumerable<double> values, string format = "G4", double? full = null, string? color = null, bool isVolatile = false) =>
        With(new NumberColumn { Title = title, Values = [.. values], Format = format, Bars = true, FullBar = full, Color = color ?? Palette.Blue, Volatile = isVolatile });

    /// <summary>Adds a column of your own making.</summary>
    /// <exception cref="ArgumentException">It has another number of rows.</exception>
    public Table With(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Columns.Count > 0 && column.Count != RowCount)
            throw new ArgumentException($"column “{column.Title}” has {column.Count} rows, the table has {RowCount}", nameof(column));
        return this with { Columns = [.. Columns, column] };
    }

    /// <summary>Makes a row stand out.</summary>
    public Table Emphasise(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount, nameof(row));
        return this with { Emphasised = [.. Emphasised, row] };
    }

    /// <summary>Adds a line below the table.</summary>
    public Table Below(string footer) => this with { Footer = footer };

    /// <summary>The table for a notebook.</summary>
    public string ToHtml() => TableDrawing.Html(this);

    /// <summary>The table as text in columns.</summary>
    public override string ToString() => TableDrawing.Plain(this);
}
