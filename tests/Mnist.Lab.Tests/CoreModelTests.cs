using Mnist.Lab.Cores;
using Mnist.Lab.Puzzles;
using Mnist.Lab.Recording;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>The puzzles' core issues 6 per cycle; loads take 7 cycles on L or M, arithmetic 4 on A or B, stores 1 on S.</summary>
public sealed class CoreModelTests
{
    private static KernelMemory Memory => new KernelMemory().Input("x", new float[1024]).Output("y", 1024);

    public static TheoryData<string, int, Action<VectorMachine>> WorkedByHand => new()
    {
        // issued in cycle 0, started in 1, there in 8; the store starts in 8 and ends in 9
        { "copy one register", 9, m => m.Store("y", 0, m.Load("x", 0)) },
        // 0 is there at once: only the store
        { "store a zero", 2, m => m.Store("y", 0, m.Constant(0)) },
        // load 1–8, add 8–12, store 12–13
        { "add to itself", 13, m => { Value x = m.Load("x", 0); m.Store("y", 0, m.Add(x, x)); } },
        // the chain: load until 8, then 5 additions of 4, then the store
        { "a chain of 5", 29, m => { Value x = m.Load("x", 0), sum = x; for (int i = 0; i < 5; i++) sum = m.Add(sum, x); m.Store("y", 0, sum); } },
        // two loads per cycle: the 8th pair starts in cycle 8 and is there in 15. Issue is no limit: 6 per cycle
        { "16 loads", 15, m => { for (int i = 0; i < 16; i++) m.Load("x", 16 * i); } },
        // one store per cycle: loads are there from 8 on, the 16th store starts in 8 + 15 = 23
        { "16 copies", 24, m => { for (int i = 0; i < 16; i++) m.Store("y", 16 * i, m.Load("x", 16 * i)); } },
        // 24 zeros at 6 per cycle: the last ones in cycle 3, then a store: issued in 4, started in 5
        { "issue", 6, m => { for (int i = 0; i < 23; i++) m.Constant(0); m.Store("y", 0, m.Constant(0)); } },
        // shuffles have one port: 4 of them start in 8, 9, 10, 11 and take 3
        { "4 shuffles", 14, m => { Value x = m.Load("x", 0); for (int i = 0; i < 4; i++) m.Shuffle(x, [.. Enumerable.Range(0, 16).Select(lane => 15 - lane)]); } },
        // a load of what was stored waits for the store: 8, 9, then 7
        { "store, then load", 16, m => { m.Store("y", 0, m.Load("x", 0)); m.Load("y", 8); } },
        // another place: it need not wait
        { "store, then load elsewhere", 9, m => { m.Store("y", 0, m.Load("x", 0)); m.Load("y", 16); } },
        // position 1–6, load 6–13
        { "a position", 13, m => m.Load("x", m.Position("row", 0)) },
    };

    [Theory]
    [MemberData(nameof(WorkedByHand))]
    public void Cycles_are_those_worked_out_by_hand(string what, int cycles, Action<VectorMachine> kernel)
    {
        KernelMemory memory = Memory.List("row", 16);
        Assert.Equal((what, cycles), (what, CoreModels.Puzzle.Run(KernelProgram.Record(kernel, memory)).Cycles));
    }

    [Fact]
    public void The_limits_are_counted_and_the_tightest_comes_first()
    {
        CoreRun run = CoreModels.Puzzle.Run(KernelProgram.Record(m => Chain(m, 1, 49), Memory));
        Assert.Equal("longest chain", run.Limits[0].Name);
        Assert.Equal(7 + (49 * 4) + 1, run.Limits[0].Cycles); // load, 49 FMAs, store
        Assert.Equal(49, run.Limits.Single(limit => limit.Name.StartsWith("loads", StringComparison.Ordinal)).Cycles); // 98 loads, 2 per cycle
        Assert.Equal(25, run.Limits.Single(limit => limit.Name.EndsWith("A B", StringComparison.Ordinal)).Cycles); // 49 FMAs, 2 per cycle
        Assert.Equal(25, run.Limits.Single(limit => limit.Name.StartsWith("issue", StringComparison.Ordinal)).Cycles); // 149 instructions, 6 per cycle
        Assert.All(run.Limits, limit => Assert.True(limit.Cycles <= run.Cycles));
    }

    [Fact]
    public void Several_sums_hide_the_latency_until_the_loads_are_the_limit()
    {
        int[] sumCounts = [1, 2, 4, 8];
        int[] cycles = [.. sumCounts.Select(sums => CoreModels.Puzzle.Run(KernelProgram.Record(m => Chain(m, sums, 48), Memory)).Cycles)];
        Assert.True(cycles[0] > 1.8 * cycles[1] && cycles[1] > 1.5 * cycles[2], string.Join(' ', cycles));
        Assert.InRange(cycles[3], 48, cycles[2] + 8);
    }

