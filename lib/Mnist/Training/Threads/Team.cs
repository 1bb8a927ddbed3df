using System.Runtime.ExceptionServices;

namespace Mnist;

/// <summary>
/// Threads that do the same job together, again and again, or leave it to the caller alone when its governor says that this
/// is quicker. An exception on any of them ends the job for all and is thrown to the caller.
/// </summary>
/// <remarks>
/// <see cref="Run"/> returns when the calling thread is done; the others may still be after their last barrier when the next
/// run begins. So what a job does after its last barrier and before its first one must be each thread's own.
/// </remarks>
internal sealed class Team : IDisposable
{
    private readonly Action<Worker> job;
    private readonly IGovernor governor;
    private readonly int members;
    private readonly Thread[] threads;
    private readonly Counter started, arrived, finished;
    private Exception? failure;
    private bool failureIsKnown;
    private bool disposed;

    /// <summary>A team; the thread that makes it is its first member.</summary>
    /// <param name="members">Number of threads, at least 1.</param>
    /// <param name="job">What each thread does in a run.</param>
    /// <param name="governor">Decides between all threads and one; null: by measuring both.</param>
    public Team(int members, Action<Worker> job, IGovernor? governor = null)
    {
        this.members = members;
        this.job = job;
        this.governor = governor ?? new Governor(members, TimeProvider.System);
        int spins = members <= Environment.ProcessorCount ? 2000 : 0;
        (started, arrived, finished) = (new Counter(spins), new Counter(spins), new Counter(spins));
        threads = [.. Enumerable.Range(1, members - 1).Select(index => new Thread(() => Serve(index)) { IsBackground = true, Name = $"training {index}" })];
        foreach (Thread thread in threads) thread.Start();
    }

    /// <summary>Times the phases of the first member's share; null: nobody wants to know.</summary>
    public PhaseClock? Clock { get; set; }

    /// <summary>Does the job once.</summary>
    /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
    /// <exception cref="InvalidOperationException">It failed before.</exception>
    public void Run()
    {
        ThrowIfUnusable();
        bool alone = members == 1 || governor.Alone;
        governor.Begin();
        if (alone) Join();
        else started.Increment();
        Work(new Worker(alone ? null : this, 0, alone ? 1 : members, Clock));
        Clock?.Begin(Phase.Outside);
        if (failure is not null) Join();
        governor.End(Join);
        ThrowIfUnusable();
    }

    /// <summary>Returns when every thread has finished its part of all runs.</summary>
    /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
    /// <exception cref="InvalidOperationException">It failed before.</exception>
    public void Finish()
    {
        ThrowIfUnusable();
        Join();
        ThrowIfUnusable();
    }

    /// <summary>See <see cref="Worker.Barrier"/>. The first arrivals, as many as there are members, are the first barrier, and so on.</summary>
    internal void Barrier()
    {
        long arrival = arrived.Increment();
        if (!arrived.WaitFor((arrival + members - 1) / members * members))
            throw new OperationCanceledException("another thread of the team failed");
    }

    /// <summary>Ends the other threads, and waits for their end. More than once is as good as once.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        started.Break();
        foreach (Thread thread in threads) thread.Join();
    }

    private void Join() => finished.WaitFor(started.Value * (members - 1));

    private void Serve(int index)
    {
        for (long run = 1; started.WaitFor(run); run++)
        {
            Work(new Worker(this, index, members));
            finished.Increment();
        }
    }

    private void Work(Worker worker)
    {
        try
        {
            job(worker);
        }
        catch (Exception exception)
        {
            // The first one is the cause; that others could not meet at a barrier follows from it.
            Interlocked.CompareExchange(ref failure, exception, null);
            arrived.Break();
        }
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(disposed, typeof(ITrainingStep));
        if (Volatile.Read(ref failure) is not { } cause) return;
        if (failureIsKnown) throw new InvalidOperationException($"this training step failed before ({cause.Message}) and may have changed some of the weights; make a new one", cause);
        failureIsKnown = true;
        ExceptionDispatchInfo.Throw(cause);
    }
}
