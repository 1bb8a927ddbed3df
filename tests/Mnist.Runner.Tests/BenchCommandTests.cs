using Mnist.Runner.Bench;
using Mnist.Runner.Tests.Support;
using Mnist.Tests;

namespace Mnist.Runner.Tests;

/// <summary><c>bench</c> as a process, and its peers: there, missing, or talking nonsense.</summary>
public sealed class BenchCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_quick_run_on_a_few_images_reports_every_part_and_goes_on_without_Python()
    {
        IdxWriter.DataSet(folder.File("data"), training: 96, test: 13);
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(folder.Path, new Dictionary<string, string?> { ["PATH"] = folder.Path }, "bench", "--quick", "--data", "data", "--json", "-");

        Assert.True(exitCode == 0, error);
        BenchReport report = BenchFile.Read(output, "standard output"); // and nothing but the report
        Assert.Equal(["a sample at a time", "textbook", "fused", "fused", "fused, zeros skipped", "fused, zeros skipped"], report.Ways.Select(way => way.Name));
        Assert.All(report.Ways, way => Assert.Equal(2, way.Seconds.Count));
        Assert.All(report.Ways, way => Assert.InRange(way.LossDifference!.Value, 0, 0.0002));
        Assert.Null(report.OracleDifference); // these are not MNIST's images
        Assert.All(report.Kernels, kernel => Assert.Equal($"{(int)Kernels.Simd.Best}", Assert.Single(kernel.Times, time => time.With != KernelBench.Peer).With));
        Assert.All(report.Kernels.SelectMany(kernel => kernel.Times), time => Assert.InRange(time.Seconds, 1e-10, 1));
        Assert.Equal(2, report.Steps.Count);
        Assert.True(report.Processes.TrainPeakBytes > 10_000_000);
        Assert.Contains("there is no python3 in PATH", Assert.Single(report.Missing), StringComparison.Ordinal);
        Assert.Contains("measuring the race", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_report_makes_the_table_of_a_page_between_its_marks()
    {
        string report = Path.Combine(Repository.Root, "lib", "Mnist.Lab", "Speed", "measured.json"), page = folder.File("page.md");
        await File.WriteAllTextAsync(page, "before\n<!-- bench: made by `bench --readme`, do not edit -->\nold\n<!-- bench: end -->\nafter\n", TestContext.Current.CancellationToken);
        (int exitCode, string output, string error) = await Bench("--from", report, "--readme", page);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("seconds per epoch", output, StringComparison.Ordinal);
        string text = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.StartsWith("before\n<!--", text, StringComparison.Ordinal);
        Assert.EndsWith("<!-- bench: end -->\nafter\n", text, StringComparison.Ordinal);
        Assert.Contains("| way of training |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("old", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rounds", "--rounds", "0")]
    [InlineData("nowhere.json", "--from", "nowhere.json")]
    [InlineData("no report of bench", "--from", "page.md")]
    [InlineData("between which the table stands", "--readme", "page.md")]
    [InlineData("would overwrite", "--from", "page.md", "--json", "page.md")]
    [InlineData("nowhere", "--data", "nowhere")]
    public async Task Input_that_cannot_be_used_is_one_line_before_anything_is_measured(string expected, params string[] arguments)
    {
        await File.WriteAllTextAsync(folder.File("page.md"), "# no marks\n", TestContext.Current.CancellationToken);
        (int exitCode, string output, string error) = await Bench(arguments);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_peer_trains_and_infers_at_each_order()
    {
        using PeerProcess peers = Script("""
            echo '{"peer": "a", "name": "A peer", "version": "A 1.0"}'
            echo '{"missing": "B", "reason": "no module", "install": "pip install b"}'
            echo '{"ready": true}'
            while read work peer; do echo "{\"seconds\": 0.5, \"loss\": $OMP_NUM_THREADS}"; done
            """, threads: 2);

        Assert.Equal([new Peer("a", "A peer", "A 1.0", Slow: false)], peers.Peers);
        Assert.Equal(["B: no module; to race it: pip install b"], peers.Missing);
        Assert.Equal((0.5, 2.0), peers.Train("a"));
        Assert.Equal(0.5, peers.Infer("a"));
    }

    [Theory]
    [InlineData("echo nonsense", "an unexpected answer, nonsense")]
    [InlineData("echo '[1]'", "an unexpected answer, [1]")]
    [InlineData("""echo '{"peer": "a"}'""", "without name")]
    [InlineData("echo first >&2; echo 'ImportError: last' >&2", "it ended: ImportError: last")]
    [InlineData("true", "it ended without a word")]
    public void A_peer_that_talks_nonsense_or_ends_says_so_in_one_line(string script, string expected) =>
        Assert.Contains(expected, Assert.Throws<PeerException>(() => Script(script).Dispose()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_peer_that_ends_in_the_middle_says_so()
    {
        using PeerProcess peers = Script("""echo '{"ready": true}'; read order; echo 'out of memory' >&2""");
        Assert.Equal("it ended: out of memory", Assert.Throws<PeerException>(() => peers.Train("a")).Message);
    }

    [Fact]
    public void A_program_that_is_not_there_is_named() =>
        Assert.Contains("no-such-python", Assert.Throws<PeerException>(() => PeerProcess.Start("no-such-python", [], 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_real_peers_have_the_losses_of_ours()
    {
        IdxWriter.DataSet(folder.File("data"), training: 70, test: 13); // not a whole number of batches
        MnistData data = MnistData.Load(folder.File("data"));
        Network network = Trainer.InitialNetwork(data, new TrainingOptions());
        ModelFile.Save(network, folder.File("weights.npz"));
        using PeerTeams peers = PeerTeams.Find(data.Folder, folder.File("weights.npz"), python: null, torchSharp: false, quick: false);
        Assert.SkipWhen(!peers.All.Any(), $"there are no peers on this machine: {string.Join("; ", peers.Missing)}");
        TrainingResult ours = new Trainer(data, new TrainingOptions { Epochs = 3 }).Run(TestContext.Current.CancellationToken);

        foreach ((PeerProcess process, int threads, Peer peer) in peers.All)
        {
            foreach (EpochResult epoch in ours.Epochs) Assert.Equal(epoch.Loss, process.Train(peer.Id).Loss, 0.00002);
            Assert.InRange(process.Infer(peer.Id), 1e-9, 60);
        }
    }

    private static PeerProcess Script(string script, int threads = 1)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no sh to play a peer");
        return PeerProcess.Start("sh", ["-c", script], threads);
    }

    private Task<(int ExitCode, string Output, string Error)> Bench(params string[] arguments) => RunnerProcess.RunAsync(folder.Path, ["bench", .. arguments]);
}
