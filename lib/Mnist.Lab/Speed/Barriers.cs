using System.Diagnostics;

namespace Mnist.Lab.Speed;

/// <summary>What a barrier costs that several threads of a team meet at with nothing to do in between.</summary>
public static class Barriers
{
    private const int Meetings = 200, Runs = 60;

    /// <summary>Seconds per meeting, the middle one of some runs.</summary>
    /// <param name="threads">Threads of the team, at least 2.</param>
    public static Spread Measure(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 2);
        using var team = new Team(threads, worker =>
        {
            for (int meeting = 0; meeting < Meetings; meeting++) worker.Barrier();
        }, new NeverAlone());
        var seconds = new List<double>();
        for (int run = 0; run < Runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            team.Run();
            team.Finish();
            if (run >= Runs / 3) seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds / Meetings); // the first third wakes the threads
        }
        return Spread.Of(seconds);
    }
}
