using System.Runtime.CompilerServices;
using Mnist.Kernels;

namespace Mnist.Lab.Budgets;

/// <summary>
/// A training step in plain loops: image after image, one number after the other, no vectors. Neuron after neuron it
/// walks through that neuron's weights; only where they lie is a choice, so that two such steps run the same machine
/// code on the same numbers and differ in the order of their addresses alone.
/// </summary>
internal sealed unsafe class PlainStep : ITrainingStep
{
    private readonly Network network;
    private readonly ImageSet images;
    private readonly float learningRate;
    private readonly bool along;
    private readonly Layer[] layers;
    private readonly Matrix input;

    /// <summary>A step for a network and a set of images.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">The images.</param>
    /// <param name="options">The learning rate.</param>
    /// <param name="along">True: a neuron's weights lie side by side, [outputs, inputs]; false: a row apart, [inputs, outputs].</param>
    public PlainStep(Network network, ImageSet images, TrainingOptions options, bool along)
    {
        (this.network, this.images, this.along) = (network, images, along);
        learningRate = options.LearningRate;
        layers = [.. network.Layers.Select(layer => new Layer(layer, along))];
        input = new Matrix(1, images.PixelCount);
    }

    public double Train(ReadOnlyMemory<int> batch)
    {
        double loss = 0;
        foreach (int image in batch.Span)
        {
            BytesToFloats.Reference(images.Image(image), input.Row(0));
            for (int l = 0; l < layers.Length; l++)
                Forward(InputsOf(l).Pointer, layers[l], relu: l < layers.Length - 1);
            loss += LossAndGradient(images.Labels[image]);
            for (int l = layers.Length - 1; l >= 0; l--)
            {
                WeightGradient(InputsOf(l).Pointer, layers[l]);
                if (l > 0) InputGradient(layers[l], layers[l - 1]);
            }
        }
        foreach (Layer layer in layers) layer.Update(learningRate / batch.Length);
        return loss;
    }

    public void Save()
    {
        for (int l = 0; l < layers.Length; l++)
        {
            if (along) Transpose.Compute(layers[l].Weights, network.Layers[l].Weights);
            else network.Layers[l].Weights.CopyFrom(layers[l].Weights);
            network.Layers[l].Bias.CopyFrom(layers[l].Bias);
        }
    }

    public void Dispose()
    {
    }

    private Matrix InputsOf(int l) => l == 0 ? input : layers[l - 1].Outputs;

    private double LossAndGradient(byte label)
    {
        Span<float> dLogits = layers[^1].DOutputs.Row(0);
        Softmax.Reference(layers[^1].Outputs.Row(0), dLogits);
        float loss = CrossEntropy.Reference(dLogits, label);
        dLogits[label] -= 1;
        return loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward(float* inputs, Layer layer, bool relu)
    {
        nint inputStep = layer.InputStep, outputStep = layer.OutputStep;
        float* weights = layer.Weights.Pointer, outputs = layer.Outputs.Pointer, bias = layer.Bias.Pointer;
        for (int neuron = 0; neuron < layer.OutputCount; neuron++)
        {
            float sum = bias[neuron];
            for (int i = 0; i < layer.InputCount; i++) sum += inputs[i] * weights[(neuron * outputStep) + (i * inputStep)];
            outputs[neuron] = relu && sum <= 0 ? 0 : sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WeightGradient(float* inputs, Layer layer)
    {
        nint inputStep = layer.InputStep, outputStep = layer.OutputStep;
        float* dWeights = layer.DWeights.Pointer, dOutputs = layer.DOutputs.Pointer, dBias = layer.DBias.Pointer;
        for (int neuron = 0; neuron < layer.OutputCount; neuron++)
        {
            float d = dOutputs[neuron];
            dBias[neuron] += d;
            for (int i = 0; i < layer.InputCount; i++) dWeights[(neuron * outputStep) + (i * inputStep)] += d * inputs[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InputGradient(Layer layer, Layer before)
    {
        nint inputStep = layer.InputStep, outputStep = layer.OutputStep;
        float* weights = layer.Weights.Pointer, dOutputs = layer.DOutputs.Pointer, dInputs = before.DOutputs.Pointer;
        before.DOutputs.Clear();
        for (int neuron = 0; neuron < layer.OutputCount; neuron++)
            for (int i = 0; i < layer.InputCount; i++) dInputs[i] += dOutputs[neuron] * weights[(neuron * outputStep) + (i * inputStep)];
        Relu.MaskReference(before.Outputs.Row(0), before.DOutputs.Row(0));
    }

    private sealed class Layer
    {
        public Layer(DenseLayer layer, bool along)
        {
            (InputCount, OutputCount) = (layer.Inputs, layer.Outputs);
            (int rows, int columns) = along ? (layer.Outputs, layer.Inputs) : (layer.Inputs, layer.Outputs);
            (Weights, DWeights) = (new Matrix(rows, columns), new Matrix(rows, columns));
            (InputStep, OutputStep) = along ? (1, Weights.Stride) : (Weights.Stride, 1);
            (Bias, DBias) = (layer.Bias.Clone(), new Matrix(1, layer.Outputs));
            (Outputs, DOutputs) = (new Matrix(1, layer.Outputs), new Matrix(1, layer.Outputs));
            if (along) Transpose.Compute(layer.Weights, Weights);
            else Weights.CopyFrom(layer.Weights);
        }

        public int InputCount { get; }

        public int OutputCount { get; }

        public nint InputStep { get; } // floats from one weight of a neuron to its next

        public nint OutputStep { get; } // floats from a neuron's weight to the next neuron's

        public Matrix Weights { get; }

        public Matrix DWeights { get; } // the sum over the batch so far

        public Matrix Bias { get; }

        public Matrix DBias { get; }

        public Matrix Outputs { get; }

        public Matrix DOutputs { get; }

        public void Update(float step)
        {
            SgdUpdate.Reference(Weights.Padded, DWeights.Padded, step);
            SgdUpdate.Reference(Bias.Padded, DBias.Padded, step);
            DWeights.Clear();
            DBias.Clear();
        }
    }
}
