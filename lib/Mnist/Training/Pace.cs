using System.Diagnostics;

namespace Mnist;

/// <summary>
/// Decides whether a team of threads or one thread alone is quicker just now. Threads that meet several times in a
/// tenth of a millisecond are quick only while each has a core to itself: when another program takes one, all wait for
/// the thread that has none. So both ways are timed, the quicker one is kept, and the other is tried again now and then.
/// </summary>
/// <param name="members">Threads of the team; with one there is nothing to decide.</param>
internal sealed class Pace(int members)
{
    /// <summary>Batches between two decisions; a trial of the other way takes fewer.</summary>
    private const int Stretch = 32, Trial = 8;

    /// <summary>Stretches until the slower way is tried again: soon at first, then ever more rarely.</summary>
    private const int FirstPause = 4, LongestPause = 128;

    private readonly double[] seconds = [0, 0]; // a batch's time when last measured: in a team, alone; 0 is "not yet"
    private int left = Trial;
    private int stretches;
    private int pause = FirstPause;
    private long start = Stopwatch.GetTimestamp();
    private int length = Trial;

    /// <summary>True while one thread does everything.</summary>
    public bool Alone { get; private set; } = members == 1;

    /// <summary>Counts a batch and decides how the next one is done.</summary>
    /// <param name="finish">Waits until every thread has finished; called before the clock is read.</param>
    /// <returns>True when the threads work together again after one was alone.</returns>
    public bool Next(Action finish)
    {
        if (members == 1 || --left > 0) return false;
        if (!Alone) finish();
        seconds[Alone ? 1 : 0] = Stopwatch.GetElapsedTime(start).TotalSeconds / length;
        bool wasAlone = Alone;
        Alone = Choose();
        left = length = Alone == Quicker ? Stretch : Trial;
        start = Stopwatch.GetTimestamp();
        return wasAlone && !Alone;
    }

    private bool Quicker => seconds[1] < seconds[0];

    private bool Choose()
    {
        if (seconds[0] == 0) return false;
        if (seconds[1] == 0) return true;
        if (Alone != Quicker)
        {
            // A trial that lost, or the way in use has become the slower one.
            stretches = 0;
            pause = Math.Min(2 * pause, LongestPause);
            return Quicker;
        }
        if (++stretches < pause) return Alone;
        stretches = 0;
        return !Alone;
    }
}
