using System.Globalization;

namespace Mnist.Lab.Measuring;

/// <summary>A cache as the system describes it.</summary>
/// <param name="Level">1 is nearest to the core.</param>
/// <param name="Bytes">Its size; a shared one's whole size.</param>
public sealed record Cache(int Level, long Bytes)
{
    /// <summary>The first core's caches for data, the nearest first; none where neither the system nor the CPU tells.</summary>
    public static IReadOnlyList<Cache> Known() => In("/sys/devices/system/cpu/cpu0/cache") is { Count: > 0 } told ? told : CacheFromCpuId.Read();

    /// <summary>Reads them from Linux' description of a core: a folder for each cache, a file for each property.</summary>
    internal static IReadOnlyList<Cache> In(string folder)
    {
        try
        {
            if (!Directory.Exists(folder)) return [];
            return [.. Directory.GetDirectories(folder, "index*").Select(Read).OfType<Cache>().OrderBy(cache => cache.Level)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Null for a cache of instructions and for what cannot be read.</summary>
    private static Cache? Read(string folder)
    {
        string Property(string name) => Path.Combine(folder, name) is var file && File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        if (Property("type") is not ("Data" or "Unified")) return null;
        bool known = int.TryParse(Property("level"), NumberStyles.None, CultureInfo.InvariantCulture, out int level);
        string size = Property("size"); // "48K", "2048K", "32M"
        long unit = size.EndsWith('K') ? 1024 : size.EndsWith('M') ? 1024 * 1024 : 1;
        known &= long.TryParse(size.TrimEnd('K', 'M'), NumberStyles.None, CultureInfo.InvariantCulture, out long count);
        return known && count > 0 ? new Cache(level, count * unit) : null;
    }
}
