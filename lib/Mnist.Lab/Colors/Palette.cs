namespace Mnist.Lab.Colors;

/// <summary>
/// Colours for data. They follow Okabe and Ito's set for colour-blind readers, moved to middle tones so that each has a
/// contrast of at least 3 : 1 against white and against the dark theme's #1e1e1e; yellow has no such tone and is left out.
/// </summary>
public static class Palette
{
    /// <summary>The first colour.</summary>
    public const string Blue = "#2a78d6";

    /// <summary>Orange red: what is wrong is drawn in it, never by the colour alone.</summary>
    public const string Vermilion = "#d55e00";

    /// <summary>Green: what is right is drawn in it, never by the colour alone.</summary>
    public const string Green = "#009e73";

    /// <summary>Reddish purple.</summary>
    public const string Purple = "#b667a0";

    /// <summary>Dark yellow.</summary>
    public const string Ochre = "#a87b00";

    /// <summary>Light blue.</summary>
    public const string Sky = "#3d92c4";

    /// <summary>Brown.</summary>
    public const string Brown = "#a0614a";

    /// <summary>Neutral: references and what has no colour of its own.</summary>
    public const string Grey = "#808080";

    /// <summary>All colours, in the order in which series get them.</summary>
    public static IReadOnlyList<string> All { get; } = [Blue, Vermilion, Green, Purple, Ochre, Sky, Brown, Grey];

    /// <summary>A colour for each of the ten digits: those of the series, olive and pink.</summary>
    public static IReadOnlyList<string> Digits { get; } = [.. All, "#5b8c1a", "#e0457b"];

    /// <summary>The colour of a series; after the last the first comes again.</summary>
    /// <param name="index">0 for the first series.</param>
    public static string Color(int index) => All[(int)((uint)index % (uint)All.Count)];
}
