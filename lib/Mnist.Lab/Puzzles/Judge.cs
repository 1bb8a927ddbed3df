using Mnist.Lab.Cores;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <summary>Tries a kernel: records it once for inputs of every length, and runs what was recorded on several.</summary>
internal static class Judge
{
    private const int Runs = 3;

    public static Attempt Try(Puzzle puzzle, Action<VectorMachine> kernel, Random random)
    {
        KernelMemory first = puzzle.Inputs[0](random);
        KernelProgram program = KernelProgram.Record(kernel, first, puzzle.Lanes);
        if (!program.Instructions.Any(one => one.IsStore)) return Unfinished(puzzle, program);
        foreach (Func<Random, KernelMemory> inputs in puzzle.Inputs)
        {
            string fault = Fault(puzzle, kernel, inputs, random);
            if (fault.Length > 0) return new Attempt(puzzle) { Detail = fault };
        }
        CoreRun run = puzzle.Time(program);
        string missed = Missed(puzzle, run);
        return new Attempt(puzzle) { Right = true, Passed = missed.Length == 0, Run = run, Program = program, Memory = first, Detail = missed };
    }

    private static Attempt Unfinished(Puzzle puzzle, KernelProgram program) => program.Instructions.Count == 0
        ? new Attempt(puzzle) { Started = false, Detail = "not solved yet: write your kernel into the cell above, then run both cells again" }
        : new Attempt(puzzle) { Detail = "The kernel stores nothing, so nobody sees what it computed." };

    /// <summary>The first wrong element, and why where the mistake is known; empty: everything is right.</summary>
    private static string Fault(Puzzle puzzle, Action<VectorMachine> kernel, Func<Random, KernelMemory> inputs, Random random)
    {
        KernelProgram program = KernelProgram.Record(kernel, inputs(random), puzzle.Lanes);
        for (int run = 0; run < Runs; run++)
        {
            KernelMemory before = inputs(random);
            Expected expected = puzzle.Reference(before);
            float[] yours = program.Run(before)[expected.Array];
            string fault = expected.FirstFault(yours);
            if (fault.Length == 0) continue;
            string known = Known(puzzle, before, expected.Array, yours);
            return known.Length == 0 ? $"{fault}." : $"{known} ({fault}.)";
        }
        return "";
    }

    private static string Known(Puzzle puzzle, KernelMemory before, string array, float[] yours)
    {
        foreach ((Action<VectorMachine> wrong, string why) in puzzle.Mistakes)
        {
            try
            {
                float[] theirs = KernelProgram.Record(wrong, before, puzzle.Lanes).Run(before)[array];
                if (theirs.Zip(yours, (a, b) => a.Equals(b)).All(same => same)) return why;
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
        if (!double.IsNaN(puzzle.MostLoadsPerFma))
        {
            if (run.Spills > 0) return FormattableString.Invariant($"right, but {run.MostAlive} registers are needed and there are {run.Registers}: {run.Spills} spills. Load later, or keep fewer sums.");
            if (run.Loads > puzzle.MostLoadsPerFma * run.Fmas) return FormattableString.Invariant($"right, but {run.Loads} loads for {run.Fmas} FMAs are {(double)run.Loads / run.Fmas:0.###} each, and {puzzle.MostLoadsPerFma} is the goal. Use what you have loaded more often.");
        }
        return run.Cycles <= puzzle.Par ? ""
            : FormattableString.Invariant($"right, but {run.Cycles - puzzle.Par} cycles over par. The tightest limit: {run.Limits[0].Name}, {run.Limits[0].Cycles} cycles.");
    }
}
