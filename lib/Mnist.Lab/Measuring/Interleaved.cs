using System.Diagnostics;
using System.Runtime;

namespace Mnist.Lab.Measuring;

/// <summary>
/// The stopwatch behind <see cref="Measure"/>, <see cref="Ladder"/> and <see cref="Peak"/>: warms up, then takes a
/// short sample of each work in turn, round after round. A neighbour who disturbs a shared machine for a while disturbs
/// whole rounds, and so all works alike.
/// </summary>
internal static class Interleaved
{
    private const int Rounds = 31;
    private const int TieredCalls = 30; // so many calls make the tiered compiler look at a method again
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(20);

    /// <summary>Seconds per call: [works][rounds].</summary>
    /// <param name="works">What is measured.</param>
    /// <param name="progress">Told after each round how much is done, 0 … 1.</param>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="compiledAtOnce">So many of the first works are long calls of code that the JIT optimises at once: two calls warm them up.</param>
    public static double[][] Seconds(IReadOnlyList<Action> works, Action<double>? progress = null, int rounds = Rounds, int compiledAtOnce = 0)
    {
        progress?.Invoke(0); // warming up is part of the wait
        int[] repeats = WarmUp(works, compiledAtOnce);
        double[][] seconds = [.. works.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < works.Count; i++) seconds[i][round] = Time(works[i], repeats[i]);
            progress?.Invoke((round + 1.0) / rounds);
        }
        return seconds;
    }

    /// <summary>
    /// Runs all works in turn until each was called often enough and the JIT has made nothing new for a while: only then
    /// is all code what it will stay. In a notebook thousands of the engine's own methods can wait in the JIT's queue
    /// before ours, so its thread gets some of the time. Says how many calls of each fill a sample.
    /// </summary>
    public static int[] WarmUp(IReadOnlyList<Action> works, int compiledAtOnce = 0)
    {
        long start = Stopwatch.GetTimestamp(), quietSince = start;
        int[] repeats = [.. works.Select(_ => 1)];
        long compiled = -1;
        bool allAtOnce = compiledAtOnce == works.Count;
        for (int round = 0; allAtOnce ? round < 2 : round < TieredCalls || Stopwatch.GetElapsedTime(quietSince) < Quiet; round++)
        {
            for (int i = round < 2 ? 0 : compiledAtOnce; i < works.Count; i++)
                repeats[i] = (int)Math.Clamp(Sample.TotalSeconds / Math.Max(Time(works[i], repeats[i]), 1e-9), 1, 1_000_000);
            if (JitInfo.GetCompiledMethodCount() != compiled) (compiled, quietSince) = (JitInfo.GetCompiledMethodCount(), Stopwatch.GetTimestamp());
            if (Stopwatch.GetElapsedTime(start) > LongestWarmUp) break;
            if (round >= TieredCalls) Thread.Sleep(50);
        }
        return repeats;
    }

    private static double Time(Action work, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++) work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }
}
