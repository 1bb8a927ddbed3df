using Mnist.Lab.Cores;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <summary>Tries a kernel: records it once for inputs of every shape, and runs what was recorded on several.</summary>
internal static class Judge
{
    private const int Runs = 3;

    public static Attempt Try(Puzzle puzzle, Action<VectorMachine> kernel, Random random)
    {
        KernelMemory first = puzzle.Inputs[0](random);
        KernelProgram program = KernelProgram.Record(kernel, first, puzzle.Lanes);
        if (!program.Instructions.Any(one => one.IsStore)) return Unfinished(puzzle, program);
        string fault = Fault(puzzle, program, puzzle.Inputs[0], random);
        foreach (Func<Random, KernelMemory> inputs in puzzle.Inputs.Skip(1))
            if (fault.Length == 0) fault = Fault(puzzle, KernelProgram.Record(kernel, inputs(random), puzzle.Lanes), inputs, random);
        if (fault.Length == 0 && !KernelProgram.Record(kernel, first, puzzle.Lanes).IsSameAs(program))
            fault = "The same inputs give another program the second time: a variable outside of the kernel remembers the first.";
        if (fault.Length > 0) return new Attempt(puzzle) { Detail = fault };
        CoreRun run = puzzle.Time(program);
        string missed = Missed(puzzle, run);
        return new Attempt(puzzle) { Right = true, Passed = missed.Length == 0, Run = run, Program = program, Memory = first, Detail = missed };
    }

    private static Attempt Unfinished(Puzzle puzzle, KernelProgram program) => program.Instructions.Count == 0
        ? new Attempt(puzzle) { Started = false, Detail = "not solved yet: write your kernel into the cell above, then run both cells again" }
        : new Attempt(puzzle) { Detail = "The kernel stores nothing, so nobody sees what it computed." };

    /// <summary>The first wrong element, and why where the mistake is known; empty: everything is right.</summary>
    private static string Fault(Puzzle puzzle, KernelProgram program, Func<Random, KernelMemory> inputs, Random random)
    {
        for (int run = 0; run < Runs; run++)
        {
            KernelMemory before = inputs(random);
            Expected expected = puzzle.Reference(before);
            float[] yours = program.Run(before)[expected.Array];
            string fault = expected.FirstFault(yours);
            if (fault.Length == 0) continue;
            string known = Known(puzzle, before, expected, yours);
            return known.Length == 0 ? $"{fault}." : $"{known} ({fault}.)";
        }
        return "";
    }

    private static string Known(Puzzle puzzle, KernelMemory before, Expected expected, float[] yours)
    {
        foreach ((Action<VectorMachine> wrong, string why) in puzzle.Mistakes)
        {
            try
            {
                if (expected.AreAlike(KernelProgram.Record(wrong, before, puzzle.Lanes).Run(before)[expected.Array], yours)) return why;
            }
            catch (MachineException)
            {
                // this mistake is refused at once with such inputs, so it is another one
            }
        }
        return "";
    }

    /// <summary>What a right kernel does not reach; empty: it reaches everything.</summary>
    private static string Missed(Puzzle puzzle, CoreRun run)
    {
        if (run.Loads > puzzle.MostLoads)
            return FormattableString.Invariant($"right, but it has {run.Loads} loads, and {puzzle.MostLoads} is the goal (a constant other than 0 is a load, too). Move lanes between registers instead.");
        if (!double.IsNaN(puzzle.MostLoadsPerFma) && MissedTile(puzzle, run) is { Length: > 0 } missed) return missed;
        if (run.Cycles <= puzzle.Par) return "";
        int over = run.Cycles - puzzle.Par;
        string limits = string.Join(", ", run.Limits.Take(2).Select(limit => FormattableString.Invariant($"{limit.Name}: {limit.Cycles}")));
        return FormattableString.Invariant($"right, but {over} {(over == 1 ? "cycle" : "cycles")} over par. The tightest limits: {limits}. What waits at the beginning and at the end comes on top.");
    }

    private static string MissedTile(Puzzle puzzle, CoreRun run)
    {
        if (run.Spills > 0) return FormattableString.Invariant($"right, but {run.MostAlive} registers are needed and there are {run.Registers}: {run.Spills} spills. Load later, or keep fewer sums.");
        return run.LoadsPerProduct <= puzzle.MostLoadsPerFma ? ""
            : FormattableString.Invariant($"right, but {run.Loads} loads for {run.Products} FMAs are {run.LoadsPerProduct:0.###} each, and {puzzle.MostLoadsPerFma} is the goal. Use what you have loaded more often.");
    }
}
