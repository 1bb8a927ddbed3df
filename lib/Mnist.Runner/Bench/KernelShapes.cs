using System.Numerics.Tensors;
using Mnist.Kernels;
using Mnist.Lab.Ladders;
using Mnist.Lab.Speed;

namespace Mnist.Runner.Bench;

/// <summary>The kernels of a training step with a batch of 32 of MNIST's images and the layers 784-128-64-10.</summary>
/// <remarks>
/// Updates add so little that the weights stay what they are. Where zeros are skipped, the time depends on which pixels are
/// lit, and a processor learns a batch by heart that it sees again and again; so many batches follow each other.
/// </remarks>
internal static class KernelShapes
{
    private const int Batch = 32;
    private const int Batches = 25; // for kernels whose time depends on the pixels
    private const float Little = 1e-9f;

    public static IReadOnlyList<BenchKernel> All(MnistData data)
    {
        Network network = Trainer.InitialNetwork(data, new TrainingOptions());
        return [.. network.Layers.SelectMany((layer, l) => Products(layer, isFirst: l == 0)), .. Skipping(network, data.Training), .. Vectors(data.Training, network.Layers[0])];
    }

    private static IEnumerable<BenchKernel> Products(DenseLayer layer, bool isFirst)
    {
        Matrix inputs = Filled(Batch, layer.Inputs, 0.5f), outputs = new(Batch, layer.Outputs), changes = Filled(Batch, layer.Outputs, Little), dInputs = new(Batch, layer.Inputs);
        Matrix transposed = new(layer.Outputs, layer.Inputs), zero = new(1, layer.Inputs);
        Transpose.Compute(layer.Weights, transposed);
        string shape = $"{layer.Inputs} → {layer.Outputs}";
        double operations = 2.0 * Batch * layer.Inputs * layer.Outputs;
        yield return new($"forward {shape}", operations, width => DenseForward.Compute(width, inputs, layer.Weights, layer.Bias, outputs, relu: true),
            () => MatrixProductPeers.Dot(inputs, transposed, outputs));
        yield return new($"update {shape}", operations, width => DenseWeightGradient.Compute(width, inputs, changes, layer.Weights, layer.Bias, add: true));
        if (!isFirst) yield return new($"input gradient {shape}", operations, width => InputGradient(width, changes, transposed, zero, inputs, dInputs));
    }

    private static unsafe void InputGradient(VectorWidth width, Matrix changes, Matrix transposed, Matrix zero, Matrix gate, Matrix dInputs)
    {
        DenseInputGradient.Product(changes, transposed.Pointer, transposed.Stride, zero.Pointer, gate, dInputs).Compute<ReluMaskEpilogue>(width);
        GC.KeepAlive(changes);
        GC.KeepAlive(transposed);
        GC.KeepAlive(zero);
        GC.KeepAlive(gate);
        GC.KeepAlive(dInputs);
    }

    /// <summary>The first layer's products without the pixels that are zero, on real images; the operations are those with a lit pixel.</summary>
    private static IEnumerable<BenchKernel> Skipping(Network network, ImageSet images)
    {
        DenseLayer layer = network.Layers[0];
        SparseBatch[] batches = [.. Enumerable.Range(0, Math.Min(Batches, images.Count / Batch)).Select(_ => new SparseBatch(images, Batch))];
        if (batches.Length == 0) yield break;
        Load(Simd.Best);
        Matrix outputs = new(Batch, layer.Outputs), changes = Filled(Batch, layer.Outputs, Little);
        double operations = 2.0 * layer.Outputs * batches.Average(batch => batch.Lit);
        string shape = $"{layer.Inputs} → {layer.Outputs}, zeros skipped";
        yield return new($"load {Batch} images, with bits", 0, Load, Calls: batches.Length);
        yield return new($"forward {shape}", operations, width => Each(batches, batch => batch.Forward(width, layer.Weights, outputs)), Calls: batches.Length);
        yield return new($"update {shape}", operations, width => Each(batches, batch => batch.Update(width, layer.Weights, changes)), Calls: batches.Length);

        void Load(VectorWidth width)
        {
            for (int i = 0; i < batches.Length; i++) batches[i].Load(width, i * Batch);
        }
    }

