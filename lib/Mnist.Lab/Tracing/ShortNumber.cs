using System.Globalization;

namespace Mnist.Lab.Tracing;

/// <summary>Numbers for small boxes: as many decimals as there is room for.</summary>
internal static class ShortNumber
{
    private static readonly string[] Powers = ["0.###e0", "0.##e0", "0.#e0", "0e0"];

    /// <summary>The value in at most so many letters, at least 6; the last digit is rounded.</summary>
    public static string Of(float value, int letters)
    {
        if (float.IsNaN(value)) return "NaN";
        if (float.IsInfinity(value)) return value > 0 ? "∞" : "-∞";
        int usual = letters - 3; // a sign, a digit and the point
        foreach (int decimals in (int[])[usual, usual + 1, .. Enumerable.Range(0, usual).Reverse()])
        {
            string text = value.ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);
            if (text.Length > letters) text = text.Replace("-0.", "-.", StringComparison.Ordinal); // the last resort for a small negative number
            if (text.Length <= letters && IsNear(text, value)) return text == "-0" ? "0" : text;
        }
        return Powers.Select(format => value.ToString(format, CultureInfo.InvariantCulture)).First(text => text.Length <= letters);
    }

    /// <summary>Within a fortieth, or a small number would look like another one or like 0.</summary>
    private static bool IsNear(string text, float value) =>
        MathF.Abs(float.Parse(text, CultureInfo.InvariantCulture) - value) <= MathF.Abs(value) / 40;
}
