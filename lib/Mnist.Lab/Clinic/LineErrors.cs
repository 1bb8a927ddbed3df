namespace Mnist.Lab.Clinic;

/// <summary>What one column or row of a gradient is.</summary>
internal enum LineState
{
    /// <summary>0, and rightly so: it says nothing.</summary>
    Empty,
    Right,
    Wrong,

    /// <summary>All 0, and wrongly so.</summary>
    Zero,

    /// <summary>Some elements wrong, most right.</summary>
    Mixed,
}

/// <summary>The columns, or the rows, of one gradient.</summary>
/// <param name="Name">column or row.</param>
/// <param name="Lines">What each is.</param>
internal sealed record LineErrors(string Name, IReadOnlyList<LineState> Lines)
{
    private const int Longest = 40;

    /// <summary>Each is wholly right or wrong, and there are both.</summary>
    public bool Splits => Has(LineState.Right) && (Has(LineState.Wrong) || HasZero) && !Has(LineState.Mixed);

    public bool HasZero => Has(LineState.Zero);

    public string Words => HasZero
        ? $"{Named(LineState.Zero)} all zero, the others {(Has(LineState.Wrong) ? "wrong" : "right")}"
        : $"{Named(LineState.Wrong)} wrong, the others right";

    private bool Has(LineState state) => Lines.Contains(state);

    private string Named(LineState state)
    {
        var ranges = new List<string>();
        for (int i = 0; i < Lines.Count; i++)
        {
            int first = i;
            while (i < Lines.Count && Lines[i] == state) i++;
            if (i > first) ranges.Add(i - first == 1 ? $"{first}" : $"{first}–{i - 1}");
        }
        int count = Lines.Count(line => line == state);
        string list = string.Join(", ", ranges);
        return list.Length > Longest ? $"{count} of {Lines.Count} {Name}s are" : $"{Name}{(count == 1 ? "" : "s")} {list} {(count == 1 ? "is" : "are")}";
    }
}
