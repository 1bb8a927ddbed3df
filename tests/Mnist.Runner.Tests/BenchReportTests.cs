using Mnist.Lab.Measuring;
using Mnist.Runner.Bench;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

/// <summary>The report of <c>bench</c>: as a file, as text, as README's table.</summary>
public class BenchReportTests
{
    private static readonly string Measured = Path.Combine(Repository.Root, "lib", "Mnist.Lab", "Speed", "measured.json");

    [Fact]
    public void README_has_the_table_of_the_committed_report()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        BenchReport report = BenchFile.Read(File.ReadAllText(Measured), Measured);

        Assert.Equal(ReadmeTable.Insert(readme, report), readme);
        Assert.Contains(report.Machine.Processor, readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_committed_report_is_of_MNIST_with_peers_and_of_a_full_run()
    {
        BenchReport report = BenchFile.Read(File.ReadAllText(Measured), Measured);

        Assert.InRange(report.OracleDifference ?? double.NaN, 0, 0.0002);
        Assert.True(report.Rounds >= 5);
        Assert.All(["NumPy", "PyTorch"], peer => Assert.Contains(report.Ways, way => way.Version?.StartsWith(peer, StringComparison.Ordinal) == true));
        Assert.All(report.Ways, way => Assert.InRange(way.LossDifference!.Value, 0, 0.0002));
        Assert.Equal(4, report.Kernels[0].Times.Count(time => time.With != KernelBench.Peer));
    }

    [Fact]
    public void A_report_read_back_is_the_same_report_with_four_digits()
    {
        BenchReport report = Some();
        string text = BenchFile.Write(report);
        BenchReport back = BenchFile.Read(text, "report.json");

        Assert.Equal(text, BenchFile.Write(back));
        Assert.Contains("0.1235", text, StringComparison.Ordinal); // of 0.12345678
        Assert.Equal(report.Machine.Rates, back.Machine.Rates);
        Assert.Equal(report.Missing, back.Missing);
    }

    [Theory]
    [InlineData("", "no report of bench")]
    [InlineData("{}", "no report of bench")]
    [InlineData("[1, 2]", "no report of bench")]
    public void What_is_no_report_is_refused_with_its_name(string text, string expected)
    {
        string message = Assert.Throws<InvalidDataException>(() => BenchFile.Read(text, "some.json")).Message;
        Assert.StartsWith("some.json is", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_report_without_ways_of_training_is_refused() =>
        Assert.Throws<InvalidDataException>(() => BenchFile.Read(BenchFile.Write(Some() with { Ways = [] }), "some.json"));

    [Fact]
    public void The_table_has_a_row_for_each_way_and_medians_of_its_epochs()
    {
        string table = ReadmeTable.Of(Some());

        Assert.Contains("| a sample at a time | 1 | 1.000 | 1.000 … 1.000 | 1.00 |\n", table, StringComparison.Ordinal);
        Assert.Contains("| fused, zeros skipped | 2 | 0.100 | 0.090 … 0.200 | 10.0 |\n", table, StringComparison.Ordinal);
        Assert.Contains("| NumPy, batched (NumPy 1.24.2, OpenBLAS) | 1 | 0.400 |", table, StringComparison.Ordinal);
        Assert.DoesNotContain("0,1", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.4, "fused with one thread is 2.0 × as fast, fused, zeros skipped with 2 threads is 4.0 × as fast")]
    [InlineData(0.1, "fused with one thread is 2.0 × as slow, fused, zeros skipped with 2 threads is 1.00 × as fast")]
    [InlineData(0.05, "fused with one thread is 4.0 × as slow, fused, zeros skipped with 2 threads is 2.0 × as slow")]
    public void The_faster_one_is_named_even_if_it_is_a_peer(double peer, string expected)
    {
        BenchReport report = Some();
        WayReport[] ways = [.. report.Ways.Select(way => way.Version is null ? way : way with { Seconds = [peer] })];
        Assert.Contains($"The fastest peer is NumPy, batched (NumPy 1.24.2, OpenBLAS) with one thread; {expected}.", ReadmeTable.Of(report with { Ways = ways }), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_peers_the_table_says_so() =>
        Assert.Contains("No peers were found", ReadmeTable.Of(Some() with { Ways = [.. Some().Ways.Where(way => way.Version is null)] }), StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Who_diverged_is_named(double? lossDifference)
    {
        BenchReport some = Some();
        BenchReport report = some with { Ways = [.. some.Ways.Select(way => way.Version is null ? way : way with { LossDifference = lossDifference })] };
        using var text = new StringWriter();
        BenchText.Print(report, text);

        Assert.Contains("sees the same batches; NumPy, batched (NumPy 1.24.2, OpenBLAS) with one thread diverged, the losses of the others differ by at most 0.000002.", ReadmeTable.Of(report), StringComparison.Ordinal);
        Assert.Matches("NumPy, batched.*  diverged\n", text.ToString().ReplaceLineEndings("\n"));
        Assert.Contains("their losses differ by at most 0.000002.", ReadmeTable.Of(some), StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_names_what_was_left_out_and_leaves_no_section_out()
    {
        using var text = new StringWriter();
        BenchText.Print(Some(), text);

        Assert.All(
            ["A processor, 2 cores", "registers", "16 200, 8 100", "256 KB", "forward 784 → 128", "TensorPrimitives", "seconds per epoch", "0.000044", "left out: PyTorch: no module", "multiplying zeros", "forward 1", "10000 test images", "starting the program: 0.080 s"],
            words => Assert.Contains(words, text.ToString(), StringComparison.Ordinal));
    }

    private static BenchReport Some() => new("2026-11-25", 3,
        new MachineReport("A processor", 2, "AVX-512 (16 floats)", ".NET 10.0", 200e9, 390e9, [new(16, 200e9), new(8, 100e9)], new CoreRates(4e9, 2, 3, 4, 2, 2, 1), [new(256 * 1024, 190e9)]),
        [new KernelReport("forward 784 → 128", 6422528, [new("16", 30e-6, 32e-6, 33e-6), new("8", 60e-6, 64e-6, 66e-6), new(KernelBench.Peer, 2e-4, 2e-4, 2e-4)])],
        0.12345678,
        [
            new WayReport("a sample at a time", null, 1, [1, 1, 1], 0.000002),
            new WayReport("fused", null, 1, [0.2, 0.3, 0.1], 0),
            new WayReport("fused, zeros skipped", null, 2, [0.1, 0.09, 0.2], 0),
            new WayReport("NumPy, batched", "NumPy 1.24.2, OpenBLAS", 1, [0.4], 0.000001),
        ],
        0.000044, [new StepReport("multiplying zeros", [new StepPhase("forward 1", 30e-6, 6422528)])], [new InferenceReport("ours, from bytes", 2, [0.0045])], 10_000,
        new ProcessReport([0.08], [0.8], 100_000_000), ["PyTorch: no module named torch; to race it: pip install torch"]);
}
