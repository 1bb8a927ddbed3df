using System.Globalization;

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
            if (!IsRight(yours[i], i)) return Fault(i, yours[i]);
        return "";
    }

    /// <summary>True when what somebody else computed is what you computed, up to the roundings of another order.</summary>
    public bool AreAlike(float[] theirs, float[] yours) =>
        theirs.Zip(yours, (a, b) => (a, b)).Zip(Tolerances, (pair, tolerance) => pair.a.Equals(pair.b) || Math.Abs((double)pair.a - pair.b) <= 2 * tolerance).All(alike => alike);

    /// <summary>With as many digits as it takes to see the difference.</summary>
    private string Fault(int i, float value)
    {
        (string yours, string right) = (Text(value, 6), Text((float)Values[i], 6));
        if (yours == right) (yours, right) = (Text(value, 9), Text((float)Values[i], 9));
        return FormattableString.Invariant($"{Array}[{i}] is {yours}, it should be {right}");
    }

    private bool IsRight(float value, int i) =>
        double.IsNaN(Values[i]) ? float.IsNaN(value)
        : Tolerances[i] > 0 ? Math.Abs(value - Values[i]) <= Tolerances[i]
        : BitConverter.SingleToInt32Bits(value) == BitConverter.SingleToInt32Bits((float)Values[i]);

    private static string Text(float value, int digits) => float.IsNegative(value) && value == 0 ? "-0" : value.ToString($"G{digits}", CultureInfo.InvariantCulture);
}
