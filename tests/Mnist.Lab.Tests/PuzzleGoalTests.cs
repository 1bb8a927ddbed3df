using Mnist.Lab.Cores;
using Mnist.Lab.Puzzles;
using Mnist.Lab.Recording;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>Right kernels that miss what a puzzle is about, and kernels whose second recording differs from the first.</summary>
public sealed class PuzzleGoalTests
{
    [Theory]
    [InlineData("tile", 12, 2, "loads for", "0.583 each")]
    [InlineData("tile", 4, 4, "loads for", "0.5 each")]
    [InlineData("tile in 16 registers", 4, 4, "spills", "21 registers")]
    [InlineData("tile in 16 registers", 6, 2, "loads for", "0.667 each")]
    public void A_tile_of_another_shape_is_right_and_misses_the_goal(string name, int rows, int registers, string missed, string number)
    {
        Puzzle puzzle = Named(name);
        Attempt attempt = puzzle.Try(m => Puzzle.Large.Tiles(m, rows, registers));
        Assert.True(attempt.Right && !attempt.Passed, attempt.ToString());
        Assert.Contains(missed, attempt.Detail, StringComparison.Ordinal);
        Assert.Contains(number, attempt.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Cycles_alone_do_not_tell_a_good_tile_but_one_load_port_does()
    {
        CoreRun Of(int rows, int registers, CoreModel core) =>
            Puzzle.Tile.Time(KernelProgram.Record(m => Puzzle.Large.Tiles(m, rows, registers), Puzzle.Tile.Inputs[0](new Random(1))), core);
        Assert.InRange((double)Of(12, 2, CoreModels.Puzzle).Cycles / Of(6, 4, CoreModels.Puzzle).Cycles, 0.95, 1.08);
        Assert.InRange((double)Of(12, 2, CoreModels.OneLoad).Cycles / Of(6, 4, CoreModels.OneLoad).Cycles, 1.1, 1.3);
    }

    [Fact]
    public void A_tile_may_begin_with_products_in_place_of_zeros()
    {
        Attempt attempt = Puzzle.FirstTile.Try(m =>
        {
            var sums = new Value[4, 2];
            m.Repeat(8, k =>
            {
                Value[] b = [m.Load("B", 32 * k), m.Load("B", (32 * k) + 16)];
                for (int r = 0; r < 4; r++)
                {
                    Value a = m.Broadcast("A", (8 * r) + k);
                    for (int c = 0; c < 2; c++) sums[r, c] = k == 0 ? m.Multiply(a, b[c]) : m.Fma(a, b[c], sums[r, c]);
                }
            });
            for (int i = 0; i < 8; i++) m.Store("C", 16 * i, sums[i / 2, i % 2]);
        });
        Assert.True(attempt.Passed, attempt.ToString());
    }

    [Fact]
    public void Loading_each_lane_by_itself_is_right_and_is_not_the_idea()
    {
        Attempt sum = Puzzle.SumOfLanes.Try(m => m.Store("y", 0, Tree(16, i => m.Broadcast("x", i), m.Add), m.FirstLanes(1)));
        Attempt largest = Puzzle.MaxOfTen.Try(m => m.Store("y", 0, Tree(10, i => m.Broadcast("z", i), m.Max), m.FirstLanes(1)));
        foreach ((Attempt attempt, string loads) in new[] { (sum, "it has 16 loads, and 1 is the goal"), (largest, "it has 10 loads, and 2 is the goal") })
        {
            Assert.True(attempt.Right && !attempt.Passed && attempt.Run!.Cycles <= attempt.Puzzle.Par, attempt.ToString()); // only the goal tells
            Assert.Contains(loads, attempt.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Sums_added_one_after_the_other_and_eight_sums_reach_par()
    {
        foreach ((int sums, bool pairs) in new[] { (4, true), (4, false), (8, true) })
        {
            Attempt attempt = Puzzle.DotProduct.Try(m =>
            {
                Value[] sum = [.. Enumerable.Range(0, sums).Select(_ => m.Constant(0))];
                m.Repeat(49, i => sum[i % sums] = m.Fma(m.Load("x", 16 * i), m.Load("w", 16 * i), sum[i % sums]));
                Value all = pairs ? Tree(sums, i => sum[i], m.Add) : sum.Aggregate(m.Add);
                foreach (int half in (int[])[8, 4, 2, 1]) all = m.Add(all, m.Shuffle(all, [.. Enumerable.Range(0, 16).Select(lane => lane ^ half)]));
                m.Store("y", 0, all, m.FirstLanes(1));
            });
            Assert.True(attempt.Passed, $"{sums} {pairs}: {attempt}");
        }
    }

    [Fact]
    public void A_kernel_that_remembers_is_found_out_and_only_what_was_checked_is_timed()
    {
        int calls = 0;
        void CheapAtFirst(VectorMachine m) => m.Repeat(calls++ == 0 ? 1 : 4, i => m.Store("c", 16 * i, m.Add(m.Load("a", 16 * i), m.Load("b", 16 * i))));
        Attempt cheap = Puzzle.Add.Try(CheapAtFirst);
        Assert.False(cheap.Right);
        Assert.Contains("c[16] is NaN", cheap.Detail, StringComparison.Ordinal);

        int round = 0;
        void Other(VectorMachine m)
        {
            round++;
            m.Repeat(4, i => m.Store("c", 16 * i, m.Add(m.Load(round == 1 ? "a" : "b", 16 * i), m.Load(round == 1 ? "b" : "a", 16 * i))));
        }
        Assert.Contains("another program the second time", Puzzle.Add.Try(Other).Detail, StringComparison.Ordinal);
    }

    private static Value Tree(int count, Func<int, Value> leaf, Func<Value, Value, Value> join)
    {
        Value[] level = [.. Enumerable.Range(0, count).Select(leaf)];
        while (level.Length > 1)
            level = [.. level.Chunk(2).Select(pair => pair.Length == 2 ? join(pair[0], pair[1]) : pair[0])];
        return level[0];
    }

    private static Puzzle Named(string name) => Puzzle.All.Single(puzzle => puzzle.Name == name);
}
