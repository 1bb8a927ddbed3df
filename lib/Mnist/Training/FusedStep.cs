using Mnist.Kernels;

namespace Mnist;

/// <summary>
/// The fast training step: register-tiled matrix products, and no weight gradient in memory. The error of the last
/// layer is scaled by −learningRate / batch once; from then on every "gradient" is already the change of a weight, and
/// is added straight into the network's own weights.
/// </summary>
/// <remarks>
/// Threads share the first layer by pixels: 64 pixels are a word, four runs of words are parts (see
/// <see cref="ImageWords.PartOf"/>), and a part is one thread's. All else is shared by samples, and the updates by rows of
/// the weights. They meet twice per batch.
/// Order of the sums, on any number of threads: first layer, each part from 0 pixel after pixel, then
/// ((p0 + p1) + (p2 + p3)) + bias; other layers, the bias, then input after input; updates, the weight, then sample after
/// sample.
/// </remarks>
public class FusedStep : ITrainingStep
{
    /// <summary>Images between the one that is read and the one that is fetched from memory; 2, 4 and 8 are equally good.</summary>
    private protected const int FetchedAhead = 4;

    private readonly Network network;
    private readonly ImageSet images;
    private readonly float learningRate;
    private readonly int batchSize;
    private readonly int words; // of an image
    private readonly Team team;
    private readonly Matrix inputs; // X, word under word, so that no two threads write side by side: [words × batch, 64 pixels]
    private readonly Matrix partialSums; // of the first layer, part under part: [parts × batch, outputs]
    private readonly Matrix[] outputs; // of each layer, after its ReLU; at last the logits: [batch, outputs]
    private readonly Matrix[] changes; // wanted of each layer's sums, the error × −learningRate / batch: [batch, outputs]
    private readonly Matrix[][] transposed; // for each thread, the weights of each layer but the first: [outputs, inputs]
    private readonly Matrix zero; // a row that sums begin with
    private readonly byte[] labels; // [batch]
    private readonly double[] losses; // [batch]
    private ReadOnlyMemory<int> batch;

    /// <summary>A step for a network, which it trains in place, and a set of images.</summary>
    /// <exception cref="ArgumentException">The images have another number of pixels than the network has inputs, or a label that is none of its classes.</exception>
    public FusedStep(Network network, ImageSet images, TrainingOptions options)
        : this(network, images, options, governor: null)
    {
    }

    internal FusedStep(Network network, ImageSet images, TrainingOptions options, IGovernor? governor)
    {
        TrainingChecks.MustFit(network, images, options);
        this.network = network;
        this.images = images;
        learningRate = options.LearningRate;
        batchSize = options.BatchSize;
        words = BitMatrix.Words(images.PixelCount);
        inputs = new Matrix(words * batchSize, ImageWords.Pixels);
        partialSums = new Matrix(ImageWords.Parts * batchSize, network.Sizes[1]);
        outputs = [.. network.Layers.Select(layer => new Matrix(batchSize, layer.Outputs))];
        changes = [.. outputs.SkipLast(1).Select(output => new Matrix(output.Rows, output.Columns)), outputs[^1]];
        transposed = [.. Enumerable.Range(0, options.ThreadCount).Select(_ => network.Layers.Skip(1).Select(layer => new Matrix(layer.Outputs, layer.Inputs)).ToArray())];
        zero = new Matrix(1, network.Sizes.Skip(1).Max());
        labels = new byte[batchSize];
        losses = new double[batchSize];
        team = new Team(options.ThreadCount, Train, governor);
    }

    /// <summary>Times the phases of the calling thread's share; null: nobody wants to know.</summary>
    internal PhaseClock? Clock
    {
        get => team.Clock;
        set => team.Clock = value;
    }

    /// <summary>The images that are trained on.</summary>
    private protected ImageSet Images => images;

    /// <summary>The batch as floats, X, 64 pixels under 64 pixels: [words × batch, 64].</summary>
    private protected Matrix Inputs => inputs;

