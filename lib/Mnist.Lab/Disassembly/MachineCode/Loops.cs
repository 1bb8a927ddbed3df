namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>
/// Finds the loops of a method. A loop is a jump back to a block that every way to the jump passes (it "dominates" it),
/// with everything in between. So code that the JIT has moved out of a loop, to the method's end, does not make one.
/// </summary>
/// <remarks>Dominators: Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm", 2001.</remarks>
internal sealed class Loops
{
    private const int Unreached = -1;
    private readonly ControlFlow flow;
    private readonly List<int> order = []; // reached blocks, each after all that can follow it
    private readonly int[] place;          // of each block in that order
    private readonly int[] dominator;      // the nearest block that every way from the entry passes

    private Loops(ControlFlow flow)
    {
        this.flow = flow;
        place = new int[flow.Blocks.Count];
        dominator = new int[flow.Blocks.Count];
        Array.Fill(place, Unreached);
        Array.Fill(dominator, Unreached);
        Order();
        dominator[0] = 0;
        while (Improve()) { }
    }

    /// <summary>The loops that have no other loop inside, each as its blocks in ascending order.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Innermost(ControlFlow flow)
    {
        if (flow.Blocks.Count == 0) return [];
        Dictionary<int, SortedSet<int>> loops = new Loops(flow).All();
        return [.. loops.Where(loop => !loops.Keys.Any(head => head != loop.Key && loop.Value.Contains(head))).Select(loop => (IReadOnlyList<int>)[.. loop.Value])];
    }

    private Dictionary<int, SortedSet<int>> All()
    {
        var loops = new Dictionary<int, SortedSet<int>>();
        foreach (int end in order)
            foreach (int head in flow.Successors[end].Where(next => Dominates(next, end)))
            {
                if (!loops.TryGetValue(head, out SortedSet<int>? body)) loops[head] = body = [head];
                Collect(body, end);
            }
        return loops;
    }

    /// <summary>Adds everything that leads to the loop's end without passing its head.</summary>
    private void Collect(SortedSet<int> body, int end)
    {
        var open = new Stack<int>([end]);
        while (open.TryPop(out int block))
            if (place[block] != Unreached && body.Add(block))
                foreach (int before in flow.Predecessors[block]) open.Push(before);
    }

    private bool Dominates(int block, int other)
    {
        while (other != block && other != 0) other = dominator[other];
        return other == block;
    }

    private void Order()
    {
        var open = new Stack<(int Block, int Next)>([(0, 0)]);
        var seen = new HashSet<int> { 0 };
        while (open.TryPop(out var top))
        {
            if (top.Next == flow.Successors[top.Block].Length)
            {
                place[top.Block] = order.Count;
                order.Add(top.Block);
                continue;
            }
            open.Push((top.Block, top.Next + 1));
            int next = flow.Successors[top.Block][top.Next];
            if (seen.Add(next)) open.Push((next, 0));
        }
    }

    private bool Improve()
    {
        bool changed = false;
        for (int i = order.Count - 2; i >= 0; i--) // the entry is the last one
        {
            int nearest = Unreached;
            foreach (int before in flow.Predecessors[order[i]].Where(block => dominator[block] != Unreached))
                nearest = nearest == Unreached ? before : Common(nearest, before);
            changed |= dominator[order[i]] != nearest;
            dominator[order[i]] = nearest;
        }
        return changed;
    }

    private int Common(int a, int b)
    {
        while (a != b)
        {
            while (place[a] < place[b]) a = dominator[a];
            while (place[b] < place[a]) b = dominator[b];
        }
        return a;
    }
}
