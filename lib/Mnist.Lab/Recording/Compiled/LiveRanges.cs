namespace Mnist.Lab.Recording.Compiled;

/// <summary>How long what a program makes is needed.</summary>
internal static class LiveRanges
{
    /// <summary>For every result the last instruction that uses it; −1: none does.</summary>
    public static int[] LastUses(IReadOnlyList<Instruction> instructions)
    {
        int[] last = [.. Enumerable.Repeat(-1, instructions.Count(one => one.Result >= 0))];
        for (int i = 0; i < instructions.Count; i++)
            foreach (int used in instructions[i].Uses) last[used] = i;
        return last;
    }
}
