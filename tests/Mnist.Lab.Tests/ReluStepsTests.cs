using System.Runtime.InteropServices;
using Mnist.Kernels;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class ReluStepsTests
{
    private static readonly (string Name, ReluStep Step)[] Steps =
        [(nameof(ReluSteps.Branch), ReluSteps.Branch), (nameof(ReluSteps.Max), ReluSteps.Max), (nameof(ReluSteps.Lanes), ReluSteps.Lanes)];

    public static TheoryData<string> Names => [.. Steps.Select(step => step.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_gives_what_the_library_gives_for_every_length_and_nothing_beyond_it(string name)
    {
        ReluStep step = Steps.Single(one => one.Name == name).Step;
        for (int length = 0; length <= 70; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(i => (i * 37 % 19) - 9.5f)];
            if (length > 2) (values[1], values[2]) = (0, float.NegativeInfinity);
            float[] expected = [.. values], outputs = [.. Enumerable.Repeat(-7f, length + 3)];
            Relu.Reference(expected);
            step(values, outputs);
            Assert.Equal([.. expected, -7, -7, -7], outputs);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Too_few_outputs_are_refused(string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Steps.Single(one => one.Name == name).Step([1, 2, 3], new float[2]));

    [Fact]
    public void Work_leaves_the_values_alone()
    {
        float[] values = [-1, 2];
        ReluSteps.Over(ReluSteps.Lanes, values)();
        Assert.Equal([-1, 2], values);
    }

    /// <summary>The lesson's point: were the jump a conditional move, sorted and shuffled values would take equally long.</summary>
    [Fact]
    public void Only_the_branch_step_decides_by_the_value()
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "X-ray reads x86-64 machine code, and this process runs on another");
        Assert.Contains(XRay.Of(ReluSteps.Branch).Loop, instruction => instruction.Mnemonic is "ja" or "jbe" or "jb" or "jae");
        foreach (XRayReport report in new[] { XRay.Of(ReluSteps.Max), XRay.Of(ReluSteps.Lanes) })
            Assert.Equal(1, report.Counts.Branches); // the loop's own
    }

    [Fact]
    public void Skipping_zeros_and_multiplying_them_give_the_library_s_product()
    {
        Matrix inputs = Samples.Normal(7, 48, 3, relu: true), weights = Samples.Normal(48, 64, 4, relu: false);
        (inputs[0, 1], inputs[1, 20], inputs[2, 47]) = (-2, -0f, -1e-3f);
        Matrix expected = new(7, 64), dense = new(7, 64), skip = new(7, 64);
        DenseForward.Reference(inputs, weights, new Matrix(1, 64), expected, relu: false);
        SkippingSteps.Dense(inputs, weights, dense);
        SkippingSteps.Skip(inputs, weights, skip);
        Assert.True(Compare.Values("dense", dense, expected).Close);
        Assert.Equal(dense.ToArray(), skip.ToArray());

        inputs[3, 5] = float.NaN;
        SkippingSteps.Skip(inputs, weights, skip);
        Assert.All(skip.Row(3).ToArray(), value => Assert.Equal(float.NaN, value));
    }

    [Fact]
    public void Skipping_refuses_shapes_that_do_not_fit()
    {
        Assert.Throws<ArgumentException>(() => SkippingSteps.Dense(new(2, 16), new(17, 64), new(2, 64)));
        Assert.Throws<ArgumentException>(() => SkippingSteps.Dense(new(2, 16), new(16, 63), new(2, 63)));
        Assert.Throws<ArgumentException>(() => SkippingSteps.Skip(new(2, 17), new(17, 64), new(2, 64)));
    }

    [Fact]
    public void Skipping_is_measured_by_share_of_zeros_and_pays_when_all_are_zero()
    {
        Figure figure = SkippingSteps.ByZeros([0, 1], ("half", 0.5));
        LineTrace line = Assert.IsType<LineTrace>(figure.Traces[2]);
        Assert.Equal([0, 0.5, 1], line.X);
        Assert.Equal([new Note(0.5, line.Y[1], "half")], figure.Panels[0].Notes);
        Assert.True(line.Y[2] > line.Y[0], $"nothing to do is only {line.Y[2]} × as fast, everything to do {line.Y[0]} ×");
    }
}
