
namespace Mnist.Lab.Disassembly;

/// <summary>The machine code of one method: its inner loop, what that does in a turn, and the whole method.</summary>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class XRayReport : IShownAsHtml
{
    private readonly IReadOnlyList<CompiledCode> codes;
    private readonly Listing listing;

    private XRayReport(string method, string tile, string problem, IReadOnlyList<CompiledCode> codes, int version)
    {
        this.codes = codes;
        (Method, Tile, Problem) = (method, tile, problem);
        listing = codes.Count == 0 ? Listing.Empty : Listing.Of(codes[version]);
        Tier = codes.Count == 0 ? CodeTier.Unknown : codes[version].Tier;
        Loops = [.. listing.Loops.Select(loop => (IReadOnlyList<MachineInstruction>)[.. loop.Select(i => listing.Instructions[i])])];
        Counts = new InstructionCounts(Loop.Count > 0 ? [.. Loop] : [.. Instructions]);
    }

    /// <summary>The method's name, with the types that a generic one was made for.</summary>
    public string Method { get; }

    /// <summary>True when there is code to show; else <see cref="Problem"/> says why not.</summary>
    public bool IsAvailable => Problem.Length == 0;

    /// <summary>Why there is nothing to show, and what to do; else empty.</summary>
    public string Problem { get; }

    /// <summary>How much care the JIT took.</summary>
    public CodeTier Tier { get; }

    /// <summary>Length of the method's code in bytes.</summary>
    public int Bytes => listing.Bytes;

    /// <summary>The whole method, by address.</summary>
    public IReadOnlyList<MachineInstruction> Instructions => listing.Instructions;

    /// <summary>The loop that the method was written for: of those with no other loop inside, the one that computes most. Empty: there is none.</summary>
    public IReadOnlyList<MachineInstruction> Loop => Loops.Count > 0 ? Loops[0] : [];

    /// <summary>All loops with no other loop inside, <see cref="Loop"/> first.</summary>
    public IReadOnlyList<IReadOnlyList<MachineInstruction>> Loops { get; }

    /// <summary>The counts of one turn of <see cref="Loop"/>; of the whole method where it has no loop.</summary>
    public InstructionCounts Counts { get; }

    /// <summary>Every version that the JIT has made of the method so far, the oldest first; the newest is this report unless you took another.</summary>
    internal IReadOnlyList<XRayReport> Versions => [.. codes.Select((_, i) => new XRayReport(Method, Tile, "", codes, i))];

    /// <summary>One sentence: "8 × 2 tile: 16 FMA, 10 loads, 0 spills per turn".</summary>
    public string Headline => XRayWords.Headline(this);

    /// <summary>"8 × 2 tile", or empty.</summary>
    internal string Tile { get; }

    /// <summary>The instructions of the inner loop, as indices.</summary>
    internal IReadOnlyList<int> LoopIndices => listing.Loops.Count > 0 ? listing.Loops[0] : [];

    /// <summary>The report for a notebook.</summary>
    public string ToHtml() => XRayDrawing.Html(this);

    /// <summary>The report as text: headline, tier, inner loop.</summary>
    public override string ToString() => XRayDrawing.Plain(this);

    internal static XRayReport Newest(string method, string tile, IReadOnlyList<CompiledCode> versions) => new(method, tile, "", versions, versions.Count - 1);

    internal static XRayReport Unavailable(string method, string problem) => new(method, "", problem, [], 0);
}
