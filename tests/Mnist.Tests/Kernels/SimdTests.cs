using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

public class SimdTests
{
    // That the widest vectors of this processor are the best ones is held against /proc/cpuinfo in InstructionSetTests.
    [Fact]
    public void Every_width_up_to_the_best_is_supported_the_narrowest_first() =>
        Assert.Equal(Enum.GetValues<VectorWidth>().Where(width => width <= Simd.Best).Order(), Simd.Supported);

    [Fact]
    public void A_kernel_called_without_a_width_takes_the_best()
    {
        // The last bits of a sum show in which order, hence with what width, it was taken.
        float[][] data = [.. Enumerable.Range(1, 40).Select(seed => Values.Some(1003, seed))];
        float[] Sums(Func<float[], float[], float> dot) => [.. data.Zip(data.Skip(1), dot)];

        float[] unnamed = Sums((a, b) => DotProduct.Compute(a, b));
        foreach (VectorWidth width in Simd.Supported)
            Assert.Equal(width == Simd.Best, unnamed.SequenceEqual(Sums((a, b) => DotProduct.Compute(width, a, b))));
    }

    [Fact]
    public void A_width_that_the_CPU_lacks_is_refused_by_every_kernel_before_anything_is_written()
    {
        VectorWidth missing = Simd.Best == VectorWidth.Bits512 ? (VectorWidth)32 : VectorWidth.Bits512;
        float[] a = [1, 2], b = [3, 4];
        Matrix x = Values.SomeMatrix(2, 3, 1), w = Values.SomeMatrix(3, 4, 2), bias = Values.SomeMatrix(1, 4, 3), z = Values.SomeMatrix(2, 4, 4);
        Action[] calls =
        [
            () => DotProduct.Compute(missing, a, b), () => AddScaled.Compute(missing, 2, a, b), () => SgdUpdate.Compute(missing, a, b, 2),
            () => Relu.Compute(missing, a), () => Relu.Mask(missing, a, b), () => ArgMax.Compute(missing, a), () => Softmax.Compute(missing, a, b),
            () => BytesToFloats.Compute(missing, [1, 2], b), () => VectorMatrix.Compute(missing, a, z, new float[4]),
            () => OuterProduct.Add(missing, a, z.Row(0), new Matrix(2, 4)), () => DenseForward.Compute(missing, x, w, bias, z, relu: true),
            () => DenseWeightGradient.Compute(missing, x, z, w, bias), () => DenseInputGradient.Compute(missing, z, w, x, x),
        ];
        float[] Everything() => [.. a, .. b, .. x.ToArray(), .. w.ToArray(), .. bias.ToArray(), .. z.ToArray()];
        float[] before = Everything();

        Assert.All(calls, call => Assert.Throws<PlatformNotSupportedException>(call));
        Assert.Equal(before, Everything());
    }
}
