namespace Mnist.Kernels;

/// <summary>
/// The few operations that the kernels are made of, for one vector width. A kernel written against this interface is
/// one source for ZMM, YMM and XMM registers and for plain floats: the JIT compiles it anew for each implementing
/// struct, and every call below is inlined, most of them to one instruction.
/// </summary>
/// <typeparam name="TVector">What lies in a register: Vector512, Vector256, Vector128 of float, or float.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats in a register.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of a register tile (see <see cref="MatrixProduct"/>): 8 for ZMM and for Arm64's vectors, where there are 32 registers; else 4.</summary>
    static abstract int TileRows { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>Reads <see cref="Count"/> floats; any alignment.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Writes <see cref="Count"/> floats; any alignment.</summary>
    static abstract void Store(TVector value, float* target);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a − b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a × b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a × b + c, rounded once where the CPU has a fused instruction. The JIT never makes one of a*b+c by itself.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>max(a, 0), the ReLU; a NaN stays NaN.</summary>
    static abstract TVector Relu(TVector a);

    /// <summary>a where gate &gt; 0, else 0: the ReLU's gradient.</summary>
    static abstract TVector WherePositive(TVector a, TVector gate);

    /// <summary>The larger of a and b; b when a or b is a NaN, on x86.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>The smaller of a and b; b when a or b is a NaN, on x86.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>a ÷ b.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>The nearest whole number, the even one of two.</summary>
    static abstract TVector Round(TVector a);

    /// <summary>2ⁿ for whole n in −126 … 127, made by writing n into a float's exponent.</summary>
    static abstract TVector PowerOfTwo(TVector n);

    /// <summary>e of a = m · 2ᵉ with 1 ≤ m &lt; 2, for positive normal a.</summary>
    static abstract TVector Exponent(TVector a);

    /// <summary>m of a = m · 2ᵉ with 1 ≤ m &lt; 2, for positive normal a.</summary>
    static abstract TVector Mantissa(TVector a);

    /// <summary>Where a &lt; b the one value, else (for a NaN too) the other.</summary>
    static abstract TVector WhereLess(TVector a, TVector b, TVector less, TVector otherwise);

    /// <summary>The largest lane.</summary>
    static abstract float HorizontalMax(TVector a);

    /// <summary>All lanes added in our own fixed order: upper half onto lower half, until one is left.</summary>
    static abstract float HorizontalSum(TVector a);

    /// <summary>Reads <see cref="Count"/> bytes as floats.</summary>
    static abstract TVector FromBytes(byte* source);
}
