namespace Mnist.Lab.Colors;

/// <summary>A colour with a degree of cover, 255 for all.</summary>
/// <param name="Red">0 … 255.</param>
/// <param name="Green">0 … 255.</param>
/// <param name="Blue">0 … 255.</param>
/// <param name="Alpha">0 … 255; 0 lets the page show through.</param>
public readonly record struct Rgba(byte Red, byte Green, byte Blue, byte Alpha);

/// <summary>How a value becomes a colour, in even steps for the eye.</summary>
public sealed class ColorMap
{
    private readonly (double R, double G, double B, double A)[] stops;

    private ColorMap(string name, params (double, double, double, double)[] stops)
    {
        Name = name;
        this.stops = stops;
    }

    /// <summary>Ink on paper: 0 is paper, 1 is black ink. For digits.</summary>
    public static ColorMap Ink { get; } = new("ink", (250, 249, 245, 255), (17, 17, 17, 255));

    /// <summary>Dark blue over green to yellow, with evenly growing lightness (matplotlib's viridis). For values without a sign.</summary>
    public static ColorMap Viridis { get; } = new("viridis",
        (68, 1, 84, 255), (72, 40, 120, 255), (62, 74, 137, 255), (49, 104, 142, 255), (38, 130, 142, 255),
        (31, 158, 137, 255), (53, 183, 121, 255), (110, 206, 88, 255), (181, 222, 43, 255), (253, 231, 37, 255));

    /// <summary>The page's own background to blue: text in a cell stays readable in both themes. For counts.</summary>
    public static ColorMap Blues { get; } = new("blues", (42, 120, 214, 0), (42, 120, 214, 205));

    /// <summary>Blue for what is below 0, the page's own background at 0, orange red above: the middle is quiet in both themes.</summary>
    public static ColorMap Diverging { get; } = new("diverging",
        (33, 102, 200, 255), (42, 120, 214, 128), (128, 110, 110, 0), (213, 80, 20, 128), (205, 70, 10, 255));

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>The colour at a place.</summary>
    /// <param name="share">0 for the beginning, 1 for the end; beyond them the ends' colours; NaN gives half-covering grey.</param>
    public Rgba At(double share)
    {
        if (double.IsNaN(share)) return new Rgba(128, 128, 128, 128);
        double place = Math.Clamp(share, 0, 1) * (stops.Length - 1);
        int left = Math.Min((int)place, stops.Length - 2);
        double part = place - left;
        var (a, b) = (stops[left], stops[left + 1]);
        return new Rgba(Mix(a.R, b.R, part), Mix(a.G, b.G, part), Mix(a.B, b.B, part), Mix(a.A, b.A, part));
    }

    /// <summary>The name.</summary>
    public override string ToString() => $"colour map {Name}";

    private static byte Mix(double a, double b, double part) => (byte)Math.Round(a + ((b - a) * part));
}
