using Xunit;

namespace Mnist.Lab.Tests;

public sealed class BackwardExerciseTests
{
    [Fact]
    public void Stubs_are_not_solved_yet_and_solutions_are()
    {
        CheckResult stub = BackwardExercises.Three((_, _) => null, (_, _, _) => null, (_, _, _) => null);
        Assert.Equal((false, false), (stub.Started, stub.Passed));
        Assert.Contains("not solved yet", stub.Detail, StringComparison.Ordinal);
        Assert.True(BackwardExercises.Three(Leaky, Scale, Tempered).Passed);
        CheckResult part = BackwardExercises.Three(Leaky, (_, _, _) => null, (_, _, _) => null);
        Assert.Equal((true, false, "1 of 3 are right, the others are not written yet"), (part.Started, part.Passed, part.Detail));
    }

    [Fact]
    public void Typical_wrong_answers_are_told_why()
    {
        Says("the slope is 0.1, not 0", BackwardExercises.Three((x, d) => [.. x.Zip(d, (a, b) => a > 0 ? b : 0)], Scale, Tempered));
        Says("slope × dY", BackwardExercises.Three((x, _) => [.. x.Select(a => a > 0 ? 1 : 0.1f)], Scale, Tempered));
        Says("blame passes by the slope", BackwardExercises.Three((x, d) => [.. x.Zip(d, (a, b) => MathF.Max(a, 0.1f * a) * b)], Scale, Tempered));
        Says("by the sign of x", BackwardExercises.Three((_, d) => [.. d.Select(b => MathF.Max(b, 0.1f * b))], Scale, Tempered));
        Says("that is dx", BackwardExercises.Three(Leaky, (_, g, d) => [.. d.Select(b => g * b)], Tempered));
        Says("points uphill", BackwardExercises.Three(Leaky, Scale, (p, label, t) => [.. Tempered(p, label, t).Select(value => -value)]));
        Says("add its blames up", BackwardExercises.Three(Leaky, (x, _, d) => [.. x.Zip(d, (a, b) => a * b)], Tempered));
        Says("not a mean", BackwardExercises.Three(Leaky, (x, _, d) => [x.Zip(d, (a, b) => a * b).Average()], Tempered));
        Says("T is missing", BackwardExercises.Three(Leaky, Scale, (p, label, _) => Tempered(p, label, 1)));
        Says("the 1 of the label", BackwardExercises.Three(Leaky, Scale, (p, _, t) => [.. p.Select(share => share / t)]));
        Says("largest difference", BackwardExercises.Three((x, _) => [.. x.Select(_ => 9f)], Scale, Tempered));
    }

    [Fact]
    public void The_whole_pass_names_the_first_wrong_tensor_from_the_back()
    {
        MnistData data = MnistData.Load();
        Network network = Trainer.InitialNetwork(data, new TrainingOptions { InitialWeights = InitialWeights.He });
        Matrix inputs = data.Training.ToMatrix(0, 4);
        CheckResult Check(Gradients gradients) => BackwardExercises.Whole(network, inputs, data.Training.Labels[..4], gradients);
        Gradients By(BackwardPass pass) => pass.Run(network, network.Forward(inputs), data.Training.Labels[..4]);

        Assert.False(Check(new Gradients(network, 4)).Started);
        Assert.True(Check(By(new BackwardPass())).Passed);
        Says("dW3 [64, 10]: the whole tensor is 4 ×", Check(By(new SumOverBatch())));
        Says("dW2 [128, 64]: wrong only where the ReLU is off", Check(By(new NoReluMask())));
        Says("db2 [1, 64]: all zero", Check(By(new NoBiasGradient())));
    }

    private static void Says(string why, CheckResult result)
    {
        Assert.Equal((true, false), (result.Started, result.Passed));
        Assert.Contains(why, result.Detail, StringComparison.Ordinal);
    }

    private static float[] Leaky(float[] x, float[] dY) => [.. x.Zip(dY, (a, d) => a > 0 ? d : 0.1f * d)];

    private static float[] Scale(float[] x, float g, float[] dY) => [x.Zip(dY, (a, d) => a * d).Sum()];

    private static float[] Tempered(float[] p, int label, float temperature) => [.. p.Select((share, i) => (share - (i == label ? 1 : 0)) / temperature)];
}
