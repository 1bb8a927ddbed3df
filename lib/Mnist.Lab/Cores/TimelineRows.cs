using Mnist.Lab.Recording;

namespace Mnist.Lab.Cores;

/// <summary>Which instructions of a long program a timeline shows.</summary>
internal static class TimelineRows
{
    /// <summary>So many rows a page holds.</summary>
    public const int Most = 60;

    private const int Part = 18;

    /// <summary>Indices of slots, −1 where some are left out.</summary>
    /// <remarks>All where they fit; else without the zeros, which take no time: of every loop the first two rounds, the middle one and the last; else some at the beginning, in the middle and at the end.</remarks>
    public static IReadOnlyList<int> Of(IReadOnlyList<Slot> slots)
    {
        if (slots.Count <= Most) return [.. Enumerable.Range(0, slots.Count)];
        Dictionary<int, int> rounds = slots.Where(slot => slot.Instruction.Loop >= 0).GroupBy(slot => slot.Instruction.Loop)
            .ToDictionary(loop => loop.Key, loop => loop.Max(slot => slot.Instruction.Round) + 1);
        int[] working = [.. Enumerable.Range(0, slots.Count).Where(i => slots[i].Instruction.Operation != Operation.Zero)];
        bool Shown(Slot slot) => slot.Instruction is var one && (one.Loop < 0 || one.Round < 2 || one.Round == rounds[one.Loop] / 2 || one.Round == rounds[one.Loop] - 1);
        int[] shown = [.. working.Where(i => Shown(slots[i]))];
        int middle = working.Length / 2;
        if (shown.Length > Most) shown = [.. working[..Part], .. working[middle..(middle + Part)], .. working[^Part..]];
        return [.. shown.SelectMany((index, i) => i > 0 && index != shown[i - 1] + 1 ? new[] { -1, index } : [index])];
    }
}
