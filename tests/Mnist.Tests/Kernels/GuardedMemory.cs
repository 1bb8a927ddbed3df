using System.Runtime.InteropServices;
using Xunit;

namespace Mnist.Tests;

/// <summary>Where a span lies between the two pages that may not be touched.</summary>
internal enum Place
{
    /// <summary>It ends where the last page begins: reading or writing one element too far ends the process.</summary>
    AtEnd,

    /// <summary>It begins where the first page ends: reading or writing before it ends the process.</summary>
    AtStart,

    /// <summary>It begins at an odd element, so that no vector is aligned: writing beside it is seen.</summary>
    Odd,
}

/// <summary>
/// Memory between two pages that may not be touched, for spans of any length up to the capacity. What the kernel under
/// test must leave alone holds canaries, which are looked at afterwards; so writing beside a span is seen everywhere,
/// and reading beside it wherever the operating system's calls are at hand (Linux).
/// </summary>
internal sealed unsafe class GuardedMemory<T> : IDisposable
    where T : unmanaged
{
    private const int ProtectNone = 0, ReadWrite = 3, PrivateAnonymous = 0x22, OddElements = 7, MostCanaries = 2048;
    private const byte Canary = 0xA5;
    private readonly byte* mapping;
    private readonly byte* first;
    private readonly nuint mapped;
    private readonly int size;
    private int start;
    private int end;

    /// <param name="capacity">Elements of the longest span that will be asked for.</param>
    public GuardedMemory(int capacity)
    {
        int page = Environment.SystemPageSize;
        int bytes = checked((capacity + OddElements) * sizeof(T));
        size = (bytes + page - 1) / page * page;
        mapped = (nuint)(size + (2 * page));
        if (OperatingSystem.IsLinux())
        {
            nint address = LibC.MemoryMap(0, mapped, ReadWrite, PrivateAnonymous, -1, 0);
            Assert.NotEqual(-1, address);
            mapping = (byte*)address;
            Assert.Equal(0, LibC.MemoryProtect(address, (nuint)page, ProtectNone));
            Assert.Equal(0, LibC.MemoryProtect(address + page + size, (nuint)page, ProtectNone));
        }
        else
        {
            mapping = (byte*)NativeMemory.AlignedAlloc(mapped, (nuint)page);
        }
        first = mapping + page;
        _ = Take(0, Place.AtStart);
    }

    private Span<byte> Before => new Span<byte>(first, start)[Math.Max(0, start - MostCanaries)..];

    private Span<byte> Behind => new(first + end, Math.Min(MostCanaries, size - end));

    /// <summary>A span at a place, with what was there. The one taken before is not to be used any more.</summary>
    public Span<T> Take(int count, Place place)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((count + OddElements) * sizeof(T), size, nameof(count));
        start = place switch
        {
            Place.AtEnd => size - (count * sizeof(T)),
            Place.AtStart => 0,
            _ => OddElements * sizeof(T),
        };
        end = start + (count * sizeof(T));
        Before.Fill(Canary);
        Behind.Fill(Canary);
        return new Span<T>(first + start, count);
    }

    /// <summary>Fails when anything but the span was written.</summary>
    public void MustBeUntouchedBeside(string what)
    {
        if (Before.ContainsAnyExcept(Canary)) Assert.Fail($"{what}: memory before the span was written");
        if (Behind.ContainsAnyExcept(Canary)) Assert.Fail($"{what}: memory behind the span was written");
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux()) _ = LibC.MemoryUnmap((nint)mapping, mapped);
        else NativeMemory.AlignedFree(mapping);
    }
}

/// <summary>The calls of the operating system that <see cref="GuardedMemory{T}"/> is made of.</summary>
internal static class LibC
{
    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static extern nint MemoryMap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    public static extern int MemoryProtect(nint address, nuint length, int protection);

    [DllImport("libc", EntryPoint = "munmap")]
    public static extern int MemoryUnmap(nint address, nuint length);
}