    private static IEnumerable<BenchKernel> Vectors(ImageSet images, DenseLayer first)
    {
        int size = first.Inputs, outputs = first.Outputs;
        Matrix a = Filled(1, size, 0.5f), b = Filled(1, size, 0.25f), hidden = Filled(Batch, outputs, 0.5f), dHidden = Filled(Batch, outputs, 0.5f);
        Matrix logits = Filled(Batch, 10, 0.5f), scores = logits.Clone(), weights = Filled(size, outputs, 0.5f), gradients = Filled(size, outputs, Little);
        byte[] pixels = images.Image(0).ToArray(), labels = new byte[Batch];
        var losses = new double[Batch];
        yield return new($"dot product of {size}", 2 * size, width => DotProduct.Compute(width, a.Row(0), b.Row(0)), () => TensorPrimitives.Dot(a.Row(0), b.Row(0)));
        yield return new($"y += c · x of {size}", 2 * size, width => AddScaled.Compute(width, Little, b.Row(0), a.Row(0)), () => TensorPrimitives.MultiplyAdd(b.Row(0), Little, a.Row(0), a.Row(0)));
        yield return new($"ReLU of {Batch} × {outputs}", 0, width => Relu.Compute(width, hidden.Padded), () => TensorPrimitives.Max(hidden.Padded, 0f, hidden.Padded));
        yield return new($"ReLU's gradient of {Batch} × {outputs}", 0, width => Relu.Mask(width, hidden.Padded, dHidden.Padded));
        yield return new($"softmax, loss, gradient of {Batch} × 10", 0, width => SoftmaxAndLoss(width, logits, scores, labels, losses), () => SoftMax(logits, scores));
        yield return new($"update of {size} × {outputs} by a gradient", 2.0 * size * outputs, width => SgdUpdate.Compute(width, weights.Padded, gradients.Padded, 1f),
            () => TensorPrimitives.MultiplyAdd(gradients.Padded, -1f, weights.Padded, weights.Padded));
        yield return new($"{size} bytes → floats", 0, width => BytesToFloats.Compute(width, pixels, a.Row(0)), () => FromBytes(pixels, b.Row(0)));
    }

    private static unsafe void SoftmaxAndLoss(VectorWidth width, Matrix logits, Matrix dLogits, byte[] labels, double[] losses)
    {
        fixed (byte* first = labels)
        fixed (double* each = losses)
            SoftmaxCrossEntropy.Compute(width, logits.Pointer, logits.Rows, logits.Columns, logits.Stride, first, 1, dLogits.Pointer, each);
        GC.KeepAlive(logits);
        GC.KeepAlive(dLogits);
    }

    /// <summary>Only the softmax: TensorPrimitives knows neither its loss nor their gradient.</summary>
    private static void SoftMax(Matrix logits, Matrix probabilities)
    {
        for (int row = 0; row < logits.Rows; row++) TensorPrimitives.SoftMax<float>(logits.Row(row), probabilities.Row(row));
    }

    private static void FromBytes(byte[] pixels, Span<float> floats)
    {
        TensorPrimitives.ConvertChecked<byte, float>(pixels, floats);
        TensorPrimitives.Multiply(floats, 1f / 255, floats);
    }

    private static void Each(SparseBatch[] batches, Action<SparseBatch> work)
    {
        foreach (SparseBatch batch in batches) work(batch);
    }

    /// <summary>Different values in every place, some of them negative.</summary>
    private static Matrix Filled(int rows, int columns, float scale)
    {
        var matrix = new Matrix(rows, columns);
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                matrix[row, column] = scale * MathF.Sin(1 + row + (0.37f * column));
        return matrix;
    }
}
