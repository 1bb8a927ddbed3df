using Xunit;

namespace Mnist.Tests;

/// <summary>Threads that meet at barriers, with governors that a test controls.</summary>
public class TeamTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<int> OneToEight => [.. Enumerable.Range(1, 8)];

    [Theory, MemberData(nameof(OneToEight))]
    public async Task What_was_written_before_a_barrier_is_read_after_it(int members) => await InTime(() =>
    {
        const int Runs = 3000;
        var written = new int[members];
        int wrong = 0, jobs = 0;
        using var team = new Team(members, worker =>
        {
            Interlocked.Increment(ref jobs);
            for (int item = 0; item < members; item++)
                if (worker.Owns(item, written.Length)) written[item] = ++written[item];
            worker.Barrier();
            if (written.Distinct().Count() != 1) Interlocked.Increment(ref wrong);
            worker.Barrier();
        }, new Alternating());
        for (int run = 0; run < Runs; run++) team.Run();
        team.Finish();
        Assert.Equal(0, wrong);
        Assert.All(written, count => Assert.Equal(Runs, count));
        Assert.Equal((Runs / 2) + (Runs / 2 * members), jobs);
    });

    [Theory, MemberData(nameof(OneToEight))]
    public async Task An_exception_on_any_thread_reaches_the_caller_once_and_the_team_is_dead(int members) => await InTime(() =>
    {
        for (int failing = 0; failing < members; failing++)
        {
            for (int barriers = 0; barriers <= 2; barriers++)
            {
                using var team = new Team(members, worker =>
                {
                    for (int barrier = 0; barrier < 2; barrier++)
                    {
                        if (barrier == barriers && worker.Index == failing) throw new ArithmeticException("on purpose");
                        worker.Barrier();
                    }
                    if (barriers == 2 && worker.Index == failing) throw new ArithmeticException("on purpose");
                }, new NeverAlone());
                Assert.Equal("on purpose", Assert.Throws<ArithmeticException>(() => { team.Run(); team.Finish(); }).Message);
                Assert.Contains("on purpose", Assert.Throws<InvalidOperationException>(team.Run).Message, StringComparison.Ordinal);
                Assert.Throws<InvalidOperationException>(team.Finish);
            }
        }
    });

    [Fact]
    public async Task After_it_was_disposed_once_or_twice_a_team_says_so() => await InTime(() =>
    {
        var team = new Team(3, worker => worker.Barrier(), new NeverAlone());
        team.Run();
        team.Dispose();
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(team.Run);
        Assert.Throws<ObjectDisposedException>(team.Finish);
    });

    [Fact]
    public void Rows_are_dealt_out_once_each_and_in_groups_of_eight()
    {
        for (int rows = 0; rows < 100; rows++)
            for (int count = 1; count <= 9; count++)
            {
                int next = 0;
                for (int index = 0; index < count; index++)
                {
                    (int first, int own) = new Worker(null, index, count).RowsOf(rows);
                    Assert.Equal(next, own == 0 ? next : first);
                    Assert.True(first % 8 == 0 || own == 0);
                    next += own;
                }
                Assert.Equal(rows, next);
            }
    }

    [Fact]
    public void A_governor_leaves_a_slow_team_and_returns_when_it_is_quick_again()
    {
        var clock = new Clock();
        var governor = new Governor(2, clock);
        Assert.Equal(Governor.Settling + Governor.Trial, AloneOf(100, together: 1, alone: 3)); // tried once, and found slower
        Assert.InRange(AloneOf(2000, together: 30, alone: 3), 1900, 2000);
        Assert.InRange(AloneOf(20_000, together: 1, alone: 3), 8, 6000);

        int AloneOf(int runs, int together, int alone)
        {
            int count = 0;
            for (int run = 0; run < runs; run++)
            {
                count += governor.Alone ? 1 : 0;
                governor.Begin();
                clock.Now += governor.Alone ? alone : together;
                governor.End(() => { });
            }
            return count;
        }
    }

    [Fact]
    public void A_team_that_was_disturbed_for_a_moment_is_soon_together_again()
    {
        var clock = new Clock();
        var governor = new Governor(2, clock);
        int alone = 0;
        for (int run = 0; run < 20_000; run++)
        {
            if (run >= 10_000) alone += governor.Alone ? 1 : 0;
            governor.Begin();
            clock.Now += run == 10_000 ? 5000 : governor.Alone ? 3 : 2;
            governor.End(() => { });
        }
        Assert.InRange(alone, Governor.Stretch, (Governor.FirstPause + 6) * Governor.Stretch);
    }

    [Fact]
    public void The_first_runs_after_a_change_do_not_count()
    {
        var clock = new Clock();
        var governor = new Governor(2, clock);
        int sinceChange = 0, alone = 0;
        for (int run = 0; run < 1000; run++)
        {
            bool was = governor.Alone;
            governor.Begin();
            // A team that has woken up takes 2, alone it is 3; but waking up takes 5 a run.
            clock.Now += was ? 3 : sinceChange < Governor.Settling ? 5 : 2;
            governor.End(() => { });
            alone += was ? 1 : 0;
            sinceChange = was == governor.Alone ? sinceChange + 1 : 0;
        }
        Assert.InRange(alone, Governor.Trial, 100);
    }

    [Fact]
    public void A_governor_of_one_thread_has_nothing_to_decide()
    {
        var governor = new Governor(1, new Clock());
        for (int run = 0; run < 100; run++)
        {
            Assert.True(governor.Alone);
            governor.Begin();
            governor.End(() => Assert.Fail("nobody to wait for"));
        }
    }

    /// <summary>A hang fails the test instead of holding up all others.</summary>
    internal static async Task InTime(Action work) => await Task.Run(work, Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);

    /// <summary>Changes between all threads and one in every run.</summary>
    internal sealed class Alternating : IGovernor
    {
        public bool Alone { get; private set; } = true;

        public void Begin()
        {
        }

        public void End(Action join) => Alone = !Alone;
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Now;
    }
}
