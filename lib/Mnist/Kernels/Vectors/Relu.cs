using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>max(x, 0), and its gradient: 1 where x &gt; 0, else 0 (at the kink too).</summary>
/// <remarks>
/// A NaN stays NaN, so that training notices it, and −0 becomes 0. The gradient passes unchanged, NaN and ∞ too, where
/// the output is positive; where it is 0, negative or NaN, nothing passes.
/// </remarks>
public static unsafe class Relu
{
    /// <summary>The definition: values[i] = max(values[i], 0), in place: [n].</summary>
    public static void Reference(Span<float> values)
    {
        foreach (ref float value in values)
            if (value <= 0) value = 0;
    }

    /// <summary>The definition of the gradient: dValues[i] = 0 where outputs[i] is not positive, in place: [n], [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void MaskReference(ReadOnlySpan<float> outputs, Span<float> dValues)
    {
        Lengths.MustEqual(outputs.Length, dValues.Length);
        for (int i = 0; i < outputs.Length; i++)
            if (!(outputs[i] > 0)) dValues[i] = 0;
    }

    /// <summary>With the widest vectors this CPU has, in place: [n].</summary>
    public static void Compute(Span<float> values) => Compute(Simd.Best, values);

    /// <summary>With vectors of a given width, in place: [n].</summary>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static void Compute(VectorWidth width, Span<float> values)
    {
        fixed (float* first = values)
        {
            switch (Simd.Require(width))
            {
                case VectorWidth.Bits512: Vectorized<Lanes512, Vector512<float>>(first, values.Length); break;
                case VectorWidth.Bits256: Vectorized<Lanes256, Vector256<float>>(first, values.Length); break;
                case VectorWidth.Bits128: Vectorized<Lanes128, Vector128<float>>(first, values.Length); break;
                default: Vectorized<Lanes1, float>(first, values.Length); break;
            }
        }
    }

    /// <summary>The gradient, with the widest vectors this CPU has, in place: [n], [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Mask(ReadOnlySpan<float> outputs, Span<float> dValues) => Mask(Simd.Best, outputs, dValues);

    /// <summary>The gradient, with vectors of a given width, in place: [n], [n].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static void Mask(VectorWidth width, ReadOnlySpan<float> outputs, Span<float> dValues)
    {
        Lengths.MustEqual(outputs.Length, dValues.Length);
        fixed (float* gate = outputs, values = dValues)
        {
            switch (Simd.Require(width))
            {
                case VectorWidth.Bits512: MaskVectorized<Lanes512, Vector512<float>>(gate, values, outputs.Length); break;
                case VectorWidth.Bits256: MaskVectorized<Lanes256, Vector256<float>>(gate, values, outputs.Length); break;
                case VectorWidth.Bits128: MaskVectorized<Lanes128, Vector128<float>>(gate, values, outputs.Length); break;
                default: MaskVectorized<Lanes1, float>(gate, values, outputs.Length); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vectorized<TLanes, TVector>(float* values, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        int i = 0;
        for (; i + TLanes.Count <= count; i += TLanes.Count)
            TLanes.Store(TLanes.Relu(TLanes.Load(values + i)), values + i);
        for (; i < count; i++) values[i] = Lanes1.Relu(values[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MaskVectorized<TLanes, TVector>(float* outputs, float* dValues, int count)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        int i = 0;
        for (; i + TLanes.Count <= count; i += TLanes.Count)
            TLanes.Store(TLanes.WherePositive(TLanes.Load(dValues + i), TLanes.Load(outputs + i)), dValues + i);
        for (; i < count; i++) dValues[i] = Lanes1.WherePositive(dValues[i], outputs[i]);
    }
}
