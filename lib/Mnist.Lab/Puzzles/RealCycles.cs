using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <summary>How many cycles a compiled program takes on this CPU, when each run waits for the end of the one before.</summary>
/// <remarks>
/// LFENCE keeps a run from beginning early. What the fence and the loop take themselves is measured with an empty
/// program and subtracted. A sample has as many runs as fill a thousand ticks of the clock, which is a coarse one on some
/// machines. The fastest of the samples counts: a neighbour can only make one slower.
/// </remarks>
internal static class RealCycles
{
    private const int Rounds = 24;
    private const int Ticks = 1_000; // of a sample: its length is known to a thousandth

    /// <summary>True where there is such a fence.</summary>
    public static bool IsAvailable => Sse2.IsSupported;

    /// <summary>Cycles of one run of each, the empty program's subtracted; NaN where there is no fence.</summary>
    public static double[] Measure(CoreRates rates, IReadOnlyList<(KernelProgram Program, KernelMemory Memory)> programs, Action<double>? progress = null)
    {
        if (!IsAvailable) return [.. programs.Select(_ => double.NaN)];
        var nothing = new KernelMemory().Output("y", 1);
        CompiledKernel[] kernels = [KernelProgram.Record(_ => { }, nothing).Compile(nothing), .. programs.Select(one => one.Program.Compile(one.Memory))];
        try
        {
            double[] cycles = [.. Fastest(kernels, progress).Select(rates.Cycles)];
            return [.. cycles.Skip(1).Select(one => one - cycles[0])];
        }
        finally
        {
            foreach (CompiledKernel kernel in kernels) kernel.Dispose();
        }
    }

    /// <summary>The smallest step of the clock that <see cref="Stopwatch"/> reads, in seconds.</summary>
    internal static double Tick()
    {
        long smallest = long.MaxValue;
        for (int i = 0; i < 20; i++)
        {
            long start = Stopwatch.GetTimestamp(), now = start;
            while (now == start) now = Stopwatch.GetTimestamp();
            smallest = Math.Min(smallest, now - start);
        }
        return (double)smallest / Stopwatch.Frequency;
    }

    /// <summary>So many runs that even the quickest of three samples takes that long.</summary>
    internal static int RunsFor(double seconds, CompiledKernel kernel)
    {
        kernel.RepeatApart(1); // compiles it
        int runs = 16;
        while (runs < 1 << 24 && Enumerable.Range(0, 3).Min(_ => Time(kernel, runs)) < seconds) runs *= 2;
        return runs;
    }

    /// <summary>The least seconds of one run of each, all in turn; their code is what it will stay from the first call on.</summary>
    private static double[] Fastest(CompiledKernel[] kernels, Action<double>? progress)
    {
        double sample = Ticks * Tick();
        int[] runs = [.. kernels.Select(kernel => RunsFor(sample, kernel))];
        double[] seconds = [.. kernels.Select(_ => double.PositiveInfinity)];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < kernels.Length; i++) seconds[i] = Math.Min(seconds[i], Time(kernels[i], runs[i]) / runs[i]);
            progress?.Invoke((round + 1.0) / Rounds);
        }
        return seconds;
    }

    private static double Time(CompiledKernel kernel, int runs)
    {
        long start = Stopwatch.GetTimestamp();
        kernel.RepeatApart(runs);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
