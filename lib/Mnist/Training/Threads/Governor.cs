namespace Mnist;

/// <summary>Decides before each run whether all threads of a team do it, or one alone.</summary>
internal interface IGovernor
{
    /// <summary>True while one thread does everything.</summary>
    bool Alone { get; }

    /// <summary>A run begins.</summary>
    void Begin();

    /// <summary>A run ends, at least for the calling thread.</summary>
    /// <param name="join">Waits until every thread has finished.</param>
    void End(Action join);
}

/// <summary>Never leaves the team, whatever it costs.</summary>
internal sealed class NeverAlone : IGovernor
{
    /// <inheritdoc/>
    public bool Alone => false;

    /// <inheritdoc/>
    public void Begin()
    {
    }

    /// <inheritdoc/>
    public void End(Action join)
    {
    }
}

/// <summary>
/// Measures whether a team of threads or one thread alone is quicker just now. Threads that meet several times in a
/// tenth of a millisecond are quick only while each has a core to itself: when another program takes one, all wait for
/// the thread that has none. So both ways are timed, the quicker one is kept, and the other is tried again now and then.
/// </summary>
/// <param name="members">Threads of the team; with one there is nothing to decide.</param>
/// <param name="clock">What the runs are timed with.</param>
internal sealed class Governor(int members, TimeProvider clock) : IGovernor
{
    /// <summary>Runs between two decisions; a trial of the other way takes fewer.</summary>
    internal const int Stretch = 32, Trial = 16;

    /// <summary>Runs after a change that do not count: threads wake up, and weights move to their caches.</summary>
    internal const int Settling = 8;

    /// <summary>
    /// Stretches until the slower way is tried again: soon after the quicker one was left, for that may have been a moment's
    /// disturbance, then ever more rarely.
    /// </summary>
    internal const int FirstPause = 4, LongestPause = 64;

    private readonly double[] seconds = [0, 0]; // of a run when last measured: in a team, alone; 0 is "not yet"
    private long begin;
    private double spent; // on the runs of this stretch
    private int length = Trial;
    private int done;
    private int stretches;
    private int pause = FirstPause;
    private bool isTrial = true;
    private bool isSettling = true;

    /// <inheritdoc/>
    public bool Alone { get; private set; } = members == 1;

    private ref double Mine => ref seconds[Alone ? 1 : 0];

    private double Other => seconds[Alone ? 0 : 1];

    /// <inheritdoc/>
    public void Begin() => begin = clock.GetTimestamp();

    /// <inheritdoc/>
    public void End(Action join)
    {
        if (members == 1) return;
        spent += clock.GetElapsedTime(begin).TotalSeconds;
        done++;
        if (isSettling && done == Settling && !IsLate()) (isSettling, spent, done) = (false, 0, 0);
        if (done < length && !IsLate()) return;
        if (!Alone)
        {
            long start = clock.GetTimestamp();
            join();
            spent += clock.GetElapsedTime(start).TotalSeconds;
        }
        Mine = spent / done;
        Choose();
        (spent, done, length) = (0, 0, isTrial ? Trial : Stretch);
    }

    /// <summary>A team that one core was taken from can lose in a run what it gains in hundreds: stop at once.</summary>
    private bool IsLate() => !Alone && Other > 0 && spent > 2 * length * Other;

    private void Choose()
    {
        bool change = Other == 0 || Other < Mine;
        if (isTrial) pause = change ? Math.Min(2 * pause, LongestPause) : FirstPause;
        else if (change) pause = FirstPause;
        bool unknown = Other == 0;
        isTrial = change ? unknown : ++stretches >= pause;
        if (!change && !isTrial) return;
        stretches = 0;
        Alone = !Alone;
        isSettling = true;
    }
}
