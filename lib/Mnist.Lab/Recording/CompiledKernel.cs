using System.Runtime.InteropServices;
using Mnist.Lab.Recording.Compiled;

namespace Mnist.Lab.Recording;

/// <summary>A recorded kernel as machine code, with memory of its own: it really runs on this CPU.</summary>
/// <remarks>
/// Around every array lie 64 bytes that must stay as they are. Where the code may not go, the recording has already
/// refused to go, and positions are checked again for these inputs.
/// </remarks>
public sealed unsafe class CompiledKernel : IDisposable
{
    private const int Guard = 64;
    private const byte Untouched = 0xA5;
    private static int Made;

    private readonly KernelMemory memory;
    private readonly string[] names;
    private readonly nint[] starts;
    private readonly KernelCode code;
    private readonly Lazy<KernelCode> fenced;

    internal CompiledKernel(KernelProgram program, KernelMemory memory)
    {
        this.memory = memory.Copy();
        names = [.. memory.Arrays, .. memory.Lists];
        starts = [.. names.Select(name => Allocate(Bytes(name).Length))];
        Name = $"CompiledKernel{Interlocked.Increment(ref Made)}";
        code = KernelCompiler.Compile(program, names, Name, fenced: false);
        fenced = new Lazy<KernelCode>(() => KernelCompiler.Compile(program, names, Name + "Fenced", fenced: true));
        Fill();
    }

    /// <summary>Name of the dynamic method, by which an X-ray finds it.</summary>
    internal string Name { get; }

    /// <summary>Runs the code once on the arrays as they were given.</summary>
    /// <returns>The arrays afterwards.</returns>
    /// <exception cref="InvalidOperationException">The code wrote beside an array, which would be a fault of the compiler.</exception>
    public KernelMemory Run()
    {
        Fill();
        Repeat(1);
        KernelMemory after = memory.Copy();
        for (int i = 0; i < names.Length; i++)
        {
            int length = Bytes(names[i]).Length;
            if (Around(i, length).ContainsAnyExcept(Untouched)) throw new InvalidOperationException($"the compiled code wrote beside “{names[i]}”");
            if (i < memory.Arrays.Count) new ReadOnlySpan<float>((void*)starts[i], length / sizeof(float)).CopyTo(after[names[i]]);
        }
        return after;
    }

    /// <summary>Runs the code again and again, on what the round before has left; rounds overlap where the CPU lets them.</summary>
    /// <param name="rounds">How often, at least once.</param>
    public void Repeat(int rounds) => Repeat(code, rounds);

    /// <summary>The same, but on x86 a round begins only when everything of the one before has ended.</summary>
    /// <param name="rounds">How often, at least once.</param>
    public void RepeatApart(int rounds) => Repeat(fenced.Value, rounds);

    /// <summary>The machine code that the JIT made.</summary>
    public XRayReport XRay()
    {
        Repeat(1);
        return Disassembly.XRay.OfDynamic(Name);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        for (int i = 0; i < starts.Length; i++)
        {
            if (starts[i] != 0) NativeMemory.AlignedFree((void*)(starts[i] - Guard));
            starts[i] = 0;
        }
    }

    private void Repeat(KernelCode work, int rounds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        ObjectDisposedException.ThrowIf(starts.Contains(0), this);
        fixed (nint* first = starts) work((void**)first, rounds);
    }

    private void Fill()
    {
        for (int i = 0; i < names.Length; i++) Bytes(names[i]).CopyTo(new Span<byte>((void*)starts[i], Bytes(names[i]).Length));
    }

    private Span<byte> Bytes(string name) => memory.Arrays.Contains(name) ? MemoryMarshal.AsBytes(memory[name].AsSpan()) : MemoryMarshal.AsBytes(memory.ListOf(name).AsSpan());

    private static nint Allocate(int bytes)
    {
        int all = ((bytes + Guard - 1) / Guard * Guard) + (2 * Guard);
        void* start = NativeMemory.AlignedAlloc((nuint)all, Guard);
        new Span<byte>(start, all).Fill(Untouched);
        return (nint)start + Guard;
    }

    /// <summary>The bytes before and behind an array.</summary>
    private ReadOnlySpan<byte> Around(int index, int length)
    {
        var before = new ReadOnlySpan<byte>((void*)(starts[index] - Guard), Guard);
        var behind = new ReadOnlySpan<byte>((void*)(starts[index] + length), ((length + Guard - 1) / Guard * Guard) - length + Guard);
        return (byte[])[.. before, .. behind];
    }
}
