using System.Globalization;

namespace Mnist.Lab.Drawing;

/// <summary>The colour of text that stands on a covering colour.</summary>
internal static class TextOn
{
    /// <summary>Black or white, whichever is read better.</summary>
    /// <param name="background">#rrggbb.</param>
    public static string Color(string background)
    {
        byte Part(int at) => byte.Parse(background.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return Contrast.Luminance(Part(1), Part(3), Part(5)) > 0.18 ? "#000" : "#fff";
    }
}
