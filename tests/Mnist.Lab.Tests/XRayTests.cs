using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Mnist.Kernels;
using Mnist.Lab.MachineCode;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>X-rays of real methods in this very process.</summary>
public sealed class XRayTests
{
    public XRayTests() => Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "X-ray reads x86-64 machine code, and this process runs on another");

    [Fact]
    public void The_dot_product_has_four_multiply_adds_a_turn_that_load_one_operand_each()
    {
        NeedFusedMultiplyAdd();
        XRayReport report = XRay.Of("DotProduct.Vectorized");

        Assert.Equal("", report.Problem);
        Assert.Equal((4, 8, 0, 0), (report.FusedMultiplyAdds, report.Loads, report.Stores, report.Spills));
        Assert.Equal(4, report.Loop.Count(instruction => instruction.Is(InstructionKinds.MultiplyAdd | InstructionKinds.Load)));
        Assert.Equal((int)Simd.Best, report.Counts.Lanes);
        Assert.Equal(4 * (int)Simd.Best, report.Counts.Products);
        Assert.Equal(2.0, report.LoadsPerMultiplyAdd);
        Assert.Equal(CodeTier.Optimized, report.Tier);
        Assert.Equal("Inner loop: 4 FMA, 8 loads, 0 spills a turn", report.Headline);
        Assert.True(report.Loops.Count > 1, "what does not fill a register has a loop of its own");
    }

    [Fact]
    public void The_register_tile_of_AVX512_keeps_its_sixteen_sums_in_registers()
    {
        Assert.SkipUnless(Simd.Best == VectorWidth.Bits512, $"this process has {Simd.Describe(Simd.Best)}, not AVX-512");
        XRayReport report = XRay.Of("RegisterTile.Compute");

        Assert.Equal("8 × 2 tile: 16 FMA, 10 loads, 0 spills a turn", report.Headline);
        Assert.Equal((16, 10, 0, 0), (report.FusedMultiplyAdds, report.Loads, report.Stores, report.Spills));
        Assert.Equal(0.625, report.LoadsPerMultiplyAdd);
        Assert.Equal(16, report.Counts.Lanes);
        Assert.Equal(16, report.Loop.Where(instruction => instruction.Is(InstructionKinds.MultiplyAdd)).Select(instruction => instruction.Operands.Split(',')[0]).Distinct().Count());
    }

    [Fact]
    public void A_name_can_choose_the_width_and_the_tile()
    {
        NeedFusedMultiplyAdd();
        XRayReport report = XRay.Of("RegisterTile.Compute<Lanes256, Rows4, Columns2>");

        Assert.Equal("RegisterTile.Compute<Lanes256, Rows4, Columns2, Unchanged>", report.Method);
        Assert.Equal((8, 6, 0, 8), (report.FusedMultiplyAdds, report.Loads, report.Spills, report.Counts.Lanes));
        Assert.Equal(4, XRay.Of("RegisterTile.Compute<Columns1, Lanes256, Rows4>").FusedMultiplyAdds);
        Assert.Contains("Rows3", XRay.Of("RegisterTile.Compute<Rows3>").Problem, StringComparison.Ordinal);
        Assert.Contains("not generic", XRay.Of("Transpose.Compute<Rows4>").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_peak_rate_needs_no_memory()
    {
        NeedFusedMultiplyAdd();
        XRayReport report = XRay.Of("PeakRate.Run");

        Assert.Equal((12, 0, 0, 0), (report.FusedMultiplyAdds, report.Loads, report.Stores, report.Counts.StackAccesses));
        Assert.Equal(0, report.LoadsPerMultiplyAdd);
        Assert.Equal(1, report.Branches);
    }

    [Fact]
    public void A_call_is_shown_by_the_name_of_what_it_calls()
    {
        XRayReport report = XRay.Of("MatrixProduct.RowOfTiles");
        Assert.Contains(report.Instructions, instruction => instruction.Is(InstructionKinds.Call) && instruction.Operands.Contains("RegisterTile.Compute", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DotProduct.Vectorised", "DotProduct.Vectorized")]
    [InlineData("dotproduct.vectorized", "DotProduct.Vectorized")]
    [InlineData("RegisterTiles.Compute", "RegisterTile.Compute")]
    [InlineData("Softmax", "Softmax.")]
    [InlineData("", "Did you mean")]
    public void An_unknown_name_is_answered_with_near_ones(string name, string near)
    {
        XRayReport report = XRay.Of(name);

        Assert.False(report.IsAvailable);
        Assert.Contains(near, report.Problem, StringComparison.Ordinal);
        Assert.Contains("No X-ray", report.ToHtml(), StringComparison.Ordinal);
        Assert.Empty(report.Loop);
        Assert.Empty(report.Versions);
    }

    [Fact]
    public void Methods_are_given_as_delegates_too_with_spans_or_as_lambdas()
    {
        Assert.Equal("XRayTests.Scaled", XRay.Of(Scaled).Method);
        Assert.Equal(1, XRay.Of(Scaled).Counts.Arithmetic);
        float factor = 3;
        XRayReport lambda = XRay.Of((float value) => value * factor);
        Assert.Equal(("lambda", 1), (lambda.Method, lambda.Counts.Arithmetic));
        XRayReport expression = XRay.Of(System.Linq.Expressions.Expression.Lambda<Func<int>>(System.Linq.Expressions.Expression.Constant(3)).Compile());
        Assert.False(expression.IsAvailable);
    }

    [Fact]
    public void Code_that_is_never_optimised_says_so_and_goes_through_the_stack()
    {
        XRayReport debug = XRay.Of(SumUnoptimised), optimised = XRay.Of(SumOptimised);

        Assert.Equal((CodeTier.Debug, CodeTier.Optimized), (debug.Tier, optimised.Tier));
        Assert.True(debug.Counts.StackAccesses > 4, debug.ToString());
        Assert.Equal(0, optimised.Counts.StackAccesses);
        Assert.True(debug.InstructionCount > 2 * optimised.InstructionCount);
        Assert.Contains("not optimised", debug.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_tiers_of_a_method_stay_to_be_compared()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("DOTNET_TieredCompilation") == "0", "tiers are switched off");
        XRayReport first = XRay.Of(Tiered);
        Assert.Contains(first.Tier, (CodeTier[])[CodeTier.Tier0, CodeTier.Tier0Instrumented]);

        float sum = 0;
        bool reached = SpinWait.SpinUntil(() =>
        {
            for (int i = 0; i < 100; i++) sum += Tiered(i, sum);
            Thread.Sleep(50);
            return XRay.Of(Tiered).Tier == CodeTier.Tier1;
        }, TimeSpan.FromSeconds(30));

        Assert.True(reached, "tier 1 never came");
        IReadOnlyList<XRayReport> versions = XRay.Of(Tiered).Versions;
        Assert.Equal(first.Tier, versions[0].Tier);
        Assert.True(versions[^1].Bytes < versions[0].Bytes);
        Assert.Equal(0, versions[^1].Counts.StackAccesses);
    }

    [Fact]
    public void Each_copy_of_the_library_has_code_of_its_own()
    {
        var context = new AssemblyLoadContext("copy", isCollectible: false);
        Assembly copy = context.LoadFromAssemblyPath(typeof(MnistData).Assembly.Location);
        MethodInfo own = Kernel(typeof(MnistData).Assembly), other = Kernel(copy);

        CompiledCode ownCode = CodeFinder.Versions(own, out _)[^1], otherCode = CodeFinder.Versions(other, out _)[^1];
        Assert.NotEqual(ownCode.Start, otherCode.Start);
        Assert.Equal(Listing.Of(ownCode).Instructions.Select(instruction => instruction.Mnemonic), Listing.Of(otherCode).Instructions.Select(instruction => instruction.Mnemonic));
    }

    [Fact]
    public void Without_events_the_code_is_found_by_following_the_jumps_and_reads_the_same()
    {
        MethodInfo method = Kernel(typeof(MnistData).Assembly);
        CompiledCode heard = CodeFinder.Versions(method, out _)[^1];
        ulong followed = EntryPoint.Follow((ulong)method.MethodHandle.GetFunctionPointer());

        Assert.Equal(heard.Start, followed);
        Listing told = Listing.Of(heard), walked = Listing.Of(heard with { Size = 0 });
        Assert.Equal(Text(told), Text(walked));
        Assert.True(told.Loops.Count > 0 && told.Loops.Count == walked.Loops.Count);

        static IEnumerable<string> Text(Listing listing) => listing.Loops.SelectMany(loop => loop.Select(i => listing.Instructions[i].ToString()));
    }

    [Fact]
    public void A_comparison_has_a_row_for_each_and_lives_with_what_cannot_be_shown()
    {
        Table table = XRay.Compare(("optimised", XRay.Of(SumOptimised)), ("as in a cell", XRay.Of(SumUnoptimised)), ("missing", XRay.Of("No.Such")));

        Assert.Equal(3, table.RowCount);
        Assert.Equal(["optimised", "Debug", "cannot be shown"], ((TextColumn)table.Columns[1]).Values);
        double[] each = ((NumberColumn)table.Columns[^1]).Values;
        Assert.True(each[1] > 2 * each[0]);
        Assert.True(double.IsNaN(each[2]));
        Assert.Throws<ArgumentException>(() => XRay.Compare());
    }

    private static void NeedFusedMultiplyAdd() => Assert.SkipUnless(Simd.Best >= VectorWidth.Bits256, $"this process has {Simd.Describe(Simd.Best)}: no fused multiply-add");

    private static MethodInfo Kernel(Assembly library) => GenericShape.Make(
        library.GetType("Mnist.Kernels.AddScaled")!.GetMethods(BindingFlags.NonPublic | BindingFlags.Static).Single(method => method.IsGenericMethodDefinition), []);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Scaled(ReadOnlySpan<float> values, Span<float> target) => target[0] = 3 * values[0];

    [MethodImpl(MethodImplOptions.NoOptimization)]
    private static float SumUnoptimised(float[] values)
    {
        float sum = 0;
        for (int i = 0; i < values.Length; i++) sum += 2 * values[i];
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumOptimised(float[] values)
    {
        float sum = 0;
        for (int i = 0; i < values.Length; i++) sum += 2 * values[i];
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Tiered(float a, float b)
    {
        float c = a * b, d = a + b;
        return (c * d) - (c / (d + 1));
    }
}
