using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mnist.Kernels;

/// <summary>target[column, row] = source[row, column]: what lets the gradient of a layer's input be a plain product.</summary>
/// <remarks>Values are moved, never computed with: every bit of a NaN arrives.</remarks>
public static unsafe class Transpose
{
    /// <summary>The definition: [rows, columns] → [columns, rows].</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Reference(Matrix source, Matrix target)
    {
        Check(source, target);
        for (int row = 0; row < source.Rows; row++)
            for (int column = 0; column < source.Columns; column++)
                target[column, row] = source[row, column];
    }

    /// <summary>The same, 8 × 8 values at a time: [rows, columns] → [columns, rows].</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Compute(Matrix source, Matrix target)
    {
        Check(source, target);
        Compute(source.Pointer, source.Stride, source.Rows, source.Columns, target.Pointer, target.Stride);
        GC.KeepAlive(source);
        GC.KeepAlive(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Compute(float* source, nint sourceRow, int rows, int columns, float* target, nint targetRow)
    {
        int wholeRows = Avx.IsSupported ? rows / 8 * 8 : 0, wholeColumns = columns / 8 * 8;
        for (int row = 0; row < wholeRows; row += 8)
            for (int column = 0; column < wholeColumns; column += 8)
                Block8(source + (row * sourceRow) + column, sourceRow, target + (column * targetRow) + row, targetRow);
        for (int row = 0; row < rows; row++)
            for (int column = row < wholeRows ? wholeColumns : 0; column < columns; column++)
                target[(column * targetRow) + row] = source[(row * sourceRow) + column];
    }

    /// <summary>Halves of two rows side by side, then pairs, then single values change places: 8 loads, 16 shuffles, 8 stores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block8(float* source, nint sourceRow, float* target, nint targetRow)
    {
        for (int half = 0; half < 2; half++, source += 4, target += 4 * targetRow)
        {
            Vector256<float> rows04 = Pair(source, source + (4 * sourceRow));
            Vector256<float> rows15 = Pair(source + sourceRow, source + (5 * sourceRow));
            Vector256<float> rows26 = Pair(source + (2 * sourceRow), source + (6 * sourceRow));
            Vector256<float> rows37 = Pair(source + (3 * sourceRow), source + (7 * sourceRow));
            Vector256<float> low01 = Avx.UnpackLow(rows04, rows15), high01 = Avx.UnpackHigh(rows04, rows15);
            Vector256<float> low23 = Avx.UnpackLow(rows26, rows37), high23 = Avx.UnpackHigh(rows26, rows37);
            Avx.Shuffle(low01, low23, 0x44).Store(target);
            Avx.Shuffle(low01, low23, 0xEE).Store(target + targetRow);
            Avx.Shuffle(high01, high23, 0x44).Store(target + (2 * targetRow));
            Avx.Shuffle(high01, high23, 0xEE).Store(target + (3 * targetRow));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(float* lower, float* upper) => Vector256.Create(Vector128.Load(lower), Vector128.Load(upper));

    private static void Check(Matrix source, Matrix target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (source.Rows != target.Columns || source.Columns != target.Rows)
            throw new ArgumentException($"[{source.Rows}, {source.Columns}] transposed does not fit into [{target.Rows}, {target.Columns}]", nameof(target));
    }
}
