using System.Globalization;

namespace Mnist.Lab.Svg;

/// <summary>How bright a colour is to the eye (WCAG 2.2, relative luminance).</summary>
internal static class Contrast
{
    public static double Luminance(byte red, byte green, byte blue) =>
        (0.2126 * Linear(red)) + (0.7152 * Linear(green)) + (0.0722 * Linear(blue));

    /// <summary>Black or white, whichever is read better on a colour that covers the page.</summary>
    public static string TextOn(byte red, byte green, byte blue) => Luminance(red, green, blue) > 0.18 ? "#000" : "#fff";

    /// <summary>The same for a colour written #rrggbb.</summary>
    public static string TextOn(string background)
    {
        byte Part(int at) => byte.Parse(background.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return TextOn(Part(1), Part(3), Part(5));
    }

    private static double Linear(byte value)
    {
        double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
