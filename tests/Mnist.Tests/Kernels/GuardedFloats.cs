using System.Runtime.InteropServices;
using Xunit;

namespace Mnist.Tests;

/// <summary>
/// Floats that end (or begin) exactly at a page that may not be touched: reading or writing one element too far ends
/// the process. Where the operating system's calls are not at hand, plain memory between canaries.
/// </summary>
internal sealed unsafe class GuardedFloats : IDisposable
{
    private const int ProtectNone = 0, ReadWrite = 3, PrivateAnonymous = 0x22;
    private const float Canary = 12345.678f;
    private static readonly int PageSize = Environment.SystemPageSize;
    private readonly nint mapping;
    private readonly nuint mapped;
    private readonly float[]? plain;
    private readonly float* first;
    private readonly int count;

    public GuardedFloats(int count, bool atEnd = true)
    {
        this.count = count;
        if (!OperatingSystem.IsLinux())
        {
            plain = GC.AllocateArray<float>(count + 128, pinned: true);
            Array.Fill(plain, Canary);
            first = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(plain, 64);
            return;
        }
        int pages = ((count * sizeof(float)) + PageSize - 1) / PageSize;
        mapped = (nuint)((pages + 2) * PageSize);
        mapping = MemoryMap(0, mapped, ReadWrite, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, mapping);
        Assert.Equal(0, MemoryProtect(mapping, (nuint)PageSize, ProtectNone));
        nint last = mapping + ((pages + 1) * PageSize);
        Assert.Equal(0, MemoryProtect(last, (nuint)PageSize, ProtectNone));
        first = atEnd ? (float*)last - count : (float*)(mapping + PageSize);
    }

    public Span<float> Span => new(first, count);

    public void Dispose()
    {
        if (plain is null)
        {
            _ = MemoryUnmap(mapping, mapped);
            return;
        }
        Assert.All(plain[..64], value => Assert.Equal(Canary, value));
        Assert.All(plain[(64 + count)..], value => Assert.Equal(Canary, value));
    }

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static extern nint MemoryMap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static extern int MemoryProtect(nint address, nuint length, int protection);

    [DllImport("libc", EntryPoint = "munmap")]
    private static extern int MemoryUnmap(nint address, nuint length);
}
