using System.Runtime.Intrinsics.X86;

namespace Mnist.Lab.Measuring;

/// <summary>Asks the CPU itself for its data caches, where the system does not describe them (CPUID, deterministic cache parameters).</summary>
internal static class CacheFromCpuId
{
    private const int IntelLeaf = 4;
    private const int AmdLeaf = unchecked((int)0x8000001D);

    /// <summary>The data caches that one core sees, the nearest first; empty when the CPU does not tell.</summary>
    public static IReadOnlyList<Cache> Read()
    {
        if (!X86Base.IsSupported) return [];
        List<Cache> intel = X86Base.CpuId(0, 0).Eax >= IntelLeaf ? Levels(IntelLeaf) : [];
        bool amd = (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax >= unchecked((uint)AmdLeaf);
        return intel.Count == 0 && amd ? Levels(AmdLeaf) : intel;
    }

    private static List<Cache> Levels(int leaf)
    {
        var levels = new List<Cache>();
        for (int index = 0; index < 8; index++)
        {
            (int eax, int ebx, int ecx, _) = X86Base.CpuId(leaf, index);
            int kind = eax & 31; // 0 no more, 1 data, 2 instructions, 3 both
            if (kind == 0) break;
            long ways = ((ebx >> 22) & 1023) + 1, partitions = ((ebx >> 12) & 1023) + 1, line = (ebx & 4095) + 1, sets = (uint)ecx + 1L;
            if (kind != 2) levels.Add(new Cache((eax >> 5) & 7, ways * partitions * line * sets));
        }
        return levels;
    }
}
