using Mnist.Kernels;

namespace Mnist.Lab.Losses;

/// <summary>How well the test images are read after some batches.</summary>
/// <param name="Batches">Batches since the start.</param>
/// <param name="Accuracy">Share of the test images read correctly, 0 … 1.</param>
public sealed record Checkpoint(int Batches, double Accuracy);

/// <summary>A training with a loss of your choice, and the network that came out of it.</summary>
public sealed class LossTraining
{
    private const int CheckpointsPerEpoch = 5;

    private LossTraining(Network network, IReadOnlyList<float> batchLosses, IReadOnlyList<Checkpoint> checkpoints) =>
        (Network, BatchLosses, Checkpoints) = (network, batchLosses, checkpoints);

    /// <summary>The trained network.</summary>
    public Network Network { get; }

    /// <summary>The mean loss of each batch, before its update.</summary>
    public IReadOnlyList<float> BatchLosses { get; }

    /// <summary>The test accuracy, five times an epoch and once before the first batch.</summary>
    public IReadOnlyList<Checkpoint> Checkpoints { get; }

    /// <summary>
    /// Trains as <see cref="Trainer"/> does, one textbook step after the other in file order, but with any loss. Of the
    /// options it takes epochs, batch size, learning rate, hidden sizes and initial weights.
    /// </summary>
    /// <param name="data">The images.</param>
    /// <param name="options">The run.</param>
    /// <param name="loss">What is made small.</param>
    /// <exception cref="ArgumentException">The options ask for no epoch or no batch.</exception>
    public static LossTraining Run(MnistData data, TrainingOptions options, SampleLoss loss)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Epochs, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1, nameof(options));
        Network network = Trainer.InitialNetwork(data, options);
        DenseLayer[] gradients = [.. network.Layers.Select(layer => new DenseLayer(layer.Inputs, layer.Outputs))];
        int perEpoch = (data.Training.Count + options.BatchSize - 1) / options.BatchSize, batches = perEpoch * options.Epochs;
        int every = Math.Max(1, perEpoch / CheckpointsPerEpoch);
        var losses = new List<float>(batches);
        var checkpoints = new List<Checkpoint> { new(0, network.Evaluate(data.Test).Accuracy) };
        Live.Run("Training", live =>
        {
            for (int batch = 0; batch < batches; batch++)
            {
                int first = batch % perEpoch * options.BatchSize, count = Math.Min(options.BatchSize, data.Training.Count - first);
                losses.Add((float)Step(network, data.Training.ToMatrix(first, count), data.Training.Labels.Slice(first, count), loss, gradients, options.LearningRate));
                if ((batch + 1) % every != 0 && batch + 1 != batches) continue;
                checkpoints.Add(new Checkpoint(batch + 1, network.Evaluate(data.Test).Accuracy));
                live.Update((batch + 1.0) / batches, FormattableString.Invariant($"{checkpoints[^1].Accuracy:P1} read"));
            }
        });
        return new LossTraining(network, losses, checkpoints);
    }

    /// <summary>The same training with several learning rates, one after the other.</summary>
    /// <param name="data">The images.</param>
    /// <param name="options">The run, without the rate.</param>
    /// <param name="rates">The learning rates.</param>
    /// <param name="loss">What is made small.</param>
    public static IReadOnlyList<LossTraining> RunAll(MnistData data, TrainingOptions options, IReadOnlyList<float> rates, SampleLoss loss)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rates);
        return [.. rates.Select(rate => Run(data, options with { LearningRate = rate }, loss))];
    }

    /// <summary>Forward, loss, backward, update: one batch.</summary>
    /// <returns>The mean loss before the update.</returns>
    private static double Step(Network network, Matrix inputs, ReadOnlySpan<byte> labels, SampleLoss loss, DenseLayer[] gradients, float learningRate)
    {
        ForwardPass pass = network.Forward(inputs);
        Matrix dOutputs = new(labels.Length, network.Sizes[^1]);
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            sum += loss(pass.Logits.Row(row), labels[row], dOutputs.Row(row));
            foreach (ref float value in dOutputs.Row(row)) value /= labels.Length;
        }
        for (int l = network.Layers.Count - 1; l >= 0; l--)
        {
            DenseWeightGradient.Compute(pass.InputsOf(l), dOutputs, gradients[l].Weights, gradients[l].Bias);
            if (l == 0) continue;
            Matrix dInputs = new(labels.Length, network.Layers[l].Inputs);
            DenseInputGradient.Compute(dOutputs, network.Layers[l].Weights, pass.Outputs[l - 1], dInputs);
            dOutputs = dInputs;
        }
        for (int l = 0; l < gradients.Length; l++)
        {
            SgdUpdate.Compute(network.Layers[l].Weights.Padded, gradients[l].Weights.Padded, learningRate);
            SgdUpdate.Compute(network.Layers[l].Bias.Padded, gradients[l].Bias.Padded, learningRate);
        }
        return sum / labels.Length;
    }
}
