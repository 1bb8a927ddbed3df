using Mnist.Kernels;
using Xunit;

namespace Mnist.Tests;

/// <summary>
/// From the assembly's starting weights, every correct implementation has these losses. They were measured in NumPy,
/// PyTorch and C.
/// </summary>
public class OracleTests
{
    private static readonly double[] Losses = [1.7616, 0.5256, 0.3727, 0.3221, 0.2855, 0.2535, 0.2258, 0.2030, 0.1843, 0.1688];

    [Theory]
    [InlineData(Strategy.Fused, Zeros.Dense, 1)]
    [InlineData(Strategy.Fused, Zeros.Dense, 2)]
    [InlineData(Strategy.Fused, Zeros.Skip, 1)]
    [InlineData(Strategy.Fused, Zeros.Skip, 2)]
    [InlineData(Strategy.Textbook, Zeros.Dense, 1)]
    [InlineData(Strategy.SampleAtATime, Zeros.Dense, 1)]
    public void Every_path_reproduces_the_oracle(Strategy strategy, Zeros zeros, int threads)
    {
        // Without vectors a run takes minutes: two epochs of the quickest path, and one of the others, say enough there.
        int epochs = Simd.Best >= VectorWidth.Bits256 ? 10 : zeros == Zeros.Skip ? 2 : 1;
        Assert.SkipWhen(Simd.Best == VectorWidth.Scalar && (strategy != Strategy.Fused || threads > 1),
            "plain floats: this path's arithmetic is compared with the fused path's on fewer images");
        var options = new TrainingOptions { Strategy = strategy, Zeros = zeros, Threads = threads, Epochs = epochs, EvaluateEachEpoch = false };
        TrainingResult result = new Trainer(RealMnist.Data, options).Run(TestContext.Current.CancellationToken);

        for (int epoch = 0; epoch < epochs; epoch++)
            Assert.Equal(Losses[epoch], result.Epochs[epoch].Loss, 0.0002);
        if (epochs == 10) Assert.InRange(result.Test.Accuracy, 0.9510, 0.9525);
    }
}
