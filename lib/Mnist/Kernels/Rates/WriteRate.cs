using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mnist.Kernels;

/// <summary>Writes memory and does nothing else: what it reaches within the first cache is the rate of the stores.</summary>
public static unsafe class WriteRate
{
    /// <summary>Bytes that <see cref="Run"/> writes.</summary>
    public static double Bytes(int length, int passes) => (double)sizeof(float) * length * passes;

    /// <summary>Gives all values one value, pass after pass.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="values">The working set: [n].</param>
    /// <param name="value">What is written.</param>
    /// <param name="passes">How often it is written.</param>
    /// <exception cref="PlatformNotSupportedException">This CPU does not have the width.</exception>
    public static void Run(VectorWidth width, Span<float> values, float value, int passes)
    {
        fixed (float* to = values)
        {
            switch (Simd.Require(width))
            {
                case VectorWidth.Bits512: Run<Lanes512, Vector512<float>>(to, values.Length, value, passes); break;
                case VectorWidth.Bits256: Run<Lanes256, Vector256<float>>(to, values.Length, value, passes); break;
                case VectorWidth.Bits128: Run<Lanes128, Vector128<float>>(to, values.Length, value, passes); break;
                default: Run<Lanes1, float>(to, values.Length, value, passes); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<TLanes, TVector>(float* values, int length, float value, int passes)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector v = TLanes.Broadcast(value);
        for (int pass = 0; pass < passes; pass++)
        {
            float* to = values, end = values + length;
            for (; end - to >= 4 * TLanes.Count; to += 4 * TLanes.Count)
            {
                TLanes.Store(v, to);
                TLanes.Store(v, to + TLanes.Count);
                TLanes.Store(v, to + (2 * TLanes.Count));
                TLanes.Store(v, to + (3 * TLanes.Count));
            }
            for (; to < end; to++) *to = value;
        }
    }
}
