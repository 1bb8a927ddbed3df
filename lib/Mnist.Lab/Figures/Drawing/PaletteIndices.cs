namespace Mnist.Lab.Figures.Drawing;

/// <summary>From values to the palette of a PNG.</summary>
internal static class PaletteIndices
{
    /// <summary>The palette index of each value. Pictures of many cells get fewer shades, so that a figure stays below its 100 KB.</summary>
    public static byte[] Indices(PictureTrace picture, IEnumerable<float> values, int count, out Rgba[] palette)
    {
        int shades = Shades(count);
        palette = [.. Enumerable.Range(0, shades).Select(i => picture.Colors.At(i / (shades - 1.0))), picture.Colors.At(double.NaN), new Rgba(0, 0, 0, 0)];
        return [.. values.Select(value => Index(picture, value, shades))];
    }

    /// <summary>The index of what lies between the images of a sheet: nothing, the page shows through.</summary>
    public static byte Gap(int count) => (byte)(Shades(count) + 1);

    /// <summary>Black or white on a colour that covers the page; the page's own text colour on one that does not.</summary>
    public static string TextColor(PictureTrace picture, float value)
    {
        Rgba color = picture.Colors.At(Share(picture, value));
        if (color.Alpha < 255 || picture.Colors == ColorMap.Diverging) return "currentColor";
        return Contrast.TextOn(color.Red, color.Green, color.Blue);
    }

    private static int Shades(int count) => count switch { <= 40_000 => 64, <= 80_000 => 16, _ => 9 };

    private static byte Index(PictureTrace picture, float value, int shades)
    {
        double share = Share(picture, value);
        return double.IsNaN(share) ? (byte)shades : (byte)Math.Round(Math.Clamp(share, 0, 1) * (shades - 1));
    }

    private static double Share(PictureTrace picture, float value) => (value - picture.From) / (picture.To - picture.From);
}