    [Theory]
    [InlineData(32, 40, 40)]
    [InlineData(32, 32, 0)]
    [InlineData(16, 17, 17)]
    public void Values_that_find_no_register_are_spilled_and_counted(int registers, int values, int needed)
    {
        KernelProgram program = KernelProgram.Record(
            m =>
            {
                Value[] all = [.. Enumerable.Range(0, values).Select(i => m.Load("x", 16 * i))];
                for (int i = 0; i < values; i++) m.Store("y", 16 * i, all[i]);
            }, Memory);
        CoreRun run = CoreModels.Puzzle.Run(program, registers);
        Assert.Equal(values, run.MostAlive);
        Assert.Equal(needed == 0 ? 0 : 2 * (values - registers), run.Spills); // each goes once and comes back once
        Assert.Equal(values + (run.Spills / 2), run.Loads);
        Assert.Equal(values + (run.Spills / 2), run.Stores);
        Assert.All(run.Slots, slot => Assert.InRange(slot.Alive, 0, registers));
    }

    [Fact]
    public void One_load_port_shows_what_two_hide()
    {
        KernelProgram program = KernelProgram.Record(m => Chain(m, 8, 48), Memory);
        // 8 zeros are issued before the first load, which so starts in cycle 2; the 96th in 97. Then 7, an FMA, three additions, the store
        Assert.Equal(97 + 7 + 4 + 12 + 1, CoreModels.OneLoad.Run(program).Cycles);
        Assert.InRange(CoreModels.Puzzle.Run(program).Cycles, 48, 80);
    }

    [Fact]
    public void A_small_window_lets_a_long_load_stop_everything_behind_it()
    {
        KernelProgram program = KernelProgram.Record(m => Chain(m, 8, 48), Memory);
        int[] windows = [4, 16, 64, 512];
        int[] cycles = [.. windows.Select(window => (CoreModels.Puzzle with { Window = window }).Run(program).Cycles)];
        Assert.True(cycles[0] > 2 * cycles[1] && cycles[1] > cycles[2] && cycles[2] >= cycles[3], string.Join(' ', cycles));
    }

    [Fact]
    public void Every_core_runs_every_operation_and_no_faster_than_its_limits()
    {
        foreach (CoreModel core in CoreModels.All)
        {
            Assert.All(Enum.GetValues<Operation>(), operation => Assert.True(core.Units.ContainsKey(operation), $"{core}: {operation}"));
            foreach (Puzzle puzzle in Puzzle.All)
            {
                CoreRun run = puzzle.Time(KernelProgram.Record(puzzle.Solution, puzzle.Inputs[0](new Random(1)), puzzle.Lanes), core);
                Assert.True(run.Cycles >= run.Limits[0].Cycles, $"{core}, {puzzle.Name}");
                Assert.All(run.Slots, slot => Assert.True(slot.Started >= slot.Ready || slot.Port == ' '));
                foreach (IGrouping<char, Slot> port in run.Slots.Where(slot => slot.Port != ' ').GroupBy(slot => slot.Port))
                    Assert.Equal(port.Count(), port.Select(slot => slot.Started).Distinct().Count()); // one at a time
            }
        }
    }

    [Fact]
    public void The_table_of_operations_has_the_cores_own_cycles_and_ports()
    {
        string table = CoreModels.Puzzle.Operations.ToString();
        Assert.Matches(@"Fma\(a, b, c\)\s+4\s+A or B", table);
        Assert.Matches(@"Constant\(0\)\s+0\s+none", table);
        Assert.Matches(@"Store\(array, i, value\)\s+1\s+S", table);
        Assert.Matches(@"Shuffle across them\s+5\s+C or D", CoreModels.Zen5.Operations.ToString());
    }

    [Fact]
    public void A_measured_core_has_the_measured_latencies()
    {
        CoreModel core = CoreModels.Measured(new(3e9, 2.1, 3.0, 3.9, 1.98, 1.1, 1));
        Assert.Equal((2, 3, 4, 2, 1), (core.Units[Operation.Add].Latency, core.Units[Operation.Multiply].Latency, core.Units[Operation.Fma].Latency,
            core.Units[Operation.Fma].Ports.Length, core.Units[Operation.Load].Ports.Length));
    }

    [Fact]
    public void A_long_program_is_folded_and_a_short_one_is_drawn_whole()
    {
        CoreRun small = CoreModels.Puzzle.Run(KernelProgram.Record(m => Chain(m, 1, 10), Memory)), large = CoreModels.Puzzle.Run(KernelProgram.Record(m => Chain(m, 1, 60), Memory));
        Assert.Equal(Enumerable.Range(0, small.Instructions), TimelineRows.Of(small.Slots));
        IReadOnlyList<int> rows = TimelineRows.Of(large.Slots);
        Assert.InRange(rows.Count, 10, TimelineRows.Most);
        Assert.Equal(2, rows.Count(row => row < 0));
        Assert.Equal(large.Instructions - 1, rows[^1]);
        Assert.InRange(large.Timeline.ToSvg().Length, 1000, 60_000);
    }

    private static void Chain(VectorMachine machine, int sums, int registers)
    {
        Value[] sum = [.. Enumerable.Range(0, sums).Select(_ => machine.Constant(0))];
        machine.Repeat(registers, i => sum[i % sums] = machine.Fma(machine.Load("x", 16 * (i % 64)), machine.Load("x", 16 * (i % 63)), sum[i % sums]));
        for (int half = sums / 2; half > 0; half /= 2)
            for (int i = 0; i < half; i++) sum[i] = machine.Add(sum[i], sum[i + half]);
        machine.Store("y", 0, sum[0]);
    }
}
