using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mnist.Lab.Speed;

/// <summary>
/// C += A · B for any kind of number, one source for float and double: a tile of 4 rows × 2 registers. A register holds half
/// as many doubles as floats, and nothing else differs.
/// </summary>
internal static class PrecisionProduct
{
    /// <summary>Rows of C are a multiple of so many.</summary>
    public const int Rows = 4;

    /// <summary>Columns are a multiple of so many: two of the widest registers of floats.</summary>
    public const int Columns = 32;

    /// <summary>Adds A · B to C. A[row, depth] is at row × aRow + depth × aDepth; rows of B and C are <paramref name="columns"/> long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(T[] a, int aRow, int aDepth, T[] b, T[] c, int rows, int columns, int depth)
        where T : unmanaged
    {
        int lanes = Vector<T>.Count;
        ref T a0 = ref MemoryMarshal.GetArrayDataReference(a);
        for (int row = 0; row < rows; row += Rows)
        {
            for (int column = 0; column < columns; column += 2 * lanes)
            {
                ref T from = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(b), column);
                ref T c0 = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(c), (row * columns) + column);
                ref T c1 = ref Unsafe.Add(ref c0, columns), c2 = ref Unsafe.Add(ref c1, columns), c3 = ref Unsafe.Add(ref c2, columns);
                Vector<T> s00 = Vector.LoadUnsafe(ref c0), s01 = Vector.LoadUnsafe(ref c0, (nuint)lanes), s10 = Vector.LoadUnsafe(ref c1), s11 = Vector.LoadUnsafe(ref c1, (nuint)lanes);
                Vector<T> s20 = Vector.LoadUnsafe(ref c2), s21 = Vector.LoadUnsafe(ref c2, (nuint)lanes), s30 = Vector.LoadUnsafe(ref c3), s31 = Vector.LoadUnsafe(ref c3, (nuint)lanes);
                ref T x0 = ref Unsafe.Add(ref a0, row * aRow), x1 = ref Unsafe.Add(ref x0, aRow), x2 = ref Unsafe.Add(ref x1, aRow), x3 = ref Unsafe.Add(ref x2, aRow);
                for (int k = 0; k < depth; k++, from = ref Unsafe.Add(ref from, columns))
                {
                    Vector<T> left = Vector.LoadUnsafe(ref from), right = Vector.LoadUnsafe(ref from, (nuint)lanes);
                    Step(Unsafe.Add(ref x0, k * aDepth), left, right, ref s00, ref s01);
                    Step(Unsafe.Add(ref x1, k * aDepth), left, right, ref s10, ref s11);
                    Step(Unsafe.Add(ref x2, k * aDepth), left, right, ref s20, ref s21);
                    Step(Unsafe.Add(ref x3, k * aDepth), left, right, ref s30, ref s31);
                }
                Store(s00, s01, ref c0);
                Store(s10, s11, ref c1);
                Store(s20, s21, ref c2);
                Store(s30, s31, ref c3);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<T>(T value, Vector<T> left, Vector<T> right, ref Vector<T> sum0, ref Vector<T> sum1)
        where T : unmanaged
    {
        Vector<T> all = Vector.Create(value);
        if (typeof(T) == typeof(float))
        {
            sum0 = Vector.FusedMultiplyAdd(all.As<T, float>(), left.As<T, float>(), sum0.As<T, float>()).As<float, T>();
            sum1 = Vector.FusedMultiplyAdd(all.As<T, float>(), right.As<T, float>(), sum1.As<T, float>()).As<float, T>();
        }
        else
        {
            sum0 = Vector.FusedMultiplyAdd(all.As<T, double>(), left.As<T, double>(), sum0.As<T, double>()).As<double, T>();
            sum1 = Vector.FusedMultiplyAdd(all.As<T, double>(), right.As<T, double>(), sum1.As<T, double>()).As<double, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector<T> left, Vector<T> right, ref T target)
        where T : unmanaged
    {
        left.StoreUnsafe(ref target);
        right.StoreUnsafe(ref target, (nuint)Vector<T>.Count);
    }
}
