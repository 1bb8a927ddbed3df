using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Mnist;

/// <summary>
/// The one owner of float memory: a matrix whose rows start at multiples of 64 bytes, so that a 512-bit register is
/// loaded from one cache line and never from two.
/// </summary>
/// <remarks>
/// Rows are padded to whole ZMM registers: <see cref="Stride"/> is <see cref="Columns"/> rounded up to a multiple of
/// 16 floats. The padding is zero and kernels keep it zero (as long as all values are finite), which is why none of them
/// needs a scalar tail for columns.
/// The memory lives on the pinned heap: the garbage collector owns it and frees it, but never moves it.
/// A vector is a matrix of one row.
/// </remarks>
[TypeFormatterSource(typeof(ShownAsHtml))]
public sealed class Matrix
{
    /// <summary>Floats in a ZMM register; every row takes a multiple of this.</summary>
    public const int Lanes = 16;

    /// <summary>Bytes that every row's address is a multiple of.</summary>
    public const int Alignment = 64;

    private readonly float[] memory;
    private readonly int offset;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="rows">Number of rows, at least 0.</param>
    /// <param name="columns">Number of columns, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or the memory would pass 8 GB.</exception>
    public Matrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        long stride = ((long)columns + Lanes - 1) / Lanes * Lanes;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stride * rows, Array.MaxLength - Lanes, "rows × columns");

        Rows = rows;
        Columns = columns;
        Stride = (int)stride;
        memory = GC.AllocateArray<float>((rows * Stride) + Lanes, pinned: true);
        offset = (int)((Alignment - (Address(memory) % Alignment)) % Alignment / sizeof(float));
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns that hold values.</summary>
    public int Columns { get; }

    /// <summary>Floats from one row to the next: <see cref="Columns"/> rounded up to a multiple of 16.</summary>
    public int Stride { get; }

    /// <summary>One element.</summary>
    /// <param name="row">0 … <see cref="Rows"/> − 1.</param>
    /// <param name="column">0 … <see cref="Columns"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row or the column is not in the matrix.</exception>
    public float this[int row, int column]
    {
        get => Row(row)[Checked(column)];
        set => Row(row)[Checked(column)] = value;
    }

    /// <summary>One row, without its padding: [columns].</summary>
    /// <param name="row">0 … <see cref="Rows"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row is not in the matrix.</exception>
    public Span<float> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return memory.AsSpan(offset + (row * Stride), Columns);
    }

    /// <summary>All rows with their padding, as they lie in memory: [rows × stride].</summary>
    public Span<float> Padded => memory.AsSpan(offset, Rows * Stride);

    /// <summary>The address of element [0, 0], a multiple of 64; valid while this object is alive.</summary>
    internal unsafe float* Pointer => (float*)Address(memory) + offset;

    /// <summary>The address of element [0, 0] as a number, to look at in a lesson: a multiple of 64.</summary>
    public long StartAddress => Address(memory) + (offset * sizeof(float));

    /// <summary>True when no element is infinite or NaN.</summary>
    internal bool IsFinite
    {
        get
        {
            foreach (float value in Padded)
                if (!float.IsFinite(value)) return false;
            return true;
        }
    }

    /// <summary>Sets every element to zero.</summary>
    public void Clear() => Padded.Clear();

    /// <summary>Copies all elements from a matrix of the same shape.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void CopyFrom(Matrix source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Rows != Rows || source.Columns != Columns)
            throw new ArgumentException($"a matrix [{Rows}, {Columns}] cannot take the values of [{source.Rows}, {source.Columns}]", nameof(source));
        source.Padded.CopyTo(Padded);
    }

    /// <summary>A copy with memory of its own.</summary>
    public Matrix Clone()
    {
        var copy = new Matrix(Rows, Columns);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>The elements without padding, row after row: [rows × columns].</summary>
    public float[] ToArray()
    {
        var values = new float[Rows * Columns];
        for (int row = 0; row < Rows; row++)
            Row(row).CopyTo(values.AsSpan(row * Columns));
        return values;
    }

    /// <summary>A matrix [rows, columns] with the given values, row after row.</summary>
    /// <exception cref="ArgumentException">There are not rows × columns values.</exception>
    public static Matrix FromRows(int rows, int columns, ReadOnlySpan<float> values)
    {
        var matrix = new Matrix(rows, columns);
        if (values.Length != rows * columns)
            throw new ArgumentException($"[{rows}, {columns}] needs {rows * columns} values, but there are {values.Length}", nameof(values));
        for (int row = 0; row < rows; row++)
            values.Slice(row * columns, columns).CopyTo(matrix.Row(row));
        return matrix;
    }

    /// <summary>The matrix as a table in a notebook.</summary>
    public string ToHtml() => ShownAsHtml.Render(this);

    /// <summary>The shape and the first elements.</summary>
    public override string ToString()
    {
        const int Most = 6;
        var text = new StringBuilder($"Matrix [{Rows}, {Columns}]");
        for (int row = 0; row < Math.Min(Rows, Most); row++)
        {
            text.Append("\n  ");
            foreach (float value in Row(row)[..Math.Min(Columns, Most)])
                text.Append(CultureInfo.InvariantCulture, $"{value,10:G4}");
            if (Columns > Most) text.Append("  …");
        }
        return Rows > Most ? text.Append("\n  …").ToString() : text.ToString();
    }

    private static unsafe long Address(float[] pinned) =>
        (long)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));

    private int Checked(int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns, nameof(column));
        return column;
    }
}
