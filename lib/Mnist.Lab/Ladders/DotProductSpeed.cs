using System.Globalization;

namespace Mnist.Lab.Ladders;

/// <summary>A way to compute a · b: [n], [n] → one number.</summary>
public delegate float DotProductStep(ReadOnlySpan<float> a, ReadOnlySpan<float> b);

/// <summary>Measures dot products: what a call from a cell would add is kept out, and the peak is taken in the same rounds.</summary>
public static class DotProductSpeed
{
    /// <summary>Work for <see cref="Measure"/> and <see cref="Ladder"/>: the first rows' dot product, again and again, called from optimised code.</summary>
    /// <param name="step">The way to compute it.</param>
    /// <param name="a">[≥ 1, n].</param>
    /// <param name="b">[≥ 1, n].</param>
    /// <param name="times">How often it is called.</param>
    public static Action Repeat(DotProductStep step, Matrix a, Matrix b, int times = 100)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return Repeat(step, a, b, 0, a.Columns, times);
    }

    /// <summary>The share of the core's peak that each way reaches, by length. The picture is a measurement.</summary>
    /// <param name="lengths">Lengths n to measure.</param>
    /// <param name="steps">A name and a way each.</param>
    public static Figure ByLength(int[] lengths, params (string Name, DotProductStep Step)[] steps)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(steps);
        double[][] shares = Live.Run("Dot products of many lengths", live => lengths.Select((length, i) =>
        {
            live.Update((double)i / lengths.Length, $"{length} elements");
            return OfPeak(length, steps);
        }).ToArray());
        var figure = new Figure("Dot products: share of this core's peak");
        for (int i = 0; i < steps.Length; i++)
            figure = figure.Line(steps[i].Name, lengths.Select(length => (double)length), shares.Select(share => share[i]));
        return figure.XAxis("length n", log: true).YAxis("of the peak", from: 0, percent: true);
    }

    /// <summary>How much longer a dot product takes when both vectors begin somewhere in a cache line. The picture is a measurement.</summary>
    /// <param name="step">The way to compute it.</param>
    /// <param name="length">Length n.</param>
    public static Figure ByOffset(DotProductStep step, int length)
    {
        int[] offsets = [.. Enumerable.Range(0, 16)];
        Matrix a = Some(length + 16, 1), b = Some(length + 16, 2);
        double[][] seconds = Interleaved.Seconds([.. offsets.Select(offset => Repeat(step, a, b, offset, length, Times(length)))]);
        double[] longer = [.. seconds.Select(one => Spread.Of(one.Zip(seconds[0], (mine, aligned) => mine / aligned)).Median)];
        return new Figure($"Dot product of {length}, beginning inside a cache line")
            .Bars("× the time of aligned ones", offsets.Select(offset => (4 * offset).ToString(CultureInfo.InvariantCulture)), longer)
            .XAxis("address mod 64 of both vectors, bytes").YAxis("× the time of aligned vectors", from: 0).Aspect(0.4);
    }

    private static double[] OfPeak(int length, (string Name, DotProductStep Step)[] steps)
    {
        Matrix a = Some(length, 1), b = Some(length, 2);
        int times = Times(length);
        double[][] seconds = Interleaved.Seconds([.. steps.Select(one => Repeat(one.Step, a, b, times)), Ladder.PeakWork]);
        return [.. steps.Select((_, i) => Ladder.OfPeak(2.0 * length * times, seconds[i], seconds[^1]).Median)];
    }

    private static Action Repeat(DotProductStep step, Matrix a, Matrix b, int first, int length, int times) => () =>
    {
        ReadOnlySpan<float> left = a.Row(0).Slice(first, length), right = b.Row(0).Slice(first, length);
        for (int i = 0; i < times; i++) step(left, right);
    };

    /// <summary>As often as makes some ten thousand multiplications.</summary>
    private static int Times(int length) => Math.Max(1, 20_000 / Math.Max(1, length));

    private static Matrix Some(int length, int seed)
    {
        var random = new Random(seed);
        return Matrix.FromRows(1, length, [.. Enumerable.Range(0, length).Select(_ => (float)random.NextDouble() - 0.5f)]);
    }
}
