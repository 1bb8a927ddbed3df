using System.Globalization;

namespace Mnist.Lab.Svg;

/// <summary>One place on an axis that is named.</summary>
/// <param name="Value">Where.</param>
/// <param name="Text">What is written there; empty: only a line.</param>
internal readonly record struct Tick(double Value, string Text);

/// <summary>Round numbers for an axis.</summary>
internal static class Ticks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten that lie within a range, about as many as wanted.</summary>
    public static IReadOnlyList<Tick> Linear(double from, double to, int wanted, bool percent = false, bool whole = false)
    {
        double step = Math.Max(Step((to - from) / Math.Max(1, wanted)), whole ? 1 : 0);
        if (!(step > 0) || !double.IsFinite(step)) return [new Tick(from, Label(from, 0, percent))];
        double factor = percent ? 100 : 1;
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step * factor) + 1e-9));
        long first = (long)Math.Ceiling((from / step) - 1e-9);
        long last = (long)Math.Floor((to / step) + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => new Tick((first + i) * step, Label((first + i) * step, decimals, percent)))];
    }

    /// <summary>Powers of ten within a range; with 2 and 5 times them where there are few; linear ones within one decade.</summary>
    public static IReadOnlyList<Tick> Log(double from, double to, int wanted, bool percent = false)
    {
        double decades = Math.Log10(to / from);
        int[] factors = decades <= 2.6 ? [1, 2, 5] : [1];
        int every = Math.Max(1, (int)Math.Ceiling(decades / Math.Max(1, wanted)));
        var ticks = new List<Tick>();
        int low = (int)Math.Floor(Math.Log10(from) - 1e-9), high = (int)Math.Ceiling(Math.Log10(to) + 1e-9);
        for (int power = low; power <= high; power++)
        {
            if (power % every != 0) continue;
            foreach (int factor in factors)
            {
                double value = factor * Math.Pow(10, power);
                if (value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)) ticks.Add(new Tick(value, Label(value, Math.Max(0, -power - (percent ? 2 : 0)), percent)));
            }
        }
        return ticks.Count >= 2 ? ticks : Linear(from, to, wanted, percent);
    }

    /// <summary>The least of 1, 2, 5, 10 … times a power of ten that is not below a value.</summary>
    private static double Step(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (int factor in (int[])[1, 2, 5])
            if (factor * power >= least * (1 - 1e-9)) return factor * power;
        return 10 * power;
    }

    /// <summary>A number as 1.2·10⁻⁶, or as 0.12 where that is as short.</summary>
    public static string Scientific(double value, int digits)
    {
        if (value == 0 || !double.IsFinite(value) || (Math.Abs(value) >= 0.01 && Math.Abs(value) < 1e5))
            return value.ToString($"G{digits + 1}", CultureInfo.InvariantCulture).Replace('-', '−');
        string[] parts = value.ToString("0." + new string('#', digits) + "e0", CultureInfo.InvariantCulture).Split('e');
        string power = string.Concat(parts[1].Select(letter => letter == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[letter - '0']));
        return (parts[0] switch { "1" => "", "-1" => "−", _ => parts[0].Replace('-', '−') + "·" }) + "10" + power;
    }

    private static string Label(double value, int decimals, bool percent)
    {
        if (percent) return (value * 100).ToString($"N{decimals}", CultureInfo.InvariantCulture) + " %";
        double size = Math.Abs(value);
        if (size != 0 && (size >= 1e7 || decimals > 3)) return Scientific(value, 2);
        string text = Math.Round(value, Math.Min(15, decimals)).ToString($"N{decimals}", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }
}
