using System.Globalization;
using System.Text;
using Mnist.Lab.Measuring;

namespace Mnist.Runner.Bench;

/// <summary>The speed table of README, made from a report, and the two marks between which it stands.</summary>
internal static class ReadmeTable
{
    private const string Begin = "<!-- bench: made by `bench --readme`, do not edit -->", End = "<!-- bench: end -->";

    /// <summary>A text in which a report's table can be put.</summary>
    /// <exception cref="InvalidDataException">It has no marks for it.</exception>
    public static string WithMarks(string text, string name) =>
        text.IndexOf(Begin, StringComparison.Ordinal) is >= 0 and int begin && text.IndexOf(End, StringComparison.Ordinal) > begin
            ? text : throw new InvalidDataException($"{name} has no two lines {Begin} and {End}, between which the table stands");

    /// <summary>The text with the report's table between its marks.</summary>
    public static string Insert(string text, BenchReport report)
    {
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        return $"{text[..(begin + Begin.Length)]}\n\n{Of(report)}\n{text[end..]}";
    }

    /// <summary>The table with its sentences, in Markdown.</summary>
    public static string Of(BenchReport report)
    {
        var text = new StringBuilder();
        WayReport first = report.Ways[0], best = report.Ways.Where(way => way.Version is null).MinBy(Median)!;
        Line(text, $"{report.Machine.Processor}, {report.Machine.Cores} cores, {report.Machine.Vectors}, {report.Date}. The arithmetic alone would take {report.RooflineSeconds:F3} s per epoch at the peak rate of one core ({report.Machine.PeakFlops / 1e9:F0} GFLOP/s; all cores {report.Machine.PeakFlopsOfAllCores / 1e9:F0}); skipping zeros does less of it.\n");
        Line(text, $"| way of training | threads | seconds per epoch | half of the epochs | × the first |");
        Line(text, $"|---|---|---|---|---|");
        foreach (WayReport way in report.Ways)
            Line(text, $"| {Name(way)} | {way.Threads} | {Median(way):F3} | {way.Spread().Low:F3} … {way.Spread().High:F3} | {Ratio(Median(first) / Median(way))} |");
        text.Append('\n');
        Line(text, $"{Peers(report, best)}");
        ProcessReport processes = report.Processes;
        Line(text, $"A whole `train` of ten epochs takes {Middle(processes.TrainSeconds):F2} s from start to end and {processes.TrainPeakBytes / 1e6:F0} MB; starting the program takes {Middle(processes.StartSeconds):F2} s of it, the training itself {10 * Median(best):F2} s.");
        Line(text, $"Reading the {report.TestImages:N0} test images: {string.Join(", ", report.Inference.Select(Reading))}.");
        return text.ToString();
    }

    /// <summary>Who is faster, them or us, by how much.</summary>
    private static string Peers(BenchReport report, WayReport best)
    {
        if (report.Ways.Where(way => way.Version is not null).MinBy(Median) is not { } peer) return "No peers were found on this machine.";
        WayReport fused = report.Ways.First(way => way.Name == "fused");
        return FormattableString.Invariant($"The fastest peer is {Name(peer)} with {Threads(peer.Threads)}; {Compared(fused, peer)}, {Compared(best, peer)}. Each starts from the same weights and sees the same batches; {Losses(report.Ways)}. Peers get the pixels as floats, and their threads wait without spinning (OMP_WAIT_POLICY=PASSIVE); ours unpacks the bytes in every epoch.");
    }

    /// <summary>How far their losses are from each other; who diverged is named.</summary>
    private static string Losses(IReadOnlyList<WayReport> ways)
    {
        WayReport[] diverged = [.. ways.Where(way => way.Diverged())];
        double difference = ways.Where(way => !way.Diverged()).Select(way => way.LossDifference!.Value).DefaultIfEmpty().Max();
        return diverged.Length == 0
            ? FormattableString.Invariant($"their losses differ by at most {difference:F6}")
            : FormattableString.Invariant($"{string.Join(" and ", diverged.Select(way => $"{Name(way)} with {Threads(way.Threads)}"))} diverged, the losses of the others differ by at most {difference:F6}");
    }

    private static string Compared(WayReport ours, WayReport peer)
    {
        double ratio = Median(peer) / Median(ours);
        return FormattableString.Invariant($"{ours.Name} with {Threads(ours.Threads)} is {Ratio(Math.Max(ratio, 1 / ratio))} × as {(ratio >= 1 ? "fast" : "slow")}");
    }

    private static string Threads(int count) => count == 1 ? "one thread" : FormattableString.Invariant($"{count} threads");

    private static string Name(WayReport way) =>
        way.Version is null ? way.Name : way.Version.StartsWith(way.Name, StringComparison.Ordinal) ? way.Version : $"{way.Name} ({way.Version})";

    private static string Reading(InferenceReport way) => FormattableString.Invariant($"{way.Name} with {Threads(way.Threads)} {1e3 * way.Spread().Median:F1} ms");

    private static double Median(WayReport way) => way.Spread().Median;

    private static double Middle(IReadOnlyList<double> seconds) => Spread.Of(seconds).Median;

    private static string Ratio(double ratio) => ratio.ToString(ratio < 2 ? "F2" : ratio < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
