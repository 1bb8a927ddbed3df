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
    private long ticks; // spent on the batches of this stretch
    private int length = Trial;
    private int done;
    private int stretches;
    private int pause = FirstPause;
    private bool isTrial = true;

    /// <summary>True while one thread does everything.</summary>
    public bool Alone { get; private set; } = members == 1;

    /// <summary>Counts a batch and decides how the next one is done.</summary>
    /// <param name="start">When the batch began; what happens between batches does not count.</param>
    /// <param name="finish">Waits until every thread has finished.</param>
    /// <returns>True when the next batch is done the other way.</returns>
    public bool Next(long start, Action finish)
    {
        if (members == 1) return false;
        ticks += Stopwatch.GetTimestamp() - start;
        if (++done < length && !IsLate()) return false;
        start = Stopwatch.GetTimestamp();
        if (!Alone) finish();
        ticks += Stopwatch.GetTimestamp() - start;
        seconds[Alone ? 1 : 0] = (double)ticks / Stopwatch.Frequency / done;
        bool wasAlone = Alone;
        Choose();
        (ticks, done, length) = (0, 0, isTrial ? Trial : Stretch);
        return wasAlone != Alone;
    }

    /// <summary>A team that one core was taken from can lose in a batch what it gains in hundreds: stop at once.</summary>
    private bool IsLate() => !Alone && seconds[1] > 0 && (double)ticks / Stopwatch.Frequency > 2 * length * seconds[1];

    private void Choose()
    {
        bool other = seconds[Alone ? 0 : 1] == 0 || seconds[Alone ? 0 : 1] < seconds[Alone ? 1 : 0];
        if (isTrial) pause = other ? Math.Min(2 * pause, LongestPause) : FirstPause;
        if (other)
        {
            isTrial = seconds[Alone ? 0 : 1] == 0;
            stretches = 0;
            Alone = !Alone;
            return;
        }
        isTrial = ++stretches >= pause;
        if (!isTrial) return;
        stretches = 0;
        Alone = !Alone;
    }
}
