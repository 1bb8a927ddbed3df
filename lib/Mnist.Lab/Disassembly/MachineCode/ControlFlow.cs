using Iced.Intel;

namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>
/// Which instructions can follow which: the method is cut into blocks that are always run from their first instruction
/// to their last.
/// </summary>
internal sealed class ControlFlow
{
    private ControlFlow(IReadOnlyList<Range> blocks, IReadOnlyList<int[]> successors)
    {
        Blocks = blocks;
        Successors = successors;
        var predecessors = Enumerable.Range(0, blocks.Count).Select(_ => new List<int>()).ToArray();
        for (int block = 0; block < blocks.Count; block++)
            foreach (int next in successors[block]) predecessors[next].Add(block);
        Predecessors = predecessors;
    }

    /// <summary>The instructions of each block, as indices; block 0 is the method's entry.</summary>
    public IReadOnlyList<Range> Blocks { get; }

    /// <summary>The blocks that may follow each block.</summary>
    public IReadOnlyList<int[]> Successors { get; }

    /// <summary>The blocks that may come before each block.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Predecessors { get; }

    /// <summary>The instructions of a block, as indices.</summary>
    public IEnumerable<int> Instructions(int block) => Enumerable.Range(Blocks[block].Start.Value, Blocks[block].End.Value - Blocks[block].Start.Value);

    /// <summary>Cuts a method into blocks: at every target of a jump, and after every instruction that may jump.</summary>
    public static ControlFlow Of(IReadOnlyList<Instruction> method)
    {
        var index = new Dictionary<ulong, int>();
        for (int i = 0; i < method.Count; i++) index[method[i].IP] = i;
        var starts = new SortedSet<int> { 0 };
        for (int i = 0; i < method.Count; i++)
        {
            if (Disassembler.HasTarget(method[i]) && index.TryGetValue(method[i].NearBranchTarget, out int target)) _ = starts.Add(target);
            bool continues = method[i].FlowControl is FlowControl.Next or FlowControl.Call or FlowControl.IndirectCall && index.ContainsKey(method[i].NextIP);
            if (!continues && i + 1 < method.Count) _ = starts.Add(i + 1);
        }
        int[] firsts = [.. starts];
        Range[] blocks = [.. firsts.Select((first, block) => first..(block + 1 < firsts.Length ? firsts[block + 1] : method.Count))];
        return new ControlFlow(blocks, [.. blocks.Select(block => Next(method[block.End.Value - 1]))]);

        int[] Next(Instruction last)
        {
            var next = new List<int>(2);
            if (Disassembler.HasTarget(last)) Add(next, last.NearBranchTarget);
            if (Disassembler.FallsThrough(last)) Add(next, last.NextIP);
            return [.. next];
        }

        void Add(List<int> next, ulong address)
        {
            if (index.TryGetValue(address, out int i)) next.Add(Array.BinarySearch(firsts, i));
        }
    }
}
