using Mnist.Kernels;

namespace Mnist.Lab.Tracing;

/// <summary>
/// Puts a kernel on the stage: every register with the true values in its lanes, step by step, in the order in which
/// the kernel of the library works. The registers are acted by plain floats, so every machine shows the same.
/// </summary>
/// <example><code>RegisterRecorder.DotProduct(a, b).Only(0, ^1)</code></example>
public static partial class RegisterRecorder
{
    /// <summary>A dot product as the kernel does it with AVX-512: 16 lanes, four running sums, FMA.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there is nothing to multiply.</exception>
    public static RegisterTrace DotProduct(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => DotProduct(SumOrder.Kernel, a, b);

    /// <summary>A dot product as the kernel does it with vectors of a width.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there is nothing to multiply.</exception>
    public static RegisterTrace DotProduct(VectorWidth width, ReadOnlySpan<float> a, ReadOnlySpan<float> b) => DotProduct(SumOrder.Of(width), a, b);

    /// <summary>A dot product in an order of your choice.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there is nothing to multiply.</exception>
    public static RegisterTrace DotProduct(SumOrder order, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (a.IsEmpty) throw new ArgumentException("there is nothing to multiply", nameof(a));
        var frames = new List<TraceFrame>();
        float result = order.DotProduct(a, b, new TraceBuilder(frames));
        string sums = order.Accumulators == 1 ? "one running sum" : $"{order.Accumulators} running sums";
        string lanes = order.Lanes == 1 ? "one float at a time" : $"{order.Lanes} lanes";
        return new RegisterTrace($"Dot product of {a.Length}: {lanes}, {sums}", frames, [result]);
    }

    /// <summary>target += factor × values, as the kernel does it with AVX-512; the target itself is not changed.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there is nothing to multiply.</exception>
    public static RegisterTrace AddScaled(float factor, ReadOnlySpan<float> values, ReadOnlySpan<float> target) =>
        AddScaled(SumOrder.Kernel, factor, values, target);

    /// <summary>target += factor × values, as the kernel does it with vectors of a width; the target itself is not changed.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there is nothing to multiply.</exception>
    public static RegisterTrace AddScaled(VectorWidth width, float factor, ReadOnlySpan<float> values, ReadOnlySpan<float> target) =>
        AddScaled(SumOrder.Of(width), factor, values, target);

    /// <summary>target[i, j] += left[i] × right[j], as the kernel does it with AVX-512; the target itself is not changed.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is nothing to multiply.</exception>
    public static RegisterTrace OuterProduct(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Matrix target) =>
        OuterProduct(SumOrder.Kernel, left, right, target);

    /// <summary>target[i, j] += left[i] × right[j], as the kernel does it with vectors of a width; the target itself is not changed.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is nothing to multiply.</exception>
    public static RegisterTrace OuterProduct(VectorWidth width, ReadOnlySpan<float> left, ReadOnlySpan<float> right, Matrix target) =>
        OuterProduct(SumOrder.Of(width), left, right, target);

    private static RegisterTrace AddScaled(SumOrder order, float factor, ReadOnlySpan<float> values, ReadOnlySpan<float> target)
    {
        if (values.IsEmpty) throw new ArgumentException("there is nothing to multiply", nameof(values));
        var frames = new List<TraceFrame>();
        float[] results = Scaled(order, "", factor, values, target, new TraceBuilder(frames));
        return new RegisterTrace($"{values.Length} values, scaled and added: {order.Lanes} lanes", frames, results);
    }

    private static RegisterTrace OuterProduct(SumOrder order, ReadOnlySpan<float> left, ReadOnlySpan<float> right, Matrix target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (left.IsEmpty || right.IsEmpty) throw new ArgumentException("there is nothing to multiply", left.IsEmpty ? nameof(left) : nameof(right));
        if (target.Rows != left.Length || target.Columns != right.Length)
            throw new ArgumentException($"target is [{target.Rows}, {target.Columns}], but [{left.Length}, {right.Length}] is needed", nameof(target));
        var frames = new List<TraceFrame>();
        var results = new List<float>();
        for (int row = 0; row < left.Length; row++)
            results.AddRange(Scaled(order, $"row {row}, ", left[row], right, target.Row(row), new TraceBuilder(frames)));
        return new RegisterTrace($"Outer product [{left.Length}] × [{right.Length}]: {order.Lanes} lanes", frames, [.. results]);
    }

    private static float[] Scaled(SumOrder order, string what, float factor, ReadOnlySpan<float> values, ReadOnlySpan<float> target, TraceBuilder script)
    {
        if (values.Length != target.Length) throw new ArgumentException($"there are {values.Length} values, the target has {target.Length}", nameof(target));
        float[] results = target.ToArray();
        for (int i = 0, count; i < values.Length; i += count)
        {
            count = i + order.Lanes <= values.Length ? order.Lanes : 1;
            float[] factors = [.. Enumerable.Repeat(factor, count)];
            float[] after = order.MultiplyAdd(factors, values.Slice(i, count), target.Slice(i, count));
            script.Scaled(what, i, factors, values.Slice(i, count), target.Slice(i, count), after);
            after.CopyTo(results, i);
        }
        return results;
    }
}
