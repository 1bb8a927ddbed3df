using System.Diagnostics;
using Mnist.Kernels;

namespace Mnist;

/// <summary>
/// The fast training step: register-tiled matrix products, and no weight gradient in memory. The error of the last
/// layer is scaled by −learningRate / batch once; from then on every "gradient" is already the change of a weight, and
/// is added straight into it.
/// </summary>
/// <remarks>
/// Threads share each layer by columns (<see cref="Share"/>) and meet 2 (layers − 1) times a batch. What a thread reads
/// of another's is always written before a meeting that both have passed. When the machine is busy and meetings take
/// longer than they save (<see cref="Pace"/>), one thread takes all columns over; the result is the same to the bit.
/// </remarks>
public class FusedStep : ITrainingStep
{
    private readonly Network network;
    private readonly float learningRate;
    private readonly Team team;
    private readonly Pace pace;
    private readonly Share[] shares; // one a thread
    private readonly Share[] alone; // one share of all columns, for a thread that works alone
    private readonly Matrix[] outputs; // of each layer but the last: [batch, outputs], after the ReLU
    private readonly Matrix[] dOutputs; // the same shapes: the change wanted of each output
    private readonly Matrix[] transposed; // the weights of each layer but the first and last: [outputs, inputs]
    private readonly Action<int> train;
    private ReadOnlyMemory<int> batch;

    /// <summary>A step for a network and a set of images.</summary>
    /// <exception cref="ArgumentException">The images have another number of pixels than the network has inputs.</exception>
    public FusedStep(Network network, ImageSet images, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        Lengths.MustEqual(images.PixelCount, network.Sizes[0]);
        this.network = network;
        Images = images;
        learningRate = options.LearningRate;
        int members = options.ThreadCount;
        Matrix[] Buffers() => [.. network.Layers.SkipLast(1).Select(layer => new Matrix(options.BatchSize, layer.Outputs))];
        outputs = Buffers();
        dOutputs = Buffers();
        transposed = [.. network.Layers.SkipLast(1).Select(layer => new Matrix(layer.Outputs, layer.Inputs))];
        shares = [.. Enumerable.Range(0, members).Select(member => new Share(network, options.BatchSize, member, members))];
        alone = members == 1 ? shares : [new Share(network, options.BatchSize, 0, 1)];
        team = new Team(members);
        pace = new Pace(members);
        train = member => Train(shares[member]);
    }

    /// <summary>The images that are trained on.</summary>
    protected ImageSet Images { get; }

    private int Last => network.Layers.Count - 1;

    /// <summary>The shares that have the newest weights.</summary>
    private Share[] Working => pace.Alone ? alone : shares;

