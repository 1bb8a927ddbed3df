using System.Runtime.InteropServices;
using Iced.Intel;
using Xunit;
using static Iced.Intel.AssemblerRegisters;

namespace Mnist.Lab.Tests;

/// <summary>X-rays of machine code that is written here by hand, so that each case is sure to occur, on every machine.</summary>
public sealed class MachineCodeTests
{
    [Fact]
    public void Of_nested_loops_the_inner_one_is_taken()
    {
        Listing listing = Read(code =>
        {
            Label outer = code.CreateLabel(), inner = code.CreateLabel();
            code.mov(ecx, 4);
            code.Label(ref outer);
            code.mov(eax, 8);
            code.vaddps(zmm5, zmm5, zmm6);
            code.Label(ref inner);
            code.vfmadd231ps(zmm0, zmm1, __[rsi]);
            code.dec(eax);
            code.jne(inner);
            code.dec(ecx);
            code.jne(outer);
            code.ret();
        });

        int[] loop = Assert.Single(listing.Loops);
        Assert.Equal(["vfmadd231ps zmm0, zmm1, [rsi]", "dec eax", "jne L2"], loop.Select(i => listing.Instructions[i].ToString()));
        Assert.Equal("16 multiply-adds, loads 16 floats", listing.Instructions[loop[0]].Note);
        Assert.Equal("L2", listing.Instructions[loop[0]].Label);
    }

    [Fact]
    public void What_the_compiler_moved_behind_the_end_belongs_to_its_loop_and_makes_none()
    {
        Listing listing = Read(code =>
        {
            Label loop = code.CreateLabel(), back = code.CreateLabel(), rare = code.CreateLabel();
            code.Label(ref loop);
            code.vaddss(xmm0, xmm0, __[rsi]);
            code.test(eax, eax);
            code.je(rare);
            code.Label(ref back);
            code.dec(ecx);
            code.jne(loop);
            code.ret();
            code.Label(ref rare);
            code.vmulss(xmm0, xmm0, xmm0);
            code.jmp(back);
        });

        int[] body = Assert.Single(listing.Loops);
        Assert.Equal(["vaddss", "test", "je", "dec", "jne", "vmulss", "jmp"], body.Select(i => listing.Instructions[i].Mnemonic));
    }

    [Fact]
    public void Of_two_loops_the_one_that_computes_more_comes_first()
    {
        Listing listing = Read(code =>
        {
            Label first = code.CreateLabel(), second = code.CreateLabel(), third = code.CreateLabel();
            code.Label(ref first);
            code.vfmadd231ss(xmm0, xmm1, __[rsi]);
            code.dec(ecx);
            code.jne(first);
            code.Label(ref second);
            code.vfmadd231ps(ymm0, ymm1, __[rsi]);
            code.dec(ecx);
            code.jne(second);
            code.Label(ref third);
            code.inc(eax);
            code.dec(ecx);
            code.jne(third);
            code.ret();
        });

        Assert.Equal([8, 1, 0], listing.Loops.Select(loop => loop.Sum(i => listing.Instructions[i].Lanes)));
    }

