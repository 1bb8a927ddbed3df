using Mnist.Lab.Cores;
using Mnist.Lab.Recording;

namespace Mnist.Lab.Puzzles;

/// <summary>A kernel to write for the recorded machine: what it must do, and within how many cycles of the puzzles' core.</summary>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed partial class Puzzle : IShownAsSvg
{
    internal const double Round = 1.0 / (1 << 24); // half an ULP of 1: the largest relative error of one rounding

    /// <param name="inputs">Inputs of every length that it must work for, the first the one that is timed.</param>
    /// <param name="reference">What is right, by the definition.</param>
    /// <param name="solution">A kernel that reaches par.</param>
    private Puzzle(IReadOnlyList<Func<Random, KernelMemory>> inputs, Func<KernelMemory, Expected> reference, Action<VectorMachine> solution) =>
        (Inputs, Reference, Solution) = (inputs, reference, solution);

    /// <summary>All puzzles, in the order of the lessons: one of 02, one of 03, eleven of 09.</summary>
    public static IReadOnlyList<Puzzle> All => [SumOfLanes, FirstTile, Add, AddScaled, DotProduct, MaxOfTen, Relu, Polynomial, OuterProduct, Tile, SmallTile, SkipZeros, Transpose];

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What to compute.</summary>
    public required string Task { get; init; }

    /// <summary>Cycles of the puzzles' core that a good solution needs at most.</summary>
    public required int Par { get; init; }

    /// <summary>Floats in a register.</summary>
    public int Lanes { get; private init; } = 16;

    /// <summary>Vector registers.</summary>
    public int Registers { get; private init; } = 32;

    /// <summary>The most loads that it may have for each multiply-add (or multiplication), and then no spill either; NaN: any number.</summary>
    public double MostLoadsPerFma { get; private init; } = double.NaN;

    /// <summary>The most loads that it may have: where lanes are to be moved, loading each by itself would be a way around.</summary>
    public int MostLoads { get; private init; } = int.MaxValue;

    internal IReadOnlyList<Func<Random, KernelMemory>> Inputs { get; }

    internal Func<KernelMemory, Expected> Reference { get; }

    internal Action<VectorMachine> Solution { get; }

    /// <summary>Where in the first array each element of the output comes from, for a drawing of both; null: nothing just moves.</summary>
    internal Func<int, int>? TakenFrom { get; init; }

    /// <summary>Typical wrong answers, and what is wrong with each.</summary>
    internal IReadOnlyList<(Action<VectorMachine> Kernel, string Why)> Mistakes { get; init; } = [];

    /// <summary>The library's kernel for the same work on these arrays; null: it has none.</summary>
    internal (string Name, Func<KernelMemory, Action> Work)? Library { get; init; }

    /// <summary>Runs a kernel on fresh random inputs and says whether it is right and how many cycles it takes.</summary>
    /// <param name="kernel">Your kernel.</param>
    public Attempt Try(Action<VectorMachine> kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        try
        {
            return Judge.Try(this, kernel, Random.Shared);
        }
        catch (MachineException refused)
        {
            return new Attempt(this) { Detail = refused.Message };
        }
    }

    /// <summary>Task, par and a drawing of the arrays.</summary>
    public string ToHtml() => Drawing.ToHtml();

    /// <summary>The drawing as one SVG document.</summary>
    public string ToSvg() => Drawing.ToSvg();

    /// <summary>Name, task and par.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Task} Par: {Par} cycles.");

    private Diagram Drawing => PuzzleDrawing.Draw(this, Inputs[0](new Random(1)));

    internal CoreRun Time(KernelProgram program, CoreModel? core = null) => (core ?? CoreModels.Puzzle).Run(program, Registers);

    /// <summary>Random and different numbers from −2 to 2.</summary>
    internal static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];
}
