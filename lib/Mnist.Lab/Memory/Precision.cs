using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mnist.Lab.Memory;

/// <summary>float32 against float64 at the same work: size, error, speed.</summary>
public static unsafe class Precision
{
    private const int Near = 32 * 1024; // 128 KB and 256 KB: in L2
    private const int Far = 8 * 1024 * 1024; // 32 MB and 64 MB

    /// <summary>Compares both: what they take in memory, how exact a dot product of 784 is, how fast they are read.</summary>
    /// <param name="a">Numbers of a dot product, e.g. the pixels of an image.</param>
    /// <param name="b">As many, e.g. the weights of a neuron.</param>
    /// <returns>A table with a column for each type; the speeds differ from run to run.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Table FloatAgainstDouble(float[] a, float[] b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Length != b.Length) throw new ArgumentException($"{a.Length} and {b.Length} numbers have no dot product", nameof(b));
        decimal exact = a.Zip(b, (x, y) => Exact((double)x * y)).Sum();
        return new Table("The same numbers as float32 and as float64").Text("", ["float32", "float64"])
            .Number("bytes", [sizeof(float), sizeof(double)], "N0")
            .Number("in a ZMM register", [Vector512<float>.Count, Vector512<double>.Count], "N0")
            .Text($"error of {a.Length} products", [Error(Dot(a, b), exact), Error(DotInDouble(a, b), exact)])
            .Bars("× as fast from L2", [Speed(Near), 1], "F1", isVolatile: true)
            .Bars("× as fast from memory", [Speed(Far), 1], "F1", isVolatile: true);
    }

    private static float Dot(float[] a, float[] b) => Kernels.DotProduct.Reference(a, b);

    /// <summary>a · b in double precision: every product is exact, and the sum some 500 million times as exact as a float's.</summary>
    internal static double DotInDouble(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }

    /// <summary>A double with 28 places: a cast to decimal would keep 15 digits. The product of two floats is exact as a double.</summary>
    private static decimal Exact(double value) => decimal.Parse(value.ToString("F28", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Error(double computed, decimal exact)
    {
        double off = (double)Math.Abs(Exact(computed) - exact);
        return off == 0 ? "0" : Ticks.Scientific(off, 1);
    }

    /// <summary>How many times as fast as doubles as many floats are summed.</summary>
    private static double Speed(int count)
    {
        var floats = new Matrix(1, count);
        var doubles = new Matrix(1, 2 * count); // the same bytes seen as half as many doubles
        floats.Padded.Fill(0.5f);
        MemoryMarshal.Cast<float, double>(doubles.Padded).Fill(0.5);
        return Measure.Ratios(("double", () => SumDoubles(doubles)), ("float", () => AlignmentCost.Sum(floats, 0, count))).Speedup(1);
    }

    /// <summary>The sum of the doubles that lie in a matrix's memory.</summary>
    internal static double SumDoubles(Matrix memory)
    {
        fixed (float* start = memory.Padded)
        {
            Vector512<double> sums = AlignmentCost.Sums((double*)start, memory.Padded.Length / 2);
            Vector256<double> four = sums.GetLower() + sums.GetUpper();
            return (four[0] + four[2]) + (four[1] + four[3]);
        }
    }
}
