using System.Numerics;
using System.Numerics.Tensors;

namespace Mnist.Lab.Speed;

/// <summary>
/// A textbook training step in any precision: forward, loss, every gradient in memory, update, one source for float and
/// double. It is slower than the library's and made only to compare the two.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class PrecisionStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Layer[] layers;
    private readonly T[] pixels; // [batch, pixels]
    private readonly int batchSize;

    public PrecisionStep(Network network, int batchSize)
    {
        if (batchSize % PrecisionProduct.Rows != 0 || network.Sizes.SkipLast(1).Any(size => size % PrecisionProduct.Rows != 0))
            throw new ArgumentException($"batches of {batchSize} and layers {string.Join("-", network.Sizes)} are not all multiples of {PrecisionProduct.Rows}", nameof(network));
        this.batchSize = batchSize;
        layers = [.. network.Layers.Select(layer => new Layer(layer, batchSize))];
        pixels = new T[batchSize * network.Sizes[0]];
    }

    /// <summary>Bytes of weights, gradients and what a batch leaves on its way.</summary>
    public long Bytes => (pixels.Length + layers.Sum(layer => 2L * (layer.Weights.Length + layer.Bias.Length) + layer.Outputs.Length + layer.Changes.Length + layer.Turned.Length)) * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

    /// <summary>Trains on images first … first + batch − 1 and gives back the sum of their losses.</summary>
    public double Train(ImageSet images, int first, T rate)
    {
        Forward(images, first, batchSize);
        double loss = 0;
        for (int row = 0; row < batchSize; row++) loss += Blame(row, images.Labels[first + row]);
        for (int l = layers.Length - 1; l >= 0; l--) Backward(l);
        foreach (Layer layer in layers)
        {
            TensorPrimitives.MultiplyAdd(layer.DWeights, -rate, layer.Weights, layer.Weights);
            TensorPrimitives.MultiplyAdd(layer.DBias, -rate, layer.Bias, layer.Bias);
        }
        return loss;
    }

    /// <summary>The largest logit of each image, as a digit.</summary>
    public byte[] Read(ImageSet images)
    {
        var answers = new byte[images.Count];
        for (int first = 0; first < images.Count; first += batchSize)
        {
            int count = Math.Min(batchSize, images.Count - first);
            Forward(images, first, count);
            for (int row = 0; row < count; row++) answers[first + row] = (byte)TensorPrimitives.IndexOfMax<T>(layers[^1].RowOf(layers[^1].Outputs, row));
        }
        return answers;
    }

    private void Forward(ImageSet images, int first, int count)
    {
        T scale = T.CreateChecked(255);
        int size = images.PixelCount;
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<byte> image = images.Image(first + row);
            for (int i = 0; i < size; i++) pixels[(row * size) + i] = T.CreateTruncating(image[i]) / scale;
        }
        for (int l = 0; l < layers.Length; l++)
        {
            Layer layer = layers[l];
            for (int row = 0; row < batchSize; row++) layer.Bias.CopyTo(layer.Outputs, row * layer.Stride);
            (T[] inputs, int stride) = InputsOf(l);
            PrecisionProduct.Add(inputs, stride, 1, layer.Weights, layer.Outputs, batchSize, layer.Stride, layer.Inputs);
            if (l < layers.Length - 1) TensorPrimitives.Max(layer.Outputs, T.Zero, layer.Outputs);
        }
    }

    private (T[] Values, int Stride) InputsOf(int l) => l == 0 ? (pixels, layers[0].Inputs) : (layers[l - 1].Outputs, layers[l - 1].Stride);

    /// <summary>(P − Y) ÷ batch of a row, and its loss.</summary>
    private double Blame(int row, int label)
    {
        Layer last = layers[^1];
        Span<T> z = last.RowOf(last.Outputs, row), d = last.RowOf(last.Changes, row);
        T max = TensorPrimitives.Max<T>(z), sum = T.Zero;
        for (int i = 0; i < z.Length; i++) sum += d[i] = T.Exp(z[i] - max);
        for (int i = 0; i < z.Length; i++) d[i] = (d[i] / sum - (i == label ? T.One : T.Zero)) / T.CreateChecked(batchSize);
        return double.CreateChecked(max + T.Log(sum) - z[label]);
    }

    private void Backward(int l)
    {
        Layer layer = layers[l];
        (T[] inputs, int stride) = InputsOf(l);
        Array.Clear(layer.DWeights);
        Array.Clear(layer.DBias);
        PrecisionProduct.Add(inputs, 1, stride, layer.Changes, layer.DWeights, layer.Inputs, layer.Stride, batchSize);
        for (int row = 0; row < batchSize; row++) TensorPrimitives.Add(layer.DBias, layer.Changes.AsSpan(row * layer.Stride, layer.Stride), layer.DBias);
        if (l == 0) return;
        Layer before = layers[l - 1];
        for (int i = 0; i < layer.Inputs; i++)
            for (int j = 0; j < layer.Columns; j++) layer.Turned[(j * before.Stride) + i] = layer.Weights[(i * layer.Stride) + j];
        Array.Clear(before.Changes);
        PrecisionProduct.Add(layer.Changes, layer.Stride, 1, layer.Turned, before.Changes, batchSize, before.Stride, layer.Columns);
        for (int i = 0; i < before.Changes.Length; i++)
            if (before.Outputs[i] <= T.Zero) before.Changes[i] = T.Zero;
    }

    private sealed class Layer
    {
        public Layer(DenseLayer layer, int batchSize)
        {
            (Inputs, Columns) = (layer.Inputs, layer.Outputs);
            Stride = (layer.Outputs + PrecisionProduct.Columns - 1) / PrecisionProduct.Columns * PrecisionProduct.Columns;
            Weights = new T[Inputs * Stride];
            DWeights = new T[Inputs * Stride];
            Bias = new T[Stride];
            DBias = new T[Stride];
            Outputs = new T[batchSize * Stride];
            Changes = new T[batchSize * Stride];
            Turned = new T[Columns * (Inputs + PrecisionProduct.Columns)];
            for (int i = 0; i < Inputs; i++)
                for (int j = 0; j < Columns; j++) Weights[(i * Stride) + j] = T.CreateChecked(layer.Weights[i, j]);
            for (int j = 0; j < Columns; j++) Bias[j] = T.CreateChecked(layer.Bias[0, j]);
        }

        public int Inputs { get; }

        public int Columns { get; }

        public int Stride { get; }

        public T[] Weights { get; } // [inputs, stride]

        public T[] DWeights { get; }

        public T[] Bias { get; }

        public T[] DBias { get; }

        public T[] Outputs { get; } // [batch, stride]

        public T[] Changes { get; } // dZ: [batch, stride]

        public T[] Turned { get; } // W turned over: [columns, inputs]

        public Span<T> RowOf(T[] matrix, int row) => matrix.AsSpan(row * Stride, Columns);
    }
}
