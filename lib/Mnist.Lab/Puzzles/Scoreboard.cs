using Mnist.Lab.Cores;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <summary>All attempts together: against par, against the library, and the model against this CPU.</summary>
public static class Scoreboard
{
    private const int Calls = 100; // of each kernel in one piece of work: the call of the work itself must not count

    /// <summary>What is solved, and the cycles of the puzzles' core.</summary>
    public static Table Of(params Attempt[] attempts)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        return new Table($"{attempts.Count(attempt => attempt.Passed)} of {attempts.Length} solved")
            .Text("puzzle", attempts.Select(attempt => attempt.Puzzle.Name))
            .Text("", attempts.Select(attempt => attempt.Passed ? "✓" : attempt.Right ? "right, over par or goal" : attempt.Started ? "✗" : "…"))
            .Number("cycles", attempts.Select(attempt => attempt.Run?.Cycles ?? double.NaN), "N0")
            .Number("par", attempts.Select(attempt => (double)attempt.Puzzle.Par), "N0")
            .Number("loads", attempts.Select(attempt => attempt.Run?.Loads ?? double.NaN), "N0")
            .Number("loads per FMA", attempts.Select(attempt => attempt.Run?.LoadsPerProduct ?? double.NaN), "0.##")
            .Number("spills", attempts.Select(attempt => attempt.Run?.Spills ?? double.NaN), "N0");
    }

    /// <summary>
    /// The kernels, compiled and run on this CPU in turn with the library's: one after the other, so that the end of one
    /// overlaps with the beginning of the next. Where yours is not right yet, the puzzle's own solution runs.
    /// </summary>
    public static Table Race(params Attempt[] attempts)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        Attempt[] racing = [.. attempts.Where(attempt => attempt.Puzzle.Library is not null)];
        CompiledKernel[] kernels = [.. racing.Select(Compile)];
        double[][] seconds;
        try
        {
            Action[] works = [.. kernels.Select(kernel => (Action)(() => kernel.Repeat(Calls))), .. racing.Select(Library), Ladder.PeakWork];
            seconds = Live.Run("Your kernels and the library's", live => Interleaved.Seconds(works, done => live.Update(done, "measuring in turn")));
        }
        finally
        {
            foreach (CompiledKernel kernel in kernels) kernel.Dispose();
        }
        Spread Times(int i) => Spread.OfSpeedup(seconds[i], seconds[racing.Length + i]);
        double OfPeak(int i) => racing[i].Recorded().Program.Multiplications() is var products && products == 0 ? double.NaN
            : Ladder.OfPeak(2.0 * Calls * products, seconds[i], seconds[^1]).Median;
        return new Table("For real, on this CPU")
            .Text("puzzle", racing.Select(attempt => attempt.Puzzle.Name))
            .Text("kernel", racing.Select(attempt => attempt.Program is null ? "the solution" : "yours"))
            .Text("the library's", racing.Select(attempt => attempt.Puzzle.Library!.Value.Name))
            .Bars("x as fast as the library's", racing.Select((_, i) => Times(i).Median), "F2", isVolatile: true)
            .Text("half of the rounds", racing.Select((_, i) => $"{Times(i)}"), isVolatile: true)
            .Number("of the peak", racing.Select((_, i) => OfPeak(i)), "P0", isVolatile: true)
            .Below("The other puzzles have no kernel in the library that does just that.");
    }

    /// <summary>What the model says of each kernel and, where it can be measured, what it takes on this CPU, both from an idle core to the last result.</summary>
    /// <param name="rates">This core, as measured.</param>
    /// <param name="core">The model of it.</param>
    /// <param name="attempts">The kernels; where yours is not right yet, the puzzle's own solution.</param>
    public static Table Agreement(CoreRates rates, CoreModel core, params Attempt[] attempts)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(core);
        ArgumentNullException.ThrowIfNull(attempts);
        double[] measured = Live.Run("Cycles of one run", live => RealCycles.Measure(rates, [.. attempts.Select(attempt => attempt.Recorded())],
            done => live.Update(done, "each from an idle core to its last result")));
        double[] model = [.. attempts.Select(attempt => (double)attempt.Puzzle.Time(attempt.Recorded().Program, core).Cycles)];
        Table table = new Table($"Cycles of one run: the model of {core.Name} and this CPU")
            .Text("kernel", attempts.Select(attempt => attempt.Puzzle.Name))
            .Number("model", model, "N0", isVolatile: true)
            .Number("this CPU", measured, "N0", isVolatile: true)
            .Number("CPU over model", measured.Zip(model, (real, said) => real / said), "F2", isVolatile: true);
        return RealCycles.IsAvailable ? table : table.Below("Not measured: LFENCE, which keeps a run from beginning before the last one has ended, is not available.");
    }

    private static CompiledKernel Compile(Attempt attempt)
    {
        (KernelProgram program, KernelMemory memory) = attempt.Recorded();
        return program.Compile(memory);
    }

    private static Action Library(Attempt attempt)
    {
        Action work = attempt.Puzzle.Library!.Value.Work(attempt.Recorded().Memory.Copy());
        return () =>
        {
            for (int call = 0; call < Calls; call++) work();
        };
    }
}
