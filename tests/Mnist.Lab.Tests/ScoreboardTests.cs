using Mnist.Kernels;
using Mnist.Lab.Cores;
using Mnist.Lab.Puzzles;
using Mnist.Lab.Recording;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>The puzzles together: what is solved, the library's kernels beside them, the model beside this CPU.</summary>
public sealed class ScoreboardTests
{
    public static TheoryData<string> Names => [.. Puzzle.All.Select(puzzle => puzzle.Name)];

    [Fact]
    public void The_scoreboard_counts_what_is_solved()
    {
        string text = Scoreboard.Of(Puzzle.Add.Try(Puzzle.Add.Solution), Puzzle.Relu.Try(_ => { })).ToString();
        Assert.Contains("1 of 2 solved", text, StringComparison.Ordinal);
        Assert.Contains("✓", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_really_run_beside_the_librarys_and_the_model()
    {
        Attempt mine = Puzzle.DotProduct.Try(Puzzle.DotProduct.Solution), none = Puzzle.AddScaled.Try(_ => { });
        Table race = Scoreboard.Race(mine, none);
        Assert.Equal(2, race.RowCount);
        Assert.Contains("yours", race.ToString(), StringComparison.Ordinal);
        Assert.Contains("the solution", race.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Scoreboard.Agreement(CoreRates.Measure(), CoreModels.Zen5, mine, none).RowCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_librarys_kernel_takes_the_puzzles_shapes(string name)
    {
        Puzzle puzzle = Puzzle.All.Single(one => one.Name == name);
        Assert.SkipWhen(puzzle.Library is null, "the library has no such kernel");
        KernelMemory memory = puzzle.Inputs[0](new Random(3));
        puzzle.Library!.Value.Work(memory)(); // shapes that did not fit would throw
    }

    /// <summary>The model and the machine code count the same things, whatever a cycle takes.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_model_and_the_compiled_code_agree_about_what_can_be_counted(string name)
    {
        Puzzle puzzle = Puzzle.All.Single(one => one.Name == name);
        Assert.SkipUnless(Simd.Best == VectorWidth.Bits512, "with narrower registers the JIT makes two instructions of one");
        Disassembly.XRay.Listen();
        Attempt attempt = puzzle.Try(puzzle.Solution);
        CoreRun model = attempt.Run!;
        Disassembly.InstructionCounts code = attempt.XRay().Counts;
        Assert.Equal((model.Fmas, model.Loads, model.Stores, model.Spills, 0), (code.FusedMultiplyAdds, code.Loads, code.Stores, code.Spills, code.Calls));
    }

    [Fact]
    public void A_sample_of_real_cycles_is_long_beside_the_clocks_tick()
    {
        double tick = RealCycles.Tick();
        Assert.InRange(tick, 1e-9, 1e-2);
        (KernelProgram program, KernelMemory memory) = Puzzle.Transpose.Try(Puzzle.Transpose.Solution).Recorded();
        using CompiledKernel kernel = program.Compile(memory);
        Assert.InRange(RealCycles.RunsFor(1_000 * tick, kernel), 32, 1 << 24);
    }

    [Fact]
    public void Every_kernel_takes_real_cycles()
    {
        Assert.SkipUnless(RealCycles.IsAvailable, "LFENCE, an instruction of x86, is not available");
        CoreRates rates = CoreRates.Measure();
        double[] cycles = RealCycles.Measure(rates, [.. Puzzle.All.Select(puzzle => puzzle.Try(puzzle.Solution).Recorded())]);
        Assert.All(cycles.Zip(Puzzle.All), pair => Assert.True(pair.First > 0, $"{pair.Second.Name}: {pair.First}"));
    }
}
