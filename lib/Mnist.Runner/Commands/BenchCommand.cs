using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mnist.Kernels;
using Mnist.Lab.Measuring;

namespace Mnist.Runner.Commands;

/// <summary><c>bench</c>: every way of training, measured in turn against the core's own peak rate, and the phases of a step.</summary>
internal static class BenchCommand
{
    private const int QuickRounds = 2;

    private static readonly Option<int> Rounds = Values.Whole("--rounds", "Epochs of each way; the median counts.", 7, least: 1);

    private static readonly Option<bool> Quick = new("--quick") { Description = $"{QuickRounds} epochs of each way: a first look, under half a minute." };

    /// <summary>What one run measured.</summary>
    private sealed record Report(string Machine, double Peak, double Roofline, IReadOnlyList<RaceResult> Ways, IReadOnlyList<(string Name, StepProfile Profile)> Steps, double Inference, int TestImages);

    /// <summary>The command with its options and action.</summary>
    public static Command Create()
    {
        var command = new Command("bench", "Measure every way of training in turn, an epoch each, against the peak rate of one core.") { Rounds, Quick, SharedOptions.Data, SharedOptions.Json };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string? json = parsed.GetValue(SharedOptions.Json);
        MnistData data = UserInput.Read(() => MnistData.Load(parsed.GetValue(SharedOptions.Data)));
        Report report = Measure(data, parsed.GetValue(Quick) ? QuickRounds : parsed.GetValue(Rounds), cancellation);
        if (json != JsonReport.StandardOutput) Print(report);
        if (json is not null) JsonReport.Write(json, writer => Write(writer, report));
        return CommandLine.Done;
    }

    private static Report Measure(MnistData data, int rounds, CancellationToken cancellation)
    {
        var progress = new ProgressLines(toStandardError: true);
        (IReadOnlyList<RaceResult> ways, IReadOnlyList<double> peaks) = TrainingRace.Run(data, rounds, progress.Share, cancellation);
        progress.Share(1);

        // The quietest peak: a rate that the core did reach.
        double peak = peaks.Max();
        Network network = Trainer.InitialNetwork(data, new TrainingOptions());
        double operations = TrainingRace.OperationsPerImage(network) * data.Training.Count;
        (string, StepProfile)[] steps =
        [
            ("multiplying zeros", StepProfile.Measure(network, data.Training, new TrainingOptions { Zeros = Zeros.Dense, Threads = 1 })),
            ("skipping zeros", StepProfile.Measure(network, data.Training, new TrainingOptions { Zeros = Zeros.Skip, Threads = 1 })),
        ];
        string machine = $"{Lab.Lesson.Start().Processor}, {Simd.Describe(Simd.Best)}";
        return new Report(machine, peak, operations / peak, ways, steps, Inference(network, data.Test, rounds), data.Test.Count);
    }

    /// <summary>The median time of reading all test images.</summary>
    private static double Inference(Network network, ImageSet images, int rounds)
    {
        var seconds = new List<double>();
        for (int round = -2; round < 3 * rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            network.Evaluate(images);
            if (round >= 0) seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return Spread.Of(seconds).Median;
    }

    private static void Print(Report report)
    {
        Line($"{report.Machine}");
        Line($"peak of one core, registers only: {report.Peak / 1e9:F1} GFLOP/s; the arithmetic of an epoch takes {report.Roofline:F3} s at that rate (the roofline)");
        Line($"");
        Line($"{"seconds per epoch",-22}{"threads",8}{"median",9}{"quartiles",16}{"quietest",10}{"÷ roofline",12}{"× first",9}");
        foreach (RaceResult way in report.Ways)
        {
            Spread spread = Spread.Of(way.Seconds);
            Line($"{way.Name,-22}{way.Threads,8}{way.Median,9:F3}{$"{spread.Low:F3} … {spread.High:F3}",16}{way.Quietest,10:F3}{way.Median / report.Roofline,12:F2}{report.Ways[0].Median / way.Median,9:F1}");
        }
        foreach ((string name, StepProfile profile) in report.Steps)
        {
            Line($"");
            Line($"{"µs per batch, " + name,-32}{"measured",9}{"bound",8}");
            foreach (StepPhase phase in profile.Phases)
                Line($"{"  " + phase.Name,-32}{1e6 * phase.Seconds,9:F1}{(phase.Operations > 0 ? (1e6 * phase.Bound(report.Peak)).ToString("F1", CultureInfo.InvariantCulture) : "–"),8}");
            Line($"{"  all",-32}{1e6 * profile.Seconds,9:F1}{1e6 * profile.Phases.Sum(phase => phase.Bound(report.Peak)),8:F1}");
        }
        Line($"");
        Line($"reading the {report.TestImages:N0} test images: {1e3 * report.Inference:F1} ms");
        Line($"most memory this process held: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB");
    }

    private static void Write(Utf8JsonWriter json, Report report)
    {
        json.WriteString("machine", report.Machine);
        json.WriteNumber("peakFlops", report.Peak);
        json.WriteNumber("rooflineSeconds", report.Roofline);
        json.WriteNumber("inferenceSeconds", report.Inference);
        json.WritePropertyName("ways");
        JsonSerializer.Serialize(json, report.Ways.Select(way => new { name = way.Name, threads = way.Threads, medianSeconds = way.Median, seconds = way.Seconds }));
        json.WritePropertyName("steps");
        JsonSerializer.Serialize(json, report.Steps.Select(step => new
        {
            name = step.Name,
            phases = step.Profile.Phases.Select(phase => new { name = phase.Name, seconds = phase.Seconds, operations = phase.Operations }),
        }));
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
