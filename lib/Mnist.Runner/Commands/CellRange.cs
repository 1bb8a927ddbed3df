using System.Globalization;

namespace Mnist.Runner.Commands;

/// <summary>A choice of code cells by their numbers: <c>3</c>, <c>1-5</c>, <c>-4</c>, <c>7-</c>, or several with commas.</summary>
internal static class CellRange
{
    /// <exception cref="UserErrorException">The text is no range.</exception>
    public static Func<int, bool> Parse(string text)
    {
        (int First, int Last)[] ranges = [.. text.Split(',').Select(part => One(part.Trim(), text))];
        return number => ranges.Any(range => number >= range.First && number <= range.Last);
    }

    private static (int First, int Last) One(string part, string whole)
    {
        string[] ends = part.Split('-');
        bool valid = ends is [not ""] or [_, _] && part != "-";
        int first = 1, last = int.MaxValue;
        if (valid && ends[0].Length > 0) valid = Number(ends[0], out first);
        if (valid && ends[^1].Length > 0) valid = Number(ends[^1], out last);
        return valid && first <= last
            ? (first, last)
            : throw new UserErrorException($"--only {whole}: '{part}' is no range of code cells; write 3, 1-5, -4, 7- or several with commas");
    }

    private static bool Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
