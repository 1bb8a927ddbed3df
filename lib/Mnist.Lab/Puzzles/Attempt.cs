using Mnist.Lab.Cores;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <summary>What became of a kernel that was tried on a puzzle.</summary>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class Attempt : IShownInParts
{
    internal Attempt(Puzzle puzzle) => Puzzle = puzzle;

    /// <summary>The puzzle.</summary>
    public Puzzle Puzzle { get; }

    /// <summary>False while nothing has been written.</summary>
    public bool Started { get; internal init; } = true;

    /// <summary>True when it computes what it should.</summary>
    public bool Right { get; internal init; }

    /// <summary>True when it is right and reaches par, and the goals for loads and spills where there are such.</summary>
    public bool Passed { get; internal init; }

    /// <summary>What is wrong or missing; else empty.</summary>
    public string Detail { get; internal init; } = "";

    /// <summary>How the puzzles' core runs it; null as long as it is not right.</summary>
    public CoreRun? Run { get; internal init; }

    internal KernelProgram? Program { get; init; }

    internal KernelMemory? Memory { get; init; }

    /// <summary>The machine code of a right kernel; of the puzzle's own solution where there is none yet.</summary>
    public XRayReport XRay()
    {
        (KernelProgram program, KernelMemory memory) = Recorded();
        using CompiledKernel compiled = program.Compile(memory);
        return compiled.XRay();
    }

    /// <summary>What runs for this puzzle: the reader's kernel where it is right, else the solution.</summary>
    internal (KernelProgram Program, KernelMemory Memory) Recorded()
    {
        if (Program is not null && Memory is not null) return (Program, Memory);
        KernelMemory memory = Puzzle.Inputs[0](new Random(1));
        return (KernelProgram.Record(Puzzle.Solution, memory, Puzzle.Lanes), memory);
    }

    /// <summary>The verdict, and of a right kernel its limits and its timeline.</summary>
    public IReadOnlyList<IShownAsHtml> Parts => Run is null ? [Verdict] : [Verdict, .. Run.Parts];

    /// <summary>The parts, one below the other.</summary>
    public string ToHtml() => Message.Html(Parts);

    /// <summary>One line: mark, name, cycles and par, what is missing.</summary>
    public override string ToString() => Verdict.ToString();

    private CheckResult Verdict => new(Run is null ? Puzzle.Name : FormattableString.Invariant($"{Puzzle.Name}, {Run.Cycles} cycles, par {Puzzle.Par}"), Passed, Detail) { Started = Started };
}
