using System.Globalization;

namespace Mnist.Lab.Svg;

/// <summary>Ticks of an axis of memory sizes: powers of two, in B, KB (1,024 B), MB and GB.</summary>
internal static class ByteTicks
{
    /// <summary>Powers of two within a range, about as many as wanted, equally far apart.</summary>
    public static IReadOnlyList<Tick> Log(double from, double to, int wanted)
    {
        int low = (int)Math.Ceiling(Math.Log2(from) - 1e-9), high = (int)Math.Floor(Math.Log2(to) + 1e-9);
        int every = Math.Max(1, (int)Math.Ceiling((high - low + 1.0) / Math.Max(1, wanted)));
        var ticks = new List<Tick>();
        for (int power = low; power <= high; power++)
            if (power % every == 0) ticks.Add(new Tick(Math.Pow(2, power), Text(Math.Pow(2, power))));
        return ticks;
    }

    /// <summary>A size for people: 48 KB, 1.5 MB.</summary>
    public static string Text(double bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB"];
        int unit = 0;
        for (; Math.Abs(bytes) >= 1024 && unit < units.Length - 1; unit++) bytes /= 1024;
        return $"{bytes.ToString("0.#", CultureInfo.InvariantCulture)} {units[unit]}";
    }
}
