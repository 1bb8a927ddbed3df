using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

/// <summary>The vector widths that kernel tests run with.</summary>
internal static class Widths
{
    public static TheoryData<VectorWidth> All => [VectorWidth.Scalar, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    /// <summary>Skips the test, with the reason, when this process does not have the width; else counts it as covered.</summary>
    public static void Require(VectorWidth width)
    {
        Assert.SkipUnless(Simd.Supported.Contains(width),
            $"{Simd.Describe(width)} is not available in this run; the widest is {Simd.Describe(Simd.Best)}");
        VectorCoverage.Count(width);
    }
}
