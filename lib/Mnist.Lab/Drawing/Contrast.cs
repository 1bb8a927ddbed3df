namespace Mnist.Lab.Drawing;

/// <summary>How bright a colour is to the eye (WCAG 2.2, relative luminance).</summary>
internal static class Contrast
{
    public static double Luminance(byte red, byte green, byte blue) =>
        (0.2126 * Linear(red)) + (0.7152 * Linear(green)) + (0.0722 * Linear(blue));

    private static double Linear(byte value)
    {
        double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
