using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Mnist.Lab.Ladders;

/// <summary>
/// a · b = Σ a[i] b[i]: [n], [n] → one number, rewritten step by step, one change a step, from the plain loop to what
/// the kernel <see cref="Mnist.Kernels.DotProduct"/> does. For notebooks to time and to X-ray.
/// </summary>
/// <remarks>
/// b must be at least as long as a, or an <see cref="ArgumentOutOfRangeException"/> is thrown. Right on every CPU: where
/// there are no 512-bit registers, the JIT makes two or four of each.
/// </remarks>
public static class DotProductSteps
{
    /// <summary>The definition: one multiplication and one addition at a time.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static float Scalar(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        b = b[..a.Length];
        float sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Sixteen lanes, each with its own sum; a multiplication, then an addition.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static float Lanes(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        b = b[..a.Length];
        ReadOnlySpan<Vector512<float>> x = Registers.Of(a);
        ReadOnlySpan<Vector512<float>> y = Registers.Of(b)[..x.Length];
        Vector512<float> sum = default;
        for (int r = 0; r < x.Length; r++) sum += x[r] * y[r];
        float total = Registers.Sum(sum);
        for (int i = 16 * x.Length; i < a.Length; i++) total += a[i] * b[i];
        return total;
    }

    /// <summary>Multiplication and addition in one instruction with one rounding: the assembly program's way.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static float Fused(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        b = b[..a.Length];
        ReadOnlySpan<Vector512<float>> x = Registers.Of(a);
        ReadOnlySpan<Vector512<float>> y = Registers.Of(b)[..x.Length];
        Vector512<float> sum = default;
        for (int r = 0; r < x.Length; r++) sum = Vector512.FusedMultiplyAdd(x[r], y[r], sum);
        return Registers.Tail(a, b, Registers.Sum(sum));
    }

    /// <summary>Two running sums. Cutting out two registers checks once that they are there; p[0] and p[1] need no check then.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static float TwoSums(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        b = b[..a.Length];
        ReadOnlySpan<Vector512<float>> x = Registers.Of(a);
        ReadOnlySpan<Vector512<float>> y = Registers.Of(b)[..x.Length];
        Vector512<float> sum0 = default, sum1 = default;
        for (; x.Length >= 2; x = x[2..], y = y[2..])
        {
            ReadOnlySpan<Vector512<float>> p = x[..2], q = y[..2];
            sum0 = Vector512.FusedMultiplyAdd(p[0], q[0], sum0);
            sum1 = Vector512.FusedMultiplyAdd(p[1], q[1], sum1);
        }
        if (x.Length > 0) sum0 = Vector512.FusedMultiplyAdd(x[0], y[0], sum0);
        return Registers.Tail(a, b, Registers.Sum(sum0 + sum1));
    }

    /// <summary>Four running sums.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static float FourSums(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        b = b[..a.Length];
        ReadOnlySpan<Vector512<float>> x = Registers.Of(a);
        ReadOnlySpan<Vector512<float>> y = Registers.Of(b)[..x.Length];
        Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (; x.Length >= 4; x = x[4..], y = y[4..])
        {
            ReadOnlySpan<Vector512<float>> p = x[..4], q = y[..4];
            sum0 = Vector512.FusedMultiplyAdd(p[0], q[0], sum0);
            sum1 = Vector512.FusedMultiplyAdd(p[1], q[1], sum1);
            sum2 = Vector512.FusedMultiplyAdd(p[2], q[2], sum2);
            sum3 = Vector512.FusedMultiplyAdd(p[3], q[3], sum3);
        }
        if (x.Length > 0) sum0 = Vector512.FusedMultiplyAdd(x[0], y[0], sum0);
        if (x.Length > 1) sum1 = Vector512.FusedMultiplyAdd(x[1], y[1], sum1);
        if (x.Length > 2) sum2 = Vector512.FusedMultiplyAdd(x[2], y[2], sum2);
        return Registers.Tail(a, b, Registers.Sum((sum0 + sum1) + (sum2 + sum3)));
    }

    /// <summary>Eight running sums.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static float EightSums(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        b = b[..a.Length];
        ReadOnlySpan<Vector512<float>> x = Registers.Of(a);
        ReadOnlySpan<Vector512<float>> y = Registers.Of(b)[..x.Length];
        Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        Vector512<float> sum4 = default, sum5 = default, sum6 = default, sum7 = default;
        for (; x.Length >= 8; x = x[8..], y = y[8..])
        {
            ReadOnlySpan<Vector512<float>> p = x[..8], q = y[..8];
            sum0 = Vector512.FusedMultiplyAdd(p[0], q[0], sum0);
            sum1 = Vector512.FusedMultiplyAdd(p[1], q[1], sum1);
            sum2 = Vector512.FusedMultiplyAdd(p[2], q[2], sum2);
            sum3 = Vector512.FusedMultiplyAdd(p[3], q[3], sum3);
            sum4 = Vector512.FusedMultiplyAdd(p[4], q[4], sum4);
            sum5 = Vector512.FusedMultiplyAdd(p[5], q[5], sum5);
            sum6 = Vector512.FusedMultiplyAdd(p[6], q[6], sum6);
            sum7 = Vector512.FusedMultiplyAdd(p[7], q[7], sum7);
        }
        if (x.Length > 0) sum0 = Vector512.FusedMultiplyAdd(x[0], y[0], sum0);
        if (x.Length > 1) sum1 = Vector512.FusedMultiplyAdd(x[1], y[1], sum1);
        if (x.Length > 2) sum2 = Vector512.FusedMultiplyAdd(x[2], y[2], sum2);
        if (x.Length > 3) sum3 = Vector512.FusedMultiplyAdd(x[3], y[3], sum3);
        if (x.Length > 4) sum4 = Vector512.FusedMultiplyAdd(x[4], y[4], sum4);
        if (x.Length > 5) sum5 = Vector512.FusedMultiplyAdd(x[5], y[5], sum5);
        if (x.Length > 6) sum6 = Vector512.FusedMultiplyAdd(x[6], y[6], sum6);
        return Registers.Tail(a, b, Registers.Sum(((sum0 + sum1) + (sum2 + sum3)) + ((sum4 + sum5) + (sum6 + sum7))));
    }

    /// <summary>One running sum; what does not fill a register is loaded with a mask: the lanes beyond the end are 0.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static float MaskedTail(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        b = b[..a.Length];
        ReadOnlySpan<Vector512<float>> x = Registers.Of(a);
        ReadOnlySpan<Vector512<float>> y = Registers.Of(b)[..x.Length];
        Vector512<float> sum = default;
        for (int r = 0; r < x.Length; r++) sum = Vector512.FusedMultiplyAdd(x[r], y[r], sum);
        int rest = 16 * x.Length;
        if (rest == a.Length) return Registers.Sum(sum);
        sum = Vector512.FusedMultiplyAdd(Registers.LoadRest(a[rest..]), Registers.LoadRest(b[rest..]), sum);
        return Registers.Sum(sum);
    }
}
