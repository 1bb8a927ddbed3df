namespace Mnist.Kernels;

/// <summary>The parts of a float32 (IEEE 754 binary32): sign, 8 bits of exponent + 127, 23 bits of mantissa after the leading 1.</summary>
internal static class Float32
{
    /// <summary>What is added to the exponent before it is stored.</summary>
    public const int Bias = 127;

    /// <summary>Stored bits of the mantissa.</summary>
    public const int MantissaBits = 23;

    /// <summary>The bits of the mantissa.</summary>
    public const int MantissaMask = 0x007F_FFFF;

    /// <summary>The bits of 1.0: exponent 0, nothing after the leading 1.</summary>
    public const int One = 0x3F80_0000;

    /// <summary>2⁻¹²⁶, the smallest float with a leading 1; smaller ones are subnormal.</summary>
    public const float SmallestNormal = 1.17549435e-38f;

    /// <summary>ln 2 in two floats. The first has 9 bits, so that n × Ln2High is exact for every exponent n.</summary>
    public const float Ln2High = 0.693359375f, Ln2Low = -2.12194440e-4f;
}
