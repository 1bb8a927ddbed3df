namespace Mnist.Lab.Puzzles;

/// <summary>What an array must hold after a kernel.</summary>
/// <param name="Array">Its name.</param>
/// <param name="Values">The right values, in double precision.</param>
/// <param name="Tolerances">How far each may be off, for the roundings of any order of summing; 0: the float itself, −0 is not +0.</param>
internal sealed record Expected(string Array, double[] Values, double[] Tolerances)
{
    /// <summary>Values that must be met to the bit; a NaN may be any NaN.</summary>
    public static Expected Exactly(string array, IEnumerable<float> values)
    {
        double[] all = [.. values.Select(value => (double)value)];
        return new Expected(array, all, new double[all.Length]);
    }

    /// <summary>The first element that is wrong, in words; empty: none is.</summary>
    public string FirstFault(float[] yours)
    {
        for (int i = 0; i < Values.Length; i++)
            if (!IsRight(yours[i], i)) return FormattableString.Invariant($"{Array}[{i}] is {Text(yours[i])}, it should be {Text((float)Values[i])}");
        return "";
    }

    private bool IsRight(float value, int i) =>
        double.IsNaN(Values[i]) ? float.IsNaN(value)
        : Tolerances[i] > 0 ? Math.Abs(value - Values[i]) <= Tolerances[i]
        : BitConverter.SingleToInt32Bits(value) == BitConverter.SingleToInt32Bits((float)Values[i]);

    private static string Text(float value) => float.IsNegative(value) && value == 0 ? "-0" : FormattableString.Invariant($"{value:G6}");
}