    /// <summary>Words of an image, 64 pixels each.</summary>
    private protected int Words => words;

    private int Last => network.Layers.Count - 1;

    /// <inheritdoc/>
    public double Train(ReadOnlyMemory<int> batch)
    {
        TrainingChecks.MustBeImages(batch.Span, images, batchSize);
        this.batch = batch;
        team.Run();
        double loss = 0;
        foreach (double one in losses.AsSpan(0, batch.Length)) loss += one;
        return loss;
    }

    /// <summary>Waits until the last update is done: the network itself is trained.</summary>
    public void Save() => team.Finish();

    /// <summary>Ends the other threads.</summary>
    public void Dispose()
    {
        team.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>One step, or one thread's share of it.</summary>
    private void Train(Worker worker)
    {
        ReadOnlySpan<int> samples = batch.Span;
        int count = samples.Length;
        uint parts = worker.OwnOf(ImageWords.Parts);

        worker.Begins(Phase.Pixels);
        Load(samples, parts);
        worker.Begins(Phase.FirstForward);
        for (int word = 0; word < words; word++)
            if (ImageWords.IsIn(parts, word, words)) ForwardWord(word, count);
        worker.Barrier();

        worker.Begins(Phase.LaterForward);
        (int First, int Count) own = worker.RowsOf(count);
        AddWordsUp(own);
        for (int l = 1; l <= Last; l++) Forward(l, own);
        worker.Begins(Phase.Loss);
        LossAndGradient(samples, own);
        worker.Begins(Phase.Transposes);
        for (int l = 1; l <= Last; l++) TransposeWeights(l, worker.Index);
        worker.Begins(Phase.InputGradients);
        for (int l = Last; l > 0; l--) InputGradient(l, own, worker.Index);
        worker.Barrier();

        worker.Begins(Phase.FirstUpdate);
        for (int word = 0; word < words; word++)
            if (ImageWords.IsIn(parts, word, words)) UpdateWord(word, count);
        worker.Begins(Phase.LaterUpdates);
        for (int l = 1; l <= Last; l++) Update(l, count, worker.RowsOf(network.Layers[l].Inputs));
        for (int l = 0; l <= Last; l++)
            if (worker.Owns(l, Last + 1)) DenseWeightGradient.AddBias(Simd.Best, changes[l], count, network.Layers[l].Bias);
    }

    /// <summary>Reads some parts of the batch's images: bytes → floats.</summary>
    private protected virtual unsafe void Load(ReadOnlySpan<int> samples, uint parts)
    {
        for (int row = 0; row < samples.Length; row++)
        {
            Fetch(samples, row + FetchedAhead, parts);
            fixed (byte* image = images.Image(samples[row]))
                ImageWords.Load(Simd.Best, image, images.PixelCount, parts, Row(inputs, row), batchSize * (nint)inputs.Stride, null, 0);
        }
    }

    /// <summary>Asks for an image that is read soon: in a shuffled order no processor can guess which one that is.</summary>
    private protected unsafe void Fetch(ReadOnlySpan<int> samples, int row, uint parts)
    {
        if (row >= samples.Length) return;
        fixed (byte* image = images.Image(samples[row])) ImageWords.Fetch(image, images.PixelCount, parts);
    }

    /// <summary>The product of 64 pixels and their weights: nine tenths of the forward work are such.</summary>
    private protected virtual void ForwardWord(MatrixProduct product, int word) => product.Compute<NoEpilogue>(Simd.Best);

    /// <summary>The update of 64 pixels' weights: nine tenths of the backward work are such.</summary>
    private protected virtual void UpdateWord(MatrixProduct product, int word) => product.Compute<NoEpilogue>(Simd.Best);

    /// <summary>Adds a word's pixels to its part of the first layer's sums; the first word of a part begins with 0.</summary>
    private unsafe void ForwardWord(int word, int count)
    {
        (int first, int pixels) = ImageWords.PixelsOf(word, images.PixelCount);
        MatrixProduct product = DenseForward.Product(inputs, network.Layers[0].Weights, zero, partialSums);
        product.A = Row(inputs, word * batchSize);
        product.B = Row(network.Layers[0].Weights, first);
        (product.Rows, product.Depth) = (count, pixels);
        int part = ImageWords.PartOf(word, words);
        product.C += part * (nint)batchSize * product.CRow;
        if (word > 0 && ImageWords.PartOf(word - 1, words) == part)
        {
            product.InitialC = product.C;
            product.InitialCRow = product.CRow;
        }
        ForwardWord(product, word);
    }

    private unsafe void AddWordsUp((int First, int Count) own)
    {
        var sums = new PartialSums
        {
            First = partialSums.Pointer,
            Part = batchSize * (nint)partialSums.Stride,
            Row = partialSums.Stride,
            Bias = network.Layers[0].Bias.Pointer,
            C = outputs[0].Pointer,
            Columns = partialSums.Stride,
        };
        if (Last == 0) sums.Compute<NoEpilogue>(Simd.Best, own.First, own.Count);
        else sums.Compute<ReluEpilogue>(Simd.Best, own.First, own.Count);
    }

    private void Forward(int l, (int First, int Count) own)
    {
        DenseLayer layer = network.Layers[l];
        MatrixProduct product = DenseForward.Product(outputs[l - 1], layer.Weights, layer.Bias, outputs[l]).OfRows(own.First, own.Count);
        if (l == Last) product.Compute<NoEpilogue>(Simd.Best);
        else product.Compute<ReluEpilogue>(Simd.Best);
    }

    private unsafe void LossAndGradient(ReadOnlySpan<int> samples, (int First, int Count) own)
    {
        for (int row = own.First; row < own.First + own.Count; row++) labels[row] = images.Labels[samples[row]];
        float* logits = Row(outputs[^1], own.First);
        fixed (byte* first = labels)
        fixed (double* each = losses)
            SoftmaxCrossEntropy.Compute(Simd.Best, logits, own.Count, outputs[^1].Columns, outputs[^1].Stride, first + own.First,
                -learningRate / samples.Length, logits, each + own.First);
    }

    /// <summary>Rows become columns, once for each thread: writing halves of one matrix for each other costs more.</summary>
    private unsafe void TransposeWeights(int l, int thread)
    {
        Matrix weights = network.Layers[l].Weights, target = transposed[thread][l - 1];
        Transpose.Compute(weights.Pointer, weights.Stride, weights.Rows, weights.Columns, target.Pointer, target.Stride);
    }

    /// <summary>What the layer before should have given otherwise.</summary>
    private unsafe void InputGradient(int l, (int First, int Count) own, int thread)
    {
        Matrix weights = transposed[thread][l - 1];
        DenseInputGradient.Product(changes[l], weights.Pointer, weights.Stride, zero.Pointer, outputs[l - 1], changes[l - 1])
            .OfRows(own.First, own.Count).Compute<ReluMaskEpilogue>(Simd.Best);
    }

    private unsafe void UpdateWord(int word, int count)
    {
        (int first, int pixels) = ImageWords.PixelsOf(word, images.PixelCount);
        MatrixProduct product = DenseWeightGradient.Product(inputs, changes[0], network.Layers[0].Weights).OfRows(first, pixels);
        product.A = Row(inputs, word * batchSize);
        product.Depth = count;
        UpdateWord(product, word);
    }

    private void Update(int l, int count, (int First, int Count) own)
    {
        MatrixProduct product = DenseWeightGradient.Product(outputs[l - 1], changes[l], network.Layers[l].Weights).OfRows(own.First, own.Count);
        product.Depth = count;
        product.Compute<NoEpilogue>(Simd.Best);
    }

    private protected static unsafe float* Row(Matrix matrix, int row) => matrix.Pointer + (row * (nint)matrix.Stride);
}
