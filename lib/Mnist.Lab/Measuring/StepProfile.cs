using System.Diagnostics;
using Mnist.Kernels;

namespace Mnist.Lab.Measuring;

/// <summary>One part of a training step.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Operations">Multiplications and additions of its matrix products for a batch; 0 when it has none.</param>
/// <param name="Seconds">The median of some hundred steps.</param>
public sealed record StepPart(string Name, double Operations, double Seconds);

/// <summary>
/// Where the time of a textbook training step goes: each part timed in its place within whole steps, so that it finds
/// in the caches what the part before left there.
/// </summary>
public sealed class StepProfile
{
    private const int Steps = 200;

    private StepProfile(IReadOnlyList<StepPart> parts) => Parts = parts;

    /// <summary>The parts in the order of a step.</summary>
    public IReadOnlyList<StepPart> Parts { get; }

    /// <summary>The share of a part in the operations, 0 … 1.</summary>
    public double ShareOfOperations(StepPart part) => part.Operations / Parts.Sum(other => other.Operations);

    /// <summary>The share of a part in the time, 0 … 1.</summary>
    public double ShareOfTime(StepPart part) => part.Seconds / Parts.Sum(other => other.Seconds);

    /// <summary>Both shares as bars.</summary>
    public Figure Figure => new Figure("One training step")
        .Bars("% of the operations", Parts.Select(part => part.Name), Parts.Select(part => 100 * ShareOfOperations(part)), "F0")
        .Bars("% of the time", Parts.Select(part => part.Name), Parts.Select(part => 100 * ShareOfTime(part)), "F0")
        .YAxis("%", from: 0);

    /// <summary>Trains a copy of a network on the first images, again and again.</summary>
    /// <param name="network">The network; it stays as it is.</param>
    /// <param name="images">At least a batch of images.</param>
    /// <param name="batch">Images in a step.</param>
    /// <exception cref="ArgumentException">The images have another number of pixels than the network has inputs.</exception>
    public static StepProfile Measure(Network network, ImageSet images, int batch = 32)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch, images.Count);
        var parts = new Step(network.Clone(), images, batch).Parts();
        double[][] seconds = [.. parts.Select(_ => new double[Steps])];
        for (int step = -Steps; step < Steps; step++) // as many to warm up
            for (int i = 0; i < parts.Count; i++)
            {
                long start = Stopwatch.GetTimestamp();
                parts[i].Work();
                if (step >= 0) seconds[i][step] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        return new StepProfile([.. parts.Select((part, i) => new StepPart(part.Name, part.Operations, Spread.Of(seconds[i]).Median))]);
    }

    /// <summary>A textbook step, taken apart.</summary>
    private sealed class Step
    {
        private readonly Network network;
        private readonly ImageSet images;
        private readonly ForwardPass pass;
        private readonly Gradients gradients;
        private readonly byte[] labels;

        public Step(Network network, ImageSet images, int batch)
        {
            (this.network, this.images) = (network, images);
            labels = images.Labels[..batch].ToArray();
            pass = network.Forward(images.ToMatrix(0, batch));
            gradients = network.Backward(pass, labels);
        }

        private int Last => network.Layers.Count - 1;

        public IReadOnlyList<(string Name, double Operations, Action Work)> Parts() =>
        [
            ("pixels", 0, Pixels),
            ("Z1", Products(0), () => Forward(0)),
            ("dW1", Products(0), () => WeightGradient(0)),
            .. Enumerable.Range(1, Last).Select(l => ($"layer {l + 1}", 3 * Products(l), (Action)(() => Layer(l)))),
            ("loss", 0, () => CrossEntropy.LossAndGradient(pass.Logits, labels, 1f / labels.Length, gradients.Outputs[^1])),
            ("update", 0, () => network.Update(gradients, 1e-6f)),
        ];

        private double Products(int l) => 2.0 * labels.Length * network.Layers[l].Inputs * network.Layers[l].Outputs;

        private void Pixels()
        {
            for (int row = 0; row < labels.Length; row++) BytesToFloats.Compute(images.Image(row), pass.Inputs.Row(row));
        }

        private void Forward(int l) =>
            DenseForward.Compute(pass.InputsOf(l), network.Layers[l].Weights, network.Layers[l].Bias, pass.Outputs[l], relu: l < Last);

        private void WeightGradient(int l) =>
            DenseWeightGradient.Compute(pass.InputsOf(l), gradients.Outputs[l], gradients.Layers[l].Weights, gradients.Layers[l].Bias);

        private void Layer(int l)
        {
            Forward(l);
            WeightGradient(l);
            DenseInputGradient.Compute(gradients.Outputs[l], network.Layers[l].Weights, pass.Outputs[l - 1], gradients.Outputs[l - 1]);
        }
    }
}
