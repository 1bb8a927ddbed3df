namespace Mnist.Lab.Svg;

/// <summary>How wide a text will be. The font is the reader's own, so this is a careful guess, rather too wide than too narrow.</summary>
internal static class TextSize
{
    public static double Width(string text, double size) => text.Sum(Share) * size;

    /// <summary>Breaks a text into lines at its spaces; a word that is too wide keeps a line of its own.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Width(longer, size) > width)
            {
                lines.Add(line);
                longer = word;
            }
            line = longer;
        }
        if (line.Length > 0) lines.Add(line);
        return lines;
    }

    private static double Share(char letter) => letter switch
    {
        'i' or 'l' or 'j' or '.' or ',' or ':' or ';' or '|' or '\'' or 'I' or '!' => 0.3,
        ' ' or 'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' => 0.4,
        'm' or 'w' or 'M' or 'W' or '%' or '@' or '−' or '→' or '…' or '≥' or '≤' => 0.9,
        >= 'A' and <= 'Z' => 0.7,
        _ => 0.6,
    };
}
