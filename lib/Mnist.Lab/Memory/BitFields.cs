using System.Globalization;

namespace Mnist.Lab.Memory;

/// <summary>Sign, exponent and fraction of a float or double.</summary>
/// <param name="Bits">All bits, the sign first, as 0 and 1.</param>
/// <param name="ExponentSize">Bits of the exponent: 8 or 11.</param>
internal sealed record BitFields(string Bits, int ExponentSize)
{
    public static BitFields Of(float value) => new(BitConverter.SingleToUInt32Bits(value).ToString("B32", CultureInfo.InvariantCulture), 8);

    public static BitFields Of(double value) => new(BitConverter.DoubleToUInt64Bits(value).ToString("B64", CultureInfo.InvariantCulture), 11);

    public int Sign => Bits[0] - '0';

    public string ExponentBits => Bits.Substring(1, ExponentSize);

    public string FractionBits => Bits[(1 + ExponentSize)..];

    public int Exponent => Convert.ToInt32(ExponentBits, 2);

    /// <summary>What is subtracted from the exponent: 127 or 1023.</summary>
    public int Bias => (1 << (ExponentSize - 1)) - 1;

    private bool AllOnes => !ExponentBits.Contains('0', StringComparison.Ordinal);

    private bool HasFraction => FractionBits.Contains('1', StringComparison.Ordinal);

    /// <summary>Below the smallest normal number there is no hidden 1 and the exponent stays at its least.</summary>
    private bool Subnormal => Exponent == 0;

    private int Power => Subnormal ? 1 - Bias : Exponent - Bias;

    public string PowerText => AllOnes ? "all ones, not a finite number"
        : Subnormal ? $"all zeros, so 2{Superscript(Power)} and no hidden 1"
        : $"{Exponent} − {Bias} = {Signed(Power)}, so 2{Superscript(Power)}";

    public string SignificandText
    {
        get
        {
            if (AllOnes) return HasFraction ? "not zero: not a number" : "zero: infinity";
            string digits = FractionBits.TrimEnd('0');
            string binary = digits.Length == 0 ? $"{Hidden}" : $"{Hidden}.{(digits.Length > 23 ? digits[..23] + "…" : digits)}";
            return $"{binary} in binary, which is {Text(Significand)}{(Subnormal ? "" : " (the 1 before the point is not stored)")}";
        }
    }

    public string MemoryText => string.Join(' ', Enumerable.Range(0, Bits.Length / 8).Reverse().Select(i => Convert.ToByte(Bits.Substring(8 * i, 8), 2).ToString("X2", CultureInfo.InvariantCulture)));

    public string ValueText(string value) => AllOnes ? value : $"{(Sign == 0 ? "+" : "−")}{Text(Significand)} × 2{Superscript(Power)} = {value}";

    private int Hidden => Subnormal ? 0 : 1;

    private double Significand => Hidden + (Convert.ToUInt64(FractionBits, 2) / Math.Pow(2, FractionBits.Length));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Signed(int value) => value < 0 ? $"−{-value}" : $"{value}";

    private static string Superscript(int value) => (value < 0 ? "⁻" : "") + string.Concat($"{Math.Abs(value)}".Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));
}
