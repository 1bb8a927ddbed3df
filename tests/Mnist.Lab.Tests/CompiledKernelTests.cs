using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using Mnist.Kernels;
using Mnist.Lab.Recording;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>Random programs: recorded = compiled = plain C#, also in processes without AVX-512, without AVX2, and without any.</summary>
public sealed class CompiledKernelTests
{
    private const string ChildVariable = "MNIST_LAB_TESTS_CHILD";

    private static readonly int[] Widths = [16, 8, 4];

    public static TheoryData<int, int> Programs => [.. from lanes in Widths from seed in Enumerable.Range(0, 40) select (lanes, seed)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_random_program_gives_the_same_bits_recorded_compiled_and_in_plain_CSharp(int lanes, int seed)
    {
        var random = new RandomProgram(lanes, seed);
        KernelProgram program = KernelProgram.Record(random.Record, random.Memory(1), lanes);
        foreach (int inputs in new[] { 1, 2 })
        {
            KernelMemory memory = random.Memory(inputs), recorded = program.Run(memory), plain = random.Plain(memory);
            using CompiledKernel compiled = program.Compile(memory);
            SameBits(plain, recorded, $"recorded, {lanes} lanes, seed {seed}");
            SameBits(recorded, compiled.Run(), $"compiled, {lanes} lanes, seed {seed}");
            SameBits(recorded, compiled.Run(), "again");
        }
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task They_do_so_without(string setting)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(ChildVariable) is not null, "this is such a run");
        CancellationToken stop = TestContext.Current.CancellationToken;
        using Process child = Process.Start(Self(setting))!;
        string output = await child.StandardOutput.ReadToEndAsync(stop);
        await child.WaitForExitAsync(stop);
        Assert.True(child.ExitCode == 0, output);
        Assert.Matches(@"Total: 1[0-9]{2}\b", output); // so many tests did run
    }

    [Fact]
    public void A_compiled_kernel_is_optimised_and_one_operation_is_one_instruction()
    {
        Assert.SkipUnless(Simd.Best == VectorWidth.Bits512 && Avx512F.IsSupported, "needs 512-bit registers");
        XRay.Listen();
        KernelMemory memory = new KernelMemory().Input("x", new float[256]).Output("y", 64).Input("tail", new float[3]);
        using CompiledKernel compiled = KernelProgram.Record(
            m =>
            {
                Value[] sums = [.. Enumerable.Range(0, 4).Select(_ => m.Constant(0))];
                m.Repeat(16, i => sums[i % 4] = m.Fma(m.Load("x", 16 * i), m.Broadcast("x", i), sums[i % 4]));
                sums[0] = m.Add(m.Pair(sums[0], sums[1], 0, 1, 2, 3), m.Shuffle(sums[2], [.. Enumerable.Range(0, 16).Select(lane => lane ^ 1)]));
                sums[0] = m.Add(sums[0], m.Load("tail", 0, m.FirstLanes(3)));
                for (int i = 0; i < 4; i++) m.Store("y", 16 * i, sums[i]);
            }, memory).Compile(memory);
        XRayReport report = compiled.XRay();
        Assert.True(report.IsAvailable, report.Problem);
        Assert.Equal(CodeTier.Optimized, report.Tier);
        string code = string.Join('\n', report.Loop);
        Assert.True(report.Counts.FusedMultiplyAdds == 16 && report.Counts.Spills == 0 && report.Counts.Calls == 0 && report.Counts.Stores == 4, code);
        Assert.InRange(report.Counts.Instructions, 16, 75);
    }

    [Fact]
    public void A_kernel_reads_what_it_may_read_and_nothing_beside_it_is_changed()
    {
        KernelMemory memory = new KernelMemory().Input("x", 1, 2, 3).Output("y", 3);
        using CompiledKernel compiled = KernelProgram.Record(m => m.Store("y", 0, m.Load("x", 0, m.FirstLanes(3)), m.FirstLanes(3)), memory).Compile(memory);
        Assert.Equal([1, 2, 3], compiled.Run()["y"]); // Run looks at the bytes around every array
        Assert.Throws<ArgumentOutOfRangeException>(() => compiled.Repeat(0));
        compiled.RepeatApart(3);
        compiled.Dispose();
        Assert.Throws<ObjectDisposedException>(() => compiled.Repeat(1));
        compiled.Dispose();
    }

    /// <summary>A NaN may be any NaN: which of two goes on, a CPU decides by the order of operands in its instruction.</summary>
    internal static void SameBits(KernelMemory expected, KernelMemory actual, string what)
    {
        foreach (string array in expected.Arrays)
            for (int i = 0; i < expected[array].Length; i++)
            {
                (float want, float got) = (expected[array][i], actual[array][i]);
                if (float.IsNaN(want) && float.IsNaN(got)) continue;
                Assert.True(BitConverter.SingleToInt32Bits(want) == BitConverter.SingleToInt32Bits(got), $"{what}: {array}[{i}] is {got:G9}, it should be {want:G9}");
            }
    }

    private static ProcessStartInfo Self(string setting)
    {
        string tests = typeof(CompiledKernelTests).Assembly.Location, process = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] arguments = ["-noLogo", "-noColor", "-class", typeof(CompiledKernelTests).FullName!];
        var start = new ProcessStartInfo(process, isHost ? ["exec", tests, .. arguments] : arguments) { RedirectStandardOutput = true };
        (start.Environment[setting], start.Environment[ChildVariable]) = ("0", "1");
        return start;
    }
}
