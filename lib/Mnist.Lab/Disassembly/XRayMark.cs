namespace Mnist.Lab.Disassembly;

/// <summary>A letter and a colour for each kind of instruction.</summary>
/// <param name="Kind">What is marked.</param>
/// <param name="Letter">Says it without colour.</param>
/// <param name="Color">Behind the white letter.</param>
/// <param name="Noun">For the legend.</param>
/// <param name="Always">True: the legend names it even when there is none.</param>
internal sealed record XRayMark(InstructionKinds Kind, char Letter, string Color, string Noun, bool Always = false)
{
    /// <summary>All marks, in the order of the legend.</summary>
    private static readonly XRayMark[] All =
    [
        new(InstructionKinds.MultiplyAdd, 'F', Palette.Blue, "multiply-add", Always: true),
        new(InstructionKinds.Arithmetic, 'A', Palette.Sky, "other float operation"),
        new(InstructionKinds.Load, 'L', Palette.Green, "load", Always: true),
        new(InstructionKinds.Store, 'S', Palette.Ochre, "store", Always: true),
        new(InstructionKinds.Spill, '!', Palette.Vermilion, "spill", Always: true),
        new(InstructionKinds.Stack, '≡', Palette.Grey, "other stack access"),
        new(InstructionKinds.Branch, 'B', Palette.Purple, "branch"),
        new(InstructionKinds.Call, 'C', Palette.Brown, "call"),
    ];

    /// <summary>Places of the marks in a row; marks that never meet share one, and the first that fits is taken.</summary>
    private static readonly InstructionKinds[] Slots =
    [
        InstructionKinds.MultiplyAdd | InstructionKinds.Arithmetic | InstructionKinds.Branch | InstructionKinds.Call,
        InstructionKinds.Load,
        InstructionKinds.Store | InstructionKinds.Spill | InstructionKinds.Stack,
    ];

    /// <summary>The marks of an instruction, one for each place in a row; null: none there.</summary>
    public static IEnumerable<XRayMark?> Of(MachineInstruction instruction) => Slots.Select(slot => Array.Find(All, mark => slot.HasFlag(mark.Kind) && instruction.Is(mark.Kind)));

    /// <summary>What the letters mean, with the counts: legend and summary in one, as HTML.</summary>
    public static string Key(InstructionCounts counts) => string.Join(" &#160; ",
        from mark in All
        let count = mark.Count(counts)
        where count > 0 || mark.Always
        select $"<span style=\"white-space:nowrap\"><span style=\"{mark.Style};padding:0 5px\">{mark.Letter}</span> {XRayWords.Count(count, mark.Noun)}</span>");

    /// <summary>The letter in a row: as wide as a letter, so that the columns stay in line.</summary>
    public string ToHtml() => $"<span style=\"{Style};padding:0 3px;margin:0 -3px\">{Letter}</span>";

    private string Style => $"background:{Color};color:#fff;border-radius:3px";

    private int Count(InstructionCounts counts) => Kind switch
    {
        InstructionKinds.MultiplyAdd => counts.FusedMultiplyAdds,
        InstructionKinds.Arithmetic => counts.Arithmetic,
        InstructionKinds.Load => counts.Loads,
        InstructionKinds.Store => counts.Stores,
        InstructionKinds.Spill => counts.Spills,
        InstructionKinds.Stack => counts.StackAccesses - counts.Spills,
        InstructionKinds.Branch => counts.Branches,
        _ => counts.Calls,
    };
}
