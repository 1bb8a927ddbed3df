using System.Runtime.CompilerServices;

namespace Mnist.Lab.Memory;

/// <summary>
/// Sums a matrix in two orders: along the rows, or across them. Both are the same machine code with the same number of
/// loads and additions; only the steps between the addresses are exchanged.
/// </summary>
public static unsafe class MatrixWalk
{
    /// <summary>Row after row: neighbours in memory.</summary>
    /// <param name="matrix">[rows, columns].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float SumAlong(Matrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        fixed (float* start = matrix.Padded) return Sum(start, matrix.Rows, matrix.Stride, matrix.Columns, 1);
    }

    /// <summary>Column after column: from each value to the next it is a whole row.</summary>
    /// <param name="matrix">[rows, columns].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float SumAcross(Matrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        fixed (float* start = matrix.Padded) return Sum(start, matrix.Columns, 1, matrix.Rows, matrix.Stride);
    }

    /// <summary>The address of every load of a walk, in its order.</summary>
    /// <param name="matrix">[rows, columns].</param>
    /// <param name="across">True: column after column; false: row after row.</param>
    public static IEnumerable<long> Addresses(Matrix matrix, bool across)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        (int lines, int count) = across ? (matrix.Columns, matrix.Rows) : (matrix.Rows, matrix.Columns);
        (long lineStep, long step) = across ? (1L, (long)matrix.Stride) : (matrix.Stride, 1);
        return Enumerable.Range(0, lines * count).Select(i => matrix.StartAddress + (((i / count * lineStep) + (i % count * step)) * sizeof(float)));
    }

    /// <summary>Eight running sums, so that what is waited for is memory and not the last addition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Sum(float* start, nint lines, nint lineStep, nint count, nint step)
    {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        nint step2 = 2 * step, step3 = 3 * step, step4 = 4 * step;
        for (nint line = 0; line < lines; line++)
        {
            float* at = start + (line * lineStep);
            nint i = 0;
            for (; i + 8 <= count; i += 8)
            {
                s0 += at[0];
                s1 += at[step];
                s2 += at[step2];
                s3 += at[step3];
                at += step4;
                s4 += at[0];
                s5 += at[step];
                s6 += at[step2];
                s7 += at[step3];
                at += step4;
            }
            for (; i < count; i++, at += step) s0 += *at;
        }
        return s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
    }
}
