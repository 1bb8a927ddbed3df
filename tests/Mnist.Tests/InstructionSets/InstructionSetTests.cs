using System.Runtime.Intrinsics.X86;
using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

/// <summary>
/// The whole suite once more under three settings that take vector instructions away, so that every machine tests the
/// paths of lesser ones. Which paths each run covered is written to <c>instruction-sets.md</c> beside the tests.
/// </summary>
[Collection(RunsAlone.Name)]
public class InstructionSetTests
{
    private static readonly string[] Variables = ["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"];
    private static readonly string Report = Path.Combine(AppContext.BaseDirectory, "instruction-sets.md");
    private static readonly SortedDictionary<string, string> Rows = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("DOTNET_EnableAVX512", VectorWidth.Bits256)]
    [InlineData("DOTNET_EnableAVX2", VectorWidth.Bits128)]
    [InlineData("DOTNET_EnableHWIntrinsic", VectorWidth.Scalar)]
    public async Task The_suite_passes_without(string setting, VectorWidth widest)
    {
        Assert.SkipWhen(ChildRun.IsThis, "this is such a run");

        ChildRun run = await ChildRun.StartAsync(setting, "0", except: GetType());

        AddToReport($"{setting}=0", run.Coverage, run.Summary);
        Assert.True(run.ExitCode == 0, $"{setting}=0: {run.Summary}\n{run.Failures}");
        VectorWidth expected = (VectorWidth)Math.Min((int)widest, (int)WidestOfProcessor());
        Assert.StartsWith(Simd.Describe(expected), run.Coverage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_processor_with_AVX512_has_every_kernel_tested_with_it()
    {
        AddToReport("default", VectorCoverage.Row, "this run");
        string? set = Array.Find(Variables, name => Environment.GetEnvironmentVariable(name) is not null);
        Assert.SkipWhen(set is not null, $"{set} is set: this is no default run");
        Assert.SkipUnless(WidestOfProcessor() == VectorWidth.Bits512, "this processor has no AVX-512");
        Assert.SkipWhen(VectorCoverage.Of(VectorWidth.Scalar) == 0, "the kernel tests are not part of this run");

        Assert.Equal(VectorWidth.Bits512, Simd.Best);
        Assert.Equal(VectorCoverage.Of(VectorWidth.Scalar), VectorCoverage.Of(VectorWidth.Bits512));
    }

    /// <summary>What the processor and its operating system have, whatever the runtime was told to use of it.</summary>
    private static VectorWidth WidestOfProcessor()
    {
        if (!File.Exists("/proc/cpuinfo")) return X86Base.IsSupported && (X86Base.CpuId(7, 0).Ebx >> 16 & 1) == 1 ? VectorWidth.Bits512 : Simd.Best;
        HashSet<string> flags = [.. File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal))?.Split(' ') ?? []];
        return flags.Contains("avx512f") && flags.Contains("avx512bw") ? VectorWidth.Bits512
            : flags.Contains("avx2") && flags.Contains("fma") ? VectorWidth.Bits256
            : Simd.Best;
    }

    private static void AddToReport(string setting, string coverage, string summary)
    {
        Rows[setting] = $"| {setting} | {coverage} | {summary} |\n";
        File.WriteAllText(Report,
            "Kernel tests that ran with each vector width, by runtime setting:\n\n" +
            $"| setting | {VectorCoverage.Header} | tests |\n|---|---|---|---|---|---|---|\n" + string.Concat(Rows.Values));
    }
}
