namespace Mnist;

/// <summary>What a thread of a team knows of itself while it works: which one of how many it is.</summary>
/// <param name="team">The team; null for a thread that works alone.</param>
/// <param name="index">0 for the calling thread.</param>
/// <param name="count">Threads that share the work.</param>
/// <param name="clock">Times the phases of the work; null: nobody wants to know.</param>
internal readonly struct Worker(Team? team, int index, int count, PhaseClock? clock = null)
{
    /// <summary>Rows are dealt out in groups of so many, a register tile's rows.</summary>
    private const int Group = 8;

    /// <summary>Which of the threads this is, from 0.</summary>
    public int Index => index;

    /// <summary>True for this thread's items among a few: neighbours, as evenly as they go.</summary>
    public bool Owns(int item, int items) => (long)item * count / items == index;

    /// <summary>This thread's items among the first few, a bit each.</summary>
    public uint OwnOf(int items)
    {
        uint own = 0;
        for (int item = 0; item < items; item++)
            if (Owns(item, items)) own |= 1u << item;
        return own;
    }

    /// <summary>This thread's rows of a matrix: consecutive ones, in whole groups of 8, as evenly as they go.</summary>
    public (int First, int Count) RowsOf(int rows)
    {
        int groups = (rows + Group - 1) / Group;
        int first = (int)((long)groups * index / count) * Group, end = (int)((long)groups * (index + 1) / count) * Group;
        return (Math.Min(first, rows), Math.Min(end, rows) - Math.Min(first, rows));
    }

    /// <summary>Waits until all threads of the team are here; what they wrote before, all can read after.</summary>
    /// <exception cref="OperationCanceledException">Another thread failed; its own exception reaches the caller.</exception>
    public void Barrier()
    {
        clock?.Begin(Phase.Waiting);
        team?.Barrier();
    }

    /// <summary>What the thread does from here on.</summary>
    public void Begins(Phase phase) => clock?.Begin(phase);
}
