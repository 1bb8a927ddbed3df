using System.Runtime.Intrinsics.X86;

namespace Mnist.Lab.Measuring;

/// <summary>Asks the CPU itself for its data caches, where the system does not describe them (CPUID, deterministic cache parameters).</summary>
internal static class CacheFromCpuId
{
    private const int IntelLeaf = 4;
    private const int AmdLeaf = unchecked((int)0x8000001D);
    private const int AmdFirstSizes = unchecked((int)0x80000005);
    private const int AmdSecondSizes = unchecked((int)0x80000006);

    /// <summary>The data caches that one core sees, the nearest first; empty when the CPU does not tell.</summary>
    public static IReadOnlyList<Cache> Read()
    {
        if (!X86Base.IsSupported) return [];
        List<Cache> intel = X86Base.CpuId(0, 0).Eax >= IntelLeaf ? Levels(IntelLeaf) : [];
        if (intel.Count > 0) return intel;
        uint last = (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax;
        List<Cache> amd = last >= unchecked((uint)AmdLeaf) ? Levels(AmdLeaf) : [];
        if (amd.Count > 0 || last < unchecked((uint)AmdSecondSizes)) return amd;
        return Sizes(X86Base.CpuId(AmdFirstSizes, 0).Ecx, X86Base.CpuId(AmdSecondSizes, 0).Ecx);
    }

    /// <summary>
    /// From AMD's older leaves, which a virtual machine may still fill: L1 and L2 in KB. (Its L3 is left out: the leaf
    /// tells that of the whole package, of which a core sees a part.)
    /// </summary>
    internal static IReadOnlyList<Cache> Sizes(int first, int second)
    {
        long l1 = (uint)first >> 24, l2 = (uint)second >> 16;
        return [.. ((Cache[])[new(1, l1 * 1024), new(2, l2 * 1024)]).Where(cache => cache.Bytes > 0)];
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
