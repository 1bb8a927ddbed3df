using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mnist.Kernels;
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
        Assert.Equal((4, 8, 0, 0), (report.Counts.FusedMultiplyAdds, report.Counts.Loads, report.Counts.Stores, report.Counts.Spills));
        Assert.Equal(4, report.Loop.Count(instruction => instruction.Is(InstructionKinds.MultiplyAdd | InstructionKinds.Load)));
        Assert.Equal((int)Simd.Best, report.Counts.Lanes);
        Assert.Equal(4 * (int)Simd.Best, report.Counts.Products);
        Assert.Equal(2.0, report.Counts.LoadsPerMultiplyAdd);
        Assert.Equal(CodeTier.Optimized, report.Tier);
        Assert.Equal("Inner loop: 4 FMA, 8 loads, 0 spills per turn", report.Headline);
        Assert.True(report.Loops.Count > 1, "what does not fill a register has a loop of its own");
    }

    [Fact]
    public void The_register_tile_of_AVX512_keeps_its_sixteen_sums_in_registers()
    {
        Assert.SkipUnless(Simd.Best == VectorWidth.Bits512, $"this process has {Simd.Describe(Simd.Best)}, not AVX-512");
        XRayReport report = XRay.Of("RegisterTile.Compute");

        Assert.Equal("8 × 2 tile: 16 FMA, 10 loads, 0 spills per turn", report.Headline);
        Assert.Equal((16, 10, 0, 0), (report.Counts.FusedMultiplyAdds, report.Counts.Loads, report.Counts.Stores, report.Counts.Spills));
        Assert.Equal(0.625, report.Counts.LoadsPerMultiplyAdd);
        Assert.Equal(16, report.Counts.Lanes);
        Assert.Equal(16, report.Loop.Where(instruction => instruction.Is(InstructionKinds.MultiplyAdd)).Select(instruction => instruction.Operands.Split(',')[0]).Distinct().Count());
    }

    [Fact]
    public void A_name_can_choose_the_width_and_the_tile()
    {
        NeedFusedMultiplyAdd();
        XRayReport report = XRay.Of("RegisterTile.Compute<Lanes256, Rows4, Columns2>");

        Assert.Equal("RegisterTile.Compute<Lanes256, Rows4, Columns2, NoEpilogue>", report.Method);
        Assert.Equal((8, 6, 0, 8), (report.Counts.FusedMultiplyAdds, report.Counts.Loads, report.Counts.Spills, report.Counts.Lanes));
        Assert.Equal(4, XRay.Of("RegisterTile.Compute<Columns1, Lanes256, Rows4>").Counts.FusedMultiplyAdds);
        Assert.Contains("Rows3", XRay.Of("RegisterTile.Compute<Rows3>").Problem, StringComparison.Ordinal);
        Assert.Contains("not generic", XRay.Of("Transpose.Compute<Rows4>").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_peak_rate_needs_no_memory()
    {
        NeedFusedMultiplyAdd();
        XRayReport report = XRay.Of("PeakRate.Run");

        Assert.Equal((12, 0, 0, 0), (report.Counts.FusedMultiplyAdds, report.Counts.Loads, report.Counts.Stores, report.Counts.StackAccesses));
        Assert.Equal(0, report.Counts.LoadsPerMultiplyAdd);
        Assert.Equal(1, report.Counts.Branches);
    }

    [Fact]
    public void A_call_is_shown_by_the_name_of_what_it_calls()
    {
        // Called once, so that the call leads to the tile's code and no longer to the JIT.
        Mnist.Kernels.DenseForward.Compute(new Matrix(8, 4), new Matrix(4, 32), new Matrix(1, 32), new Matrix(8, 32), relu: false);
        XRayReport report = XRay.Of("MatrixProduct.RowOfTiles");
        Assert.Contains(report.Instructions, instruction => instruction.Is(InstructionKinds.Call) && instruction.Operands.Contains("RegisterTile.Compute", StringComparison.Ordinal));
    }

    [Fact]
    public void A_peer_s_loop_is_found_behind_the_calls_that_lead_to_it()
    {
        Assert.SkipUnless(Vector128.IsHardwareAccelerated, "without vectors the peer has no vectorised method");
        float[] ones = [.. Enumerable.Repeat(1f, 784)];
        Assert.Equal(784, DotProductPeers.TensorPrimitivesDot(ones, ones));

        XRayReport report = XRay.OfCalled(DotProductPeers.TensorPrimitivesDot, "Vectorized");
        Assert.StartsWith("TensorPrimitives.Vectorized", report.Method, StringComparison.Ordinal);
        Assert.NotEmpty(report.Loop);
        XRayReport none = XRay.OfCalled(DotProductPeers.TensorPrimitivesDot, "NoSuchMethod");
        Assert.Contains("calls no method with “NoSuchMethod”", none.Problem, StringComparison.Ordinal);
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
    public void A_comparison_has_a_row_for_each_and_lives_with_what_cannot_be_shown()
    {
        Table table = XRay.Compare(("optimised", XRay.Of(Sums.Optimised)), ("as in a cell", XRay.Of(Sums.Unoptimised)), ("missing", XRay.Of("No.Such")));

        Assert.Equal(3, table.RowCount);
        Assert.Equal(["optimised", "Debug", "cannot be shown"], ((TextColumn)table.Columns[1]).Values);
        double[] each = ((NumberColumn)table.Columns[^1]).Values;
        Assert.True(each[1] > 2 * each[0]);
        Assert.True(double.IsNaN(each[2]));
        Assert.Throws<ArgumentException>(() => XRay.Compare());
    }

    private static void NeedFusedMultiplyAdd() => Assert.SkipUnless(Simd.Best >= VectorWidth.Bits256, $"this process has {Simd.Describe(Simd.Best)}: no fused multiply-add");

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Scaled(ReadOnlySpan<float> values, Span<float> target) => target[0] = 3 * values[0];
}
