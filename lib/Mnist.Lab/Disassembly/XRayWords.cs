using System.Globalization;

namespace Mnist.Lab.Disassembly;

/// <summary>What an X-ray says in sentences.</summary>
internal static class XRayWords
{
    /// <summary>What one turn of the loop costs, in one line.</summary>
    public static string Headline(XRayReport report)
    {
        if (!report.IsAvailable) return "✗ No X-ray of this method";
        InstructionCounts counts = report.Counts;
        string[] parts =
        [
            counts.FusedMultiplyAdds > 0 ? $"{counts.FusedMultiplyAdds} FMA" : counts.Arithmetic > 0 ? Count(counts.Arithmetic, "float operation") : Count(counts.Instructions, "instruction"),
            Count(counts.Loads, "load"),
            .. counts.Stores > 0 ? [Count(counts.Stores, "store")] : Array.Empty<string>(),
            Count(counts.Spills, "spill"),
            .. counts.Calls > 0 ? [Count(counts.Calls, "call")] : Array.Empty<string>(),
        ];
        string subject = report.Tile.Length > 0 ? $"{report.Tile}: " : report.Loop.Count > 0 ? "Inner loop: " : "No loop: ";
        return subject + string.Join(", ", parts) + (report.Loop.Count > 0 ? " per turn" : "");
    }

    /// <summary>Lines below the headline.</summary>
    public static IEnumerable<string> Lines(XRayReport report)
    {
        yield return CodeTiers.Describe(report.Tier) + ".";
        InstructionCounts counts = report.Counts;
        if (counts.FusedMultiplyAdds > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Count(counts.Products, "multiplication")} in {Count(counts.Instructions, "instruction")}; {counts.LoadsPerMultiplyAdd:0.###} loads per FMA.");
        else if (counts.Products > 0)
            yield return $"{Count(counts.Products, "multiplication")} in {Count(counts.Instructions, "instruction")}; no fused multiply-add.";
        if (counts.StackAccesses > 0)
            yield return $"{counts.StackAccesses} of {Count(counts.Instructions, "instruction")} {(counts.StackAccesses == 1 ? "goes" : "go")} through the stack, for values that did not stay in a register.";
    }

    /// <summary>A number and its noun: "1 load", "10 loads".</summary>
    public static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : noun[^1] is 'h' or 's' ? "es" : "s")}");
}
