using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>
/// Softmax, cross-entropy and their joint gradient for a batch, with samples as lanes: 16 rows of logits are transposed, so
/// that a register holds one class of 16 samples. Ten classes fill a register of 16 lanes badly; sixteen samples fill it,
/// and the maximum and the sum over the classes need no horizontal step.
/// </summary>
internal static unsafe class SoftmaxCrossEntropy
{
    /// <summary>Samples done together, for every vector width.</summary>
    public const int Samples = 16;

    /// <summary>dLogits = (softmax(logits) − y) × scale; loss = ln Σ e^z − z[label].</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="logits">[rows, classes], rows <paramref name="stride"/> floats apart.</param>
    /// <param name="rows">Number of samples.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="stride">Floats of a row with its padding, a multiple of 16.</param>
    /// <param name="labels">The true classes: [rows].</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="dLogits">[rows, classes], as the logits lie; may be the same memory. The padding becomes 0.</param>
    /// <param name="losses">Each sample's loss: [rows].</param>
    [SkipLocalsInit] // 16 KB of zeros would cost as much as the rest
    public static void Compute(VectorWidth width, float* logits, int rows, int classes, int stride, byte* labels, float scale, float* dLogits, double* losses)
    {
        const int Most = 256; // classes whose transposed block lies on the stack
        float* onStack = stackalloc float[stride <= Most ? (stride + 1) * Samples : 1];
        float* onHeap = stride <= Most ? null : (float*)NativeMemory.AlignedAlloc((nuint)stride * Samples * sizeof(float), Matrix.Alignment);
        float* scratch = onHeap != null ? onHeap : (float*)(((nint)onStack + Matrix.Alignment - 1) & -Matrix.Alignment);
        float* maxima = stackalloc float[2 * Samples], logSums = maxima + Samples;
        for (int first = 0; first < rows; first += Samples)
        {
            int count = Math.Min(Samples, rows - first);
            float* block = logits + (first * (nint)stride), dBlock = dLogits + (first * (nint)stride);
            Transpose.Compute(block, stride, count, stride, scratch, Samples);
            switch (width)
            {
                case VectorWidth.Bits512: Softmax<Lanes512, Vector512<float>>(scratch, classes, scale, maxima, logSums); break;
                case VectorWidth.Bits256: Softmax<Lanes256, Vector256<float>>(scratch, classes, scale, maxima, logSums); break;
                case VectorWidth.Bits128: Softmax<Lanes128, Vector128<float>>(scratch, classes, scale, maxima, logSums); break;
                default: Softmax<Lanes1, float>(scratch, classes, scale, maxima, logSums); break;
            }
            for (int sample = 0; sample < count; sample++)
            {
                int label = labels[first + sample];
                losses[first + sample] = logSums[sample] + ((double)maxima[sample] - block[(sample * (nint)stride) + label]);
                scratch[(label * Samples) + sample] -= scale;
            }
            new Span<float>(scratch + (classes * Samples), (stride - classes) * Samples).Clear(); // what the padding held, a NaN perhaps
            Transpose.Compute(scratch, Samples, stride, count, dBlock, stride);
        }
        if (onHeap != null) NativeMemory.AlignedFree(onHeap);
    }

    /// <summary>softmax × scale of 16 columns, in place; each column's maximum m and ln Σ e^(z − m), which make ln Σ e^z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Softmax<TLanes, TVector>(float* logits, int classes, float scale, float* maxima, float* logSums)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        for (int lane = 0; lane < Samples; lane += TLanes.Count)
        {
            float* column = logits + lane;
            TVector max = TLanes.Broadcast(float.NegativeInfinity), sum = default;
            for (int i = 0; i < classes; i++) max = TLanes.Max(max, TLanes.Load(column + (i * Samples)));
            for (int i = 0; i < classes; i++)
            {
                TVector power = Exponential.InLanes<TLanes, TVector>(TLanes.Subtract(TLanes.Load(column + (i * Samples)), max));
                TLanes.Store(power, column + (i * Samples));
                sum = TLanes.Add(sum, power);
            }
            TVector share = TLanes.Divide(TLanes.Broadcast(scale), sum);
            for (int i = 0; i < classes; i++)
                TLanes.Store(TLanes.Multiply(TLanes.Load(column + (i * Samples)), share), column + (i * Samples));
            TLanes.Store(max, maxima + lane);
            TLanes.Store(Logarithm.InLanes<TLanes, TVector>(sum), logSums + lane);
        }
    }
}
