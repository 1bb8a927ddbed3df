using System.Diagnostics;

namespace Mnist.Lab;

/// <summary>
/// The stopwatch behind <see cref="Measure"/>, <see cref="Ladder"/> and <see cref="Peak"/>: warms up, then takes a
/// short sample of each work in turn, round after round. A neighbour who disturbs a shared machine for a while disturbs
/// whole rounds, and so all works alike.
/// </summary>
internal static class InTurn
{
    private const int Rounds = 31;
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Warmth = TimeSpan.FromMilliseconds(150);

    /// <summary>Seconds a call: [works][rounds].</summary>
    /// <param name="works">What is measured.</param>
    /// <param name="progress">Told after each round how much is done, 0 … 1.</param>
    public static double[][] Seconds(IReadOnlyList<Action> works, Action<double>? progress = null)
    {
        int[] repeats = [.. works.Select(WarmUp)];
        double[][] seconds = [.. works.Select(_ => new double[Rounds])];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < works.Count; i++) seconds[i][round] = Time(works[i], repeats[i]);
            progress?.Invoke((round + 1.0) / Rounds);
        }
        return seconds;
    }

    /// <summary>Runs long enough for the tiered compiler to finish, and says how many calls fill a sample.</summary>
    private static int WarmUp(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        int calls = 0;
        do
        {
            work();
            calls++;
        }
        while (Stopwatch.GetElapsedTime(start) < Warmth && calls < 1_000_000);
        double once = Time(work, Math.Max(1, calls / 10));
        return (int)Math.Clamp(Sample.TotalSeconds / Math.Max(once, 1e-9), 1, 1_000_000);
    }

    private static double Time(Action work, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++) work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }
}
