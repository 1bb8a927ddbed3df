using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mnist.Kernels;

namespace Mnist.Lab.Speed;

/// <summary>
/// Softmax, loss and gradient of a batch in several ways: dZ = softmax(Z) − Y, and the sum of the losses. All take logits of
/// at most 16 classes, whose rows are padded to a register: [batch, classes].
/// </summary>
public static class SoftmaxWays
{
    private const int Lanes = 16;

    /// <summary>A call of the C library for every power and every logarithm.</summary>
    /// <param name="logits">Z: [batch, classes], at most 16 classes.</param>
    /// <param name="labels">The true classes: [batch].</param>
    /// <param name="dLogits">Gets P − Y, not divided by the batch: [batch, classes].</param>
    /// <returns>The sum of the losses.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is none of the classes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double CLibrary(Matrix logits, ReadOnlySpan<byte> labels, Matrix dLogits)
    {
        Check(logits, labels, dLogits);
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<float> z = logits.Row(row);
            Span<float> d = dLogits.Row(row);
            float max = float.NegativeInfinity, sum = 0;
            foreach (float value in z) max = MathF.Max(max, value);
            for (int i = 0; i < z.Length; i++) sum += d[i] = MathF.Exp(z[i] - max);
            for (int i = 0; i < z.Length; i++) d[i] /= sum;
            d[labels[row]] -= 1;
            loss += max + MathF.Log(sum) - z[labels[row]];
        }
        return loss;
    }

    /// <summary>A row in a register, and .NET's own <see cref="Vector512.Exp(Vector512{float})"/>.</summary>
    /// <inheritdoc cref="CLibrary"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double BuiltIn(Matrix logits, ReadOnlySpan<byte> labels, Matrix dLogits)
    {
        Check(logits, labels, dLogits);
        Vector512<float> isClass = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(logits.Columns)).AsSingle();
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            Vector512<float> z = Register(logits, row);
            float max = float.NegativeInfinity;
            foreach (float value in logits.Row(row)) max = MathF.Max(max, value);
            Vector512<float> powers = Vector512.ConditionalSelect(isClass, Vector512.Exp(z - Vector512.Create(max)), Vector512<float>.Zero);
            float sum = Registers.Sum(powers);
            Register(dLogits, row) = powers / Vector512.Create(sum);
            dLogits.Row(row)[labels[row]] -= 1;
            loss += max + MathF.Log(sum) - logits.Row(row)[labels[row]];
        }
        return loss;
    }

    /// <summary>Microsoft's TensorPrimitives, row by row; the largest logit is subtracted first, which its SoftMax does not do.</summary>
    /// <inheritdoc cref="CLibrary"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Primitives(Matrix logits, ReadOnlySpan<byte> labels, Matrix dLogits)
    {
        Check(logits, labels, dLogits);
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<float> z = logits.Row(row);
            Span<float> d = dLogits.Row(row);
            float max = TensorPrimitives.Max(z);
            TensorPrimitives.Subtract(z, max, d);
            TensorPrimitives.Exp(d, d);
            float sum = TensorPrimitives.Sum<float>(d);
            TensorPrimitives.Divide(d, sum, d);
            d[labels[row]] -= 1;
            loss += max + MathF.Log(sum) - z[labels[row]];
        }
        return loss;
    }

    /// <summary>Our exponential, row by row: ten classes, no register is full.</summary>
    /// <inheritdoc cref="CLibrary"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double RowByRow(Matrix logits, ReadOnlySpan<byte> labels, Matrix dLogits)
    {
        Check(logits, labels, dLogits);
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            Span<float> d = dLogits.Row(row);
            loss += Softmax.ComputeWithLogSum(logits.Row(row), d) - logits.Row(row)[labels[row]];
            d[labels[row]] -= 1;
        }
        return loss;
    }

    /// <summary>The training step's own: sixteen samples are turned over, so that a register holds one class of sixteen samples.</summary>
    /// <inheritdoc cref="CLibrary"/>
    public static unsafe double SamplesAsLanes(Matrix logits, ReadOnlySpan<byte> labels, Matrix dLogits)
    {
        Check(logits, labels, dLogits);
        Span<double> losses = labels.Length <= 1024 ? stackalloc double[labels.Length] : new double[labels.Length];
        fixed (byte* truth = labels)
        fixed (double* each = losses)
            SoftmaxCrossEntropy.Compute(Simd.Best, logits.Pointer, labels.Length, logits.Columns, logits.Stride, truth, 1, dLogits.Pointer, each);
        GC.KeepAlive(logits);
        GC.KeepAlive(dLogits);
        double loss = 0;
        foreach (double one in losses) loss += one;
        return loss;
    }

    /// <summary>Times all of them in turn, and beside them the product of the second layer, with which the others are compared.</summary>
    /// <param name="pass">A batch's forward pass through a network of three layers.</param>
    /// <param name="labels">The true classes: [batch].</param>
    /// <param name="second">The second layer.</param>
    public static Timings Race(ForwardPass pass, byte[] labels, DenseLayer second)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(second);
        Matrix logits = pass.Logits, dLogits = new(logits.Rows, logits.Columns), h2 = new(logits.Rows, second.Outputs);
        return Measure.Ratios(
            ("layer 2", () => DenseForward.Compute(pass.Outputs[0], second.Weights, second.Bias, h2, relu: true)),
            ("MathF.Exp", () => CLibrary(logits, labels, dLogits)),
            ("TensorPrimitives", () => Primitives(logits, labels, dLogits)),
            ("Vector512.Exp", () => BuiltIn(logits, labels, dLogits)),
            ("ours, row by row", () => RowByRow(logits, labels, dLogits)),
            ("ours, 16 images at once", () => SamplesAsLanes(logits, labels, dLogits)));
    }

    private static ref Vector512<float> Register(Matrix matrix, int row) =>
        ref MemoryMarshal.Cast<float, Vector512<float>>(matrix.Padded.Slice(row * matrix.Stride, Lanes))[0];

    private static void Check(Matrix logits, ReadOnlySpan<byte> labels, Matrix dLogits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(dLogits);
        if (logits.Columns > Lanes || labels.Length != logits.Rows || dLogits.Rows != logits.Rows || dLogits.Columns != logits.Columns)
            throw new ArgumentException($"[{logits.Rows}, {logits.Columns}] logits, {labels.Length} labels, [{dLogits.Rows}, {dLogits.Columns}] gradients: needed are equal shapes of at most {Lanes} classes and a label per row", nameof(logits));
        foreach (byte label in labels) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, logits.Columns, nameof(labels));
    }
}
