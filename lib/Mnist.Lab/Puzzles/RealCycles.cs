using System.Diagnostics;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <summary>How many cycles a compiled program takes on this CPU, when each run waits for the end of the one before.</summary>
/// <remarks>
/// LFENCE keeps a run from beginning early. What the fence and the loop take themselves is measured with an empty
/// program and subtracted. The fastest of the rounds counts: a neighbour can only make one slower.
/// </remarks>
internal static class RealCycles
{
    private const int Rounds = 200;
    private const int Runs = 500; // in a sample: tens of microseconds, for clocks that tick slowly

    public static double[] Measure(CoreRates rates, IReadOnlyList<(KernelProgram Program, KernelMemory Memory)> programs)
    {
        var nothing = new KernelMemory().Output("y", 1);
        CompiledKernel[] kernels = [KernelProgram.Record(_ => { }, nothing).Compile(nothing), .. programs.Select(one => one.Program.Compile(one.Memory))];
        try
        {
            double[] cycles = [.. Fastest(kernels).Select(seconds => rates.Cycles(seconds) / Runs)];
            return [.. cycles.Skip(1).Select(one => one - cycles[0])];
        }
        finally
        {
            foreach (CompiledKernel kernel in kernels) kernel.Dispose();
        }
    }

    /// <summary>The least time of each, all in turn; their code is what it will stay from the first call on.</summary>
    private static double[] Fastest(CompiledKernel[] kernels)
    {
        double[] seconds = [.. kernels.Select(_ => double.PositiveInfinity)];
        for (int round = 0; round < Rounds; round++)
            for (int i = 0; i < kernels.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                kernels[i].RepeatApart(Runs);
                seconds[i] = Math.Min(seconds[i], Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        return seconds;
    }
}