    [Fact]
    public void Loads_stores_and_spills_are_told_apart()
    {
        Listing listing = Read(code =>
        {
            code.push(rbp);
            code.lea(rbp, __[rsp + 64]);
            code.vmovups(zmm0, __[rsi]);
            code.vmovups(__[rdi], zmm0);
            code.vmovups(__[rsp + 64], zmm0);
            code.vmovups(zmm1, __[rbp - 128]);
            code.vfmadd231ps(zmm0, zmm1, __[rsp + 64]);
            code.mov(eax, __dword_ptr[rbp - 8]);
            code.add(__dword_ptr[rdi], 1);
            code.vbroadcastss(zmm2, __dword_ptr[rsi]);
            code.vfmadd231ps(zmm0, zmm1, __dword_bcst[rsi + 4]);
            code.lea(rax, __[rsi + 8]);
            code.vxorps(xmm3, xmm3, xmm3);
            code.ret();
        });

        const InstructionKinds Load = InstructionKinds.Load, Store = InstructionKinds.Store, Stack = InstructionKinds.Stack, Spill = Stack | InstructionKinds.Spill, Fma = InstructionKinds.MultiplyAdd;
        Assert.Equal([0, 0, Load, Store, Spill, Spill, Fma | Spill, Stack, Load | Store, Load, Fma | Load, 0, 0, 0], listing.Instructions.Select(instruction => instruction.Kinds));
        Assert.Equal(["loads 16 floats", "stores 16 floats", "spill: register → stack", "spill: stack → register", "16 multiply-adds, one operand from the stack", "from the stack", "",
            "1 float into 16 lanes", "16 multiply-adds, broadcasts 1 float", "", "sets it to 0"], listing.Instructions.Skip(2).SkipLast(1).Select(instruction => instruction.Note));
        var counts = new InstructionCounts([.. listing.Instructions]);
        Assert.Equal((2, 4, 2, 3, 4), (counts.FusedMultiplyAdds, counts.Loads, counts.Stores, counts.Spills, counts.StackAccesses));
        Assert.Equal((32, 16, 2.0), (counts.Products, counts.Lanes, counts.LoadsPerMultiplyAdd));
    }

    [Fact]
    public void Without_a_frame_pointer_rbp_is_a_pointer_like_any_other()
    {
        Listing listing = Read(code =>
        {
            code.vmovups(zmm0, __[rbp - 128]);
            code.ret();
        });
        Assert.Equal(InstructionKinds.Load, listing.Instructions[0].Kinds);
    }

    [Fact]
    public void A_method_that_fills_a_notebook_is_cut()
    {
        XRayReport report = Report(code =>
        {
            Label loop = code.CreateLabel();
            code.Label(ref loop);
            for (int i = 0; i < 2000; i++) code.vfmadd231ps(zmm0, zmm1, __[rsi + (64 * i)]);
            code.dec(ecx);
            code.jne(loop);
            code.ret();
        });
        string html = report.ToHtml();

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(html), 60_000, 100 * 1024);
        Assert.Contains("left out to keep the notebook small", html, StringComparison.Ordinal);
        Assert.Equal(2000, report.Counts.FusedMultiplyAdds);
    }

    [Theory]
    [InlineData(8u, CodeTier.Unknown)]
    [InlineData(8u | (1 << 7), CodeTier.Debug)]
    [InlineData(8u | (2 << 7), CodeTier.Optimized)]
    [InlineData(8u | (3 << 7), CodeTier.Tier0)]
    [InlineData(8u | (4 << 7), CodeTier.Tier1)]
    [InlineData(10u | (5 << 7), CodeTier.OnStackReplacement)]
    [InlineData(0u, CodeTier.Precompiled)]
    public void The_runtimes_flags_name_the_tier(uint flags, CodeTier tier) => Assert.Equal(tier, CodeTiers.FromFlags(flags));

    private static Listing Read(Action<Assembler> write) => InMemory(write, Listing.Of);

    private static XRayReport Report(Action<Assembler> write) => InMemory(write, code => XRayReport.Newest("by hand", "", [code]));

    private static T InMemory<T>(Action<Assembler> write, Func<CompiledCode, T> read)
    {
        var assembler = new Assembler(64);
        write(assembler);
        byte[] room = GC.AllocateArray<byte>(1 << 16, pinned: true);
        ulong address = (ulong)Marshal.UnsafeAddrOfPinnedArrayElement(room, 0);
        using var stream = new MemoryStream();
        _ = assembler.Assemble(new StreamCodeWriter(stream), address);
        stream.ToArray().CopyTo(room, 0);
        T result = read(new CompiledCode(1, address, (uint)stream.Length, 8 | (2 << 7), "", ""));
        GC.KeepAlive(room);
        return result;
    }
}
