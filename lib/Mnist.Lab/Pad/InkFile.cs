using StbImageSharp;

namespace Mnist.Lab.Pad;

/// <summary>
/// Reads a digit from a picture file: a drawing that was saved, a scan, a photo of a sheet of paper. Which of light and
/// dark is the ink it finds by itself.
/// </summary>
public static class InkFile
{
    // Grey paper in a photo is neither even nor clean: what is weaker than a quarter of the strongest ink is paper, and
    // from three quarters on it is full ink.
    private const double Paper = 0.25, Full = 0.75;
    private const int LeastContrast = 24; // of 255

    /// <summary>Reads a PNG, JPEG, BMP, GIF or TGA file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file is missing, is a folder, or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is no such picture, is damaged, or has no ink that stands out from its background.</exception>
    /// <remarks>The turn that a phone notes in a JPEG (EXIF orientation) is not read: save such a photo upright first.</remarks>
    public static Ink Read(string path)
    {
        if (Directory.Exists(path)) throw new IOException($"{path} is a folder, but a picture is a file");
        if (!File.Exists(path)) throw new FileNotFoundException($"there is no picture '{path}'", path);
        ImageResult picture;
        try
        {
            picture = ImageResult.FromMemory(File.ReadAllBytes(path), ColorComponents.RedGreenBlueAlpha);
        }
        catch (Exception damage) when (damage is not (IOException or UnauthorizedAccessException)) // whatever a decoder meets in wrong bytes
        {
            throw new InvalidDataException($"{path} is not a picture that can be read: {damage.Message}; PNG, JPEG, BMP, GIF and TGA files can (a HEIC photo: save it as JPEG first)", damage);
        }
        return Find(OnWhite(picture.Data), picture.Height, picture.Width)
            ?? throw new InvalidDataException($"{path} shows nothing that stands out from its background; take a darker pen or more light");
    }

    /// <summary>Finds the ink in a grey picture; null when nothing stands out.</summary>
    /// <param name="grey">Brightness 0 … 255: [rows × columns].</param>
    /// <param name="rows">Pixel rows.</param>
    /// <param name="columns">Pixel columns.</param>
    internal static Ink? Find(ReadOnlySpan<byte> grey, int rows, int columns)
    {
        int background = MiddleOfBorder(grey, rows, columns);
        long darker = 0, lighter = 0;
        int darkest = 0, lightest = 0;
        foreach (byte value in grey)
        {
            int difference = background - value;
            (darkest, lightest) = (Math.Max(darkest, difference), Math.Max(lightest, -difference));
            // squared, so that few pixels of ink outweigh much uneven paper
            if (difference > 0) darker += difference * difference;
            else lighter += difference * difference;
        }
        (int sign, int strongest) = darker >= lighter ? (1, darkest) : (-1, lightest);
        if (strongest < LeastContrast) return null;
        var ink = new byte[grey.Length];
        for (int i = 0; i < ink.Length; i++)
        {
            double share = (double)(sign * (background - grey[i])) / strongest;
            ink[i] = (byte)Math.Round(255 * Math.Clamp((share - Paper) / (Full - Paper), 0, 1));
        }
        return new Ink(rows, columns, ink);
    }

    /// <summary>Grey as the eye weighs the colours (ITU-R BT.601), transparent parts on white.</summary>
    private static byte[] OnWhite(byte[] colors)
    {
        var grey = new byte[colors.Length / 4];
        for (int i = 0; i < grey.Length; i++)
        {
            double brightness = (0.299 * colors[4 * i]) + (0.587 * colors[(4 * i) + 1]) + (0.114 * colors[(4 * i) + 2]);
            double cover = colors[(4 * i) + 3] / 255.0;
            grey[i] = (byte)Math.Round((cover * brightness) + ((1 - cover) * 255));
        }
        return grey;
    }

    /// <summary>The median brightness along the four edges, where the digit is not.</summary>
    private static int MiddleOfBorder(ReadOnlySpan<byte> grey, int rows, int columns)
    {
        var border = new List<byte>();
        for (int column = 0; column < columns; column++) border.AddRange([grey[column], grey[((rows - 1) * columns) + column]]);
        for (int row = 0; row < rows; row++) border.AddRange([grey[row * columns], grey[(row * columns) + columns - 1]]);
        border.Sort();
        return border[border.Count / 2];
    }
}
