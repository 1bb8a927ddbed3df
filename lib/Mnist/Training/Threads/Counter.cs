namespace Mnist;

/// <summary>
/// A number that only grows, and that threads wait for. A waiting thread spins first, because the others are usually close;
/// then it sleeps, so that a machine busy with something else can let the late one run.
/// </summary>
/// <param name="spins">
/// Turns before sleeping; 2,000 are some tens of microseconds, about the length of a batch. 0 where there are more threads
/// than processors: a thread that spins would hold up the one it waits for.
/// </param>
internal sealed class Counter(int spins)
{
    private readonly object gate = new();
    private long value;
    private int asleep;
    private volatile bool broken;

    /// <summary>The number now.</summary>
    public long Value => Volatile.Read(ref value);

    /// <summary>Adds one and wakes who waited for it.</summary>
    /// <returns>The number after that.</returns>
    public long Increment()
    {
        long now = Interlocked.Increment(ref value);
        // Either this thread sees that somebody sleeps, or the sleeper sees the new number: both write their own word first
        // and read the other's after a full fence.
        if (Volatile.Read(ref asleep) > 0) WakeAll();
        return now;
    }

    /// <summary>Nobody waits any more, now or later.</summary>
    public void Break()
    {
        broken = true;
        Interlocked.MemoryBarrier();
        WakeAll();
    }

    /// <summary>Waits until the number has reached a target.</summary>
    /// <returns>False when the counter was broken.</returns>
    public bool WaitFor(long target)
    {
        for (int spin = 0; spin < spins && Value < target && !broken; spin++) Thread.SpinWait(1);
        if (Value < target && !broken) Sleep(target);
        return !broken;
    }

    private void Sleep(long target)
    {
        lock (gate)
        {
            Interlocked.Increment(ref asleep);
            while (Value < target && !broken) Monitor.Wait(gate);
            Interlocked.Decrement(ref asleep);
        }
    }

    private void WakeAll()
    {
        lock (gate) Monitor.PulseAll(gate);
    }
}