    /// <inheritdoc/>
    public double Train(ReadOnlyMemory<int> batch)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch.Length, shares[0].Inputs.Rows, nameof(batch));
        this.batch = batch;
        long start = Stopwatch.GetTimestamp();
        Share[] working = Working;
        if (pace.Alone) Train(alone[0]);
        else team.Run(train);
        if (pace.Next(start, team.Finish)) HandOver(working, Working);
        return working[0].Loss;
    }

    /// <inheritdoc/>
    public void Save()
    {
        team.Finish();
        foreach (Share share in Working) share.Save(network);
    }

    /// <summary>Ends the other threads.</summary>
    public void Dispose()
    {
        team.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What one thread does of a batch.</summary>
    private void Train(Share share)
    {
        ReadOnlySpan<int> images = batch.Span;
        Load(share, images);
        for (int l = 0; l < Last; l++)
        {
            Forward(share, l, images.Length);
            Meet(share);
        }
        LastLayer(share, images);
        for (int l = Last - 1; l >= 0; l--)
        {
            InputGradient(share, l + 1, images.Length);
            if (l > 0) TransposeWeights(share, l);
            Update(share, l, images.Length);
            if (l > 0) Meet(share);
        }
    }

    /// <summary>Waits for the other threads' columns; there are none when one thread has them all.</summary>
    private void Meet(Share share)
    {
        if (share != alone[0]) team.Meet();
    }

    /// <summary>Forward, loss, error and update of the last layer: each thread does all of it, in weights of its own.</summary>
    private void LastLayer(Share share, ReadOnlySpan<int> images)
    {
        Forward(share, Last, images.Length);
        share.Loss = LossAndGradient(share, images);
        if (Last > 0) TransposeWeights(share, Last);
        Update(share, Last, images.Length);
    }

    /// <summary>A thread goes on alone, or the team does: the weights change hands.</summary>
    private void HandOver(Share[] from, Share[] to)
    {
        foreach (Share share in from) share.Save(network);
        foreach (Share share in to) share.Load(network);
    }

    /// <summary>Reads the batch's images: bytes → floats.</summary>
    private protected virtual void Load(Share share, ReadOnlySpan<int> images)
    {
        for (int row = 0; row < images.Length; row++)
            BytesToFloats.Compute(Images.Image(images[row]), share.Inputs.Row(row));
    }

    /// <summary>The first layer's outputs: nine tenths of the forward work.</summary>
    private protected virtual void FirstForward<TEpilogue>(Share share, MatrixProduct product)
        where TEpilogue : IEpilogue => product.Compute<TEpilogue>(Simd.Best);

    /// <summary>The first layer's update: nine tenths of the backward work.</summary>
    private protected virtual void FirstUpdate(Share share, MatrixProduct product) => product.Compute<NoEpilogue>(Simd.Best);

    private void Forward(Share share, int l, int count)
    {
        Matrix inputs = l == 0 ? share.Inputs : outputs[l - 1], target = l == Last ? share.Logits : outputs[l];
        MatrixProduct product = DenseForward.Product(inputs, count, share.Weights[l], share.Bias[l], target, share.FirstColumn[l]);
        if (l == 0 && l == Last) FirstForward<NoEpilogue>(share, product);
        else if (l == 0) FirstForward<ReluEpilogue>(share, product);
        else if (l == Last) product.Compute<NoEpilogue>(Simd.Best);
        else product.Compute<ReluEpilogue>(Simd.Best);
    }

    private unsafe double LossAndGradient(Share share, ReadOnlySpan<int> images)
    {
        double loss = 0;
        Matrix logits = share.Logits;
        float scale = -learningRate / images.Length;
        for (int row = 0; row < images.Length; row++)
        {
            float* values = logits.Pointer + (row * (nint)logits.Stride);
            loss += CrossEntropy.LossAndGradientRow(Simd.Best, values, logits.Columns, logits.Stride, Images.Labels[images[row]], scale, values);
        }
        return loss;
    }

    /// <summary>This thread's columns become rows, before the update changes them.</summary>
    private unsafe void TransposeWeights(Share share, int l)
    {
        Matrix weights = share.Weights[l], target = l == Last ? share.LastTransposed : transposed[l];
        Transpose.Compute(weights.Pointer, weights.Stride, weights.Rows, weights.Columns,
            target.Pointer + (share.FirstColumn[l] * (nint)target.Stride), target.Stride);
    }

    private void Update(Share share, int l, int count)
    {
        Matrix inputs = l == 0 ? share.Inputs : outputs[l - 1], changes = l == Last ? share.Logits : dOutputs[l];
        MatrixProduct product = DenseWeightGradient.Product(inputs, count, changes, share.FirstColumn[l], share.Weights[l]);
        if (l == 0) FirstUpdate(share, product);
        else product.Compute<NoEpilogue>(Simd.Best);
        DenseWeightGradient.AddBias(Simd.Best, changes, count, share.FirstColumn[l], share.Bias[l]);
    }

    /// <summary>What this thread's columns of the layer before should have been otherwise.</summary>
    private void InputGradient(Share share, int l, int count)
    {
        (Matrix changes, Matrix weights) = l == Last ? (share.Logits, share.LastTransposed) : (dOutputs[l], transposed[l]);
        DenseInputGradient.Product(changes, count, weights, share.FirstColumn[l - 1], share.Weights[l - 1].Stride, share.Zero, outputs[l - 1], dOutputs[l - 1])
            .Compute<ReluMaskEpilogue>(Simd.Best);
    }
}
