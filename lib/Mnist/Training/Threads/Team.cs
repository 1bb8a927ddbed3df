namespace Mnist;

/// <summary>
/// Threads that work on the same batch and meet at barriers. A thread that arrives early spins for a few microseconds,
/// because the others are usually that close; then it sleeps, so that a machine busy with something else can let the
/// late one run.
/// </summary>
internal sealed class Team : IDisposable
{
    private readonly object gate = new();
    private readonly Action<int>?[] work = new Action<int>?[2];
    private readonly int spins;
    private int arrived;
    private int asleep;
    private volatile int meetings;
    private int runs;

    /// <summary>A team; the thread that makes it is its first member.</summary>
    /// <param name="members">Number of threads, at least 1.</param>
    public Team(int members)
    {
        Members = members;
        spins = members <= Environment.ProcessorCount ? 2000 : 0;
        for (int member = 1; member < members; member++)
        {
            int index = member;
            new Thread(() => Serve(index)) { IsBackground = true, Name = $"training {index}" }.Start();
        }
    }

    /// <summary>Number of threads.</summary>
    public int Members { get; }

    /// <summary>
    /// Starts work on every member once all have finished what came before; returns when this thread's part is done.
    /// </summary>
    public void Run(Action<int> job)
    {
        // Two places: a member may read the old job a little after this thread has moved on to the next.
        work[runs & 1] = job;
        runs++;
        Meet();
        job(0);
    }

    /// <summary>Returns when every member has finished its work.</summary>
    public void Finish() => Run(static _ => { });

    /// <summary>Waits until every member is here.</summary>
    public void Meet()
    {
        if (Members == 1) return;
        int meeting = meetings;
        if (Interlocked.Increment(ref arrived) == Members)
        {
            arrived = 0;
            Interlocked.Increment(ref meetings);
            if (Volatile.Read(ref asleep) > 0)
                lock (gate) Monitor.PulseAll(gate);
            return;
        }
        for (int spin = 0; spin < spins; spin++)
        {
            if (meetings != meeting) return;
            Thread.SpinWait(1);
        }
        Sleep(meeting);
    }

    /// <summary>Ends the other threads.</summary>
    public void Dispose()
    {
        work[runs & 1] = null;
        runs++;
        Meet();
    }

    /// <summary>
    /// Either this thread sees that the meeting is over, or the last one to arrive sees that somebody sleeps: both write
    /// their own word first and read the other's after a full fence.
    /// </summary>
    private void Sleep(int meeting)
    {
        lock (gate)
        {
            Interlocked.Increment(ref asleep);
            while (meetings == meeting) Monitor.Wait(gate);
            Interlocked.Decrement(ref asleep);
        }
    }

    private void Serve(int member)
    {
        for (int run = 0; ; run++)
        {
            Meet();
            if (work[run & 1] is not { } job) return;
            job(member);
        }
    }
}
