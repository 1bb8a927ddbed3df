using System.Runtime.Intrinsics.X86;

namespace Mnist.Lab;

/// <summary>Sizes of the data caches that one core sees, as the CPU itself tells them (CPUID, deterministic cache parameters).</summary>
public static class CacheSizes
{
    private const int IntelLeaf = 4;
    private const int AmdLeaf = unchecked((int)0x8000001D);

    /// <summary>Name and bytes of each level, the smallest first; empty when the CPU does not tell.</summary>
    public static IReadOnlyList<(string Name, long Bytes)> Read()
    {
        if (!X86Base.IsSupported) return [];
        List<(string Name, long Bytes)> intel = X86Base.CpuId(0, 0).Eax >= IntelLeaf ? Levels(IntelLeaf) : [];
        return intel.Count > 0 || (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax < unchecked((uint)AmdLeaf) ? intel : Levels(AmdLeaf);
    }

    /// <summary>Each level as text, e.g. "L1 48 KB".</summary>
    public static string Describe() => Read() is { Count: > 0 } levels
        ? string.Join(", ", levels.Select(level => $"{level.Name} {Text(level.Bytes)}"))
        : "unknown";

    private static List<(string Name, long Bytes)> Levels(int leaf)
    {
        var levels = new List<(string Name, long Bytes)>();
        for (int index = 0; index < 8; index++)
        {
            (int eax, int ebx, int ecx, _) = X86Base.CpuId(leaf, index);
            int kind = eax & 31; // 0 no more, 1 data, 2 instructions, 3 both
            if (kind == 0) break;
            long ways = ((ebx >> 22) & 1023) + 1, partitions = ((ebx >> 12) & 1023) + 1, line = (ebx & 4095) + 1, sets = (uint)ecx + 1L;
            if (kind != 2) levels.Add(($"L{(eax >> 5) & 7}", ways * partitions * line * sets));
        }
        return levels;
    }

    private static string Text(long bytes) => bytes >= 1 << 20 ? FormattableString.Invariant($"{bytes / 1048576.0:0.#} MB") : FormattableString.Invariant($"{bytes / 1024.0:0.#} KB");
}
