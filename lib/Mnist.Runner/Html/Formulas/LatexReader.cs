namespace Mnist.Runner.Html.Formulas;

/// <summary>A piece of LaTeX: a command without its backslash, or one other character.</summary>
/// <param name="Text">The command's name, or the character.</param>
/// <param name="IsCommand">True for <c>\name</c>.</param>
internal readonly record struct LatexToken(string Text, bool IsCommand)
{
    public bool Is(char character) => !IsCommand && Text.Length == 1 && Text[0] == character;

    public bool IsNamed(string command) => IsCommand && Text == command;

    public string AsWritten => IsCommand ? $"\\{Text}" : Text;
}

/// <summary>Reads LaTeX piece by piece.</summary>
internal sealed class LatexReader(string latex)
{
    private int at;

    public bool AtEnd
    {
        get
        {
            SkipSpaces();
            return at >= latex.Length;
        }
    }

    public LatexToken Peek()
    {
        int start = at;
        LatexToken token = Next();
        at = start;
        return token;
    }

    /// <summary>The next piece, spaces skipped; an empty one at the end.</summary>
    public LatexToken Next()
    {
        SkipSpaces();
        if (at >= latex.Length) return new LatexToken("", false);
        if (latex[at] != '\\') return new LatexToken(Character(), false);
        int start = ++at;
        while (at < latex.Length && char.IsAsciiLetter(latex[at])) at++;
        if (at == start && at < latex.Length) at++;
        string name = latex[start..at];
        if (at < latex.Length && latex[at] == '*' && name is "operatorname") at++;
        return new LatexToken(name, true);
    }

    /// <summary>True, and read, if the next piece is this character.</summary>
    public bool Take(char character)
    {
        if (AtEnd || latex[at] != character) return false;
        at++;
        return true;
    }

    /// <summary>The text of a group <c>{…}</c> as it is written; a single piece if there is no brace.</summary>
    public string RawGroup()
    {
        if (!Take('{')) return Next().Text;
        int start = at;
        for (int depth = 1; at < latex.Length; at++)
        {
            if (latex[at] == '\\') at++;
            else if (latex[at] == '{') depth++;
            else if (latex[at] == '}' && --depth == 0) break;
        }
        string raw = latex[start..Math.Min(at, latex.Length)];
        at = Math.Min(at + 1, latex.Length);
        return raw;
    }

    /// <summary>A run of digits with at most one decimal point, or null.</summary>
    public string? Number()
    {
        SkipSpaces();
        int start = at;
        while (at < latex.Length && (char.IsAsciiDigit(latex[at]) || (latex[at] == '.' && at > start && at + 1 < latex.Length && char.IsAsciiDigit(latex[at + 1])))) at++;
        return at > start ? latex[start..at] : null;
    }

    private string Character()
    {
        int length = char.IsHighSurrogate(latex[at]) && at + 1 < latex.Length ? 2 : 1;
        at += length;
        return latex.Substring(at - length, length);
    }

    private void SkipSpaces()
    {
        while (at < latex.Length && char.IsWhiteSpace(latex[at])) at++;
    }
}
