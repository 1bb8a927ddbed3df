using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Mnist.Lab.Ladders;

/// <summary>A way to compute outputs[i] = max(values[i], 0): [n], [n].</summary>
public delegate void ReluStep(ReadOnlySpan<float> values, Span<float> outputs);

/// <summary>
/// The ReLU from a decision for each value to sixteen values without any decision. For notebooks to time and to X-ray;
/// the library's own kernel is <see cref="Mnist.Kernels.Relu"/>.
/// </summary>
/// <remarks>
/// outputs must be at least as long as values, or an <see cref="ArgumentOutOfRangeException"/> is thrown. The steps read
/// one array and write another: in place, a second call would find no negative value any more.
/// </remarks>
public static class ReluSteps
{
    /// <summary>
    /// The definition, with a jump that the CPU has to guess. The two arms store separately: x86 has no conditional store,
    /// so the JIT cannot turn the jump into a conditional move.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Branch(ReadOnlySpan<float> values, Span<float> outputs)
    {
        outputs = outputs[..values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] > 0) outputs[i] = values[i];
            else outputs[i] = 0;
        }
    }

    /// <summary>One value at a time, but no decision: the instruction <c>vmaxss</c> gives the larger of two numbers.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Max(ReadOnlySpan<float> values, Span<float> outputs)
    {
        outputs = outputs[..values.Length];
        for (int i = 0; i < values.Length; i++)
            outputs[i] = float.MaxNative(values[i], 0);
    }

    /// <summary>Sixteen values at a time: <c>vmaxps</c>.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Lanes(ReadOnlySpan<float> values, Span<float> outputs)
    {
        outputs = outputs[..values.Length];
        ReadOnlySpan<Vector512<float>> z = Registers.Of(values);
        Span<Vector512<float>> h = MemoryMarshal.Cast<float, Vector512<float>>(outputs)[..z.Length];
        for (int r = 0; r < z.Length; r++) h[r] = Vector512.MaxNative(z[r], Vector512<float>.Zero);
        for (int i = 16 * z.Length; i < values.Length; i++) outputs[i] = float.MaxNative(values[i], 0);
    }

    /// <summary>Work for <see cref="Measure"/>: a step over an array.</summary>
    /// <param name="step">The way to compute it.</param>
    /// <param name="values">The values; they are not changed.</param>
    public static Action Over(ReluStep step, float[] values)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(values);
        var outputs = new float[values.Length];
        return () => step(values, outputs);
    }
}
