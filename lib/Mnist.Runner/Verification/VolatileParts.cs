using System.Text;

namespace Mnist.Runner.Verification;

/// <summary>
/// What a machine had to measure stands in an element with the attribute <c>data-volatile</c>, in HTML and SVG alike. It
/// is saved and shown as it was measured; only for a comparison of two runs its content is "…".
/// </summary>
internal static class VolatileParts
{
    public const char Mask = '…';
    private const string Mark = "data-volatile";

    /// <summary>The markup with the content of every volatile element masked; time linear in its length.</summary>
    public static string Masked(string markup)
    {
        var text = new StringBuilder(markup.Length);
        string masked = ""; // the name of the volatile element that is being skipped
        int depth = 0, place = 0;
        while (NextTag(markup, place) is { } tag)
        {
            if (depth == 0) text.Append(markup, place, tag.End - place);
            else if (tag.Name.Equals(masked, StringComparison.OrdinalIgnoreCase)) depth += tag.Change;
            if (masked.Length > 0 && depth == 0)
            {
                text.Append(Mask).Append(markup, tag.Start, tag.End - tag.Start);
                masked = "";
            }
            else if (depth == 0 && tag is { IsVolatile: true, Change: 1 })
            {
                (masked, depth) = (tag.Name, 1);
            }
            place = tag.End;
        }
        return (depth > 0 ? text.Append(Mask) : text.Append(markup, place, markup.Length - place)).ToString();
    }

    /// <param name="Start">Where its &lt; stands.</param>
    /// <param name="End">Behind its &gt;.</param>
    /// <param name="Name">The element's name.</param>
    /// <param name="Change">What it does to the depth: 1 opens, −1 closes, 0 neither.</param>
    /// <param name="IsVolatile">It has the attribute.</param>
    private readonly record struct Tag(int Start, int End, string Name, int Change, bool IsVolatile);

    /// <summary>The next whole tag; null: there is none.</summary>
    private static Tag? NextTag(string markup, int from)
    {
        for (int start = markup.IndexOf('<', from); start >= 0; start = markup.IndexOf('<', start + 1))
        {
            int name = start + 1;
            bool closes = name < markup.Length && markup[name] == '/';
            if (closes) name++;
            if (name >= markup.Length || !char.IsAsciiLetter(markup[name])) continue;
            int end = name;
            while (end < markup.Length && !char.IsWhiteSpace(markup[end]) && markup[end] is not ('/' or '>')) end++;
            string element = markup[name..end];
            bool isVolatile = false;
            while (end < markup.Length && markup[end] != '>') end = SkipAttribute(markup, end, ref isVolatile);
            if (end >= markup.Length) return null;
            bool isEmpty = markup[end - 1] == '/';
            return new Tag(start, end + 1, element, closes ? -1 : isEmpty ? 0 : 1, isVolatile);
        }
        return null;
    }

    /// <summary>Goes over a space, an attribute's name, or a value in quotes.</summary>
    private static int SkipAttribute(string markup, int place, ref bool isVolatile)
    {
        if (markup[place] is '"' or '\'')
        {
            int quote = markup.IndexOf(markup[place], place + 1);
            return quote < 0 ? markup.Length : quote + 1;
        }
        int end = place;
        while (end < markup.Length && !char.IsWhiteSpace(markup[end]) && markup[end] is not ('"' or '\'' or '=' or '/' or '>')) end++;
        isVolatile |= markup[place - 1] != '=' && markup.AsSpan(place, end - place).SequenceEqual(Mark);
        return Math.Max(end, place + 1);
    }
}
