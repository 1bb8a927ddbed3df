using System.CommandLine;
using System.Globalization;
using Mnist.Kernels;
using Mnist.Lab.Measuring;

namespace Mnist.Runner.Commands;

/// <summary><c>bench</c>: every way of training, measured in turn against the core's own peak rate.</summary>
internal static class BenchCommand
{
    private static readonly Option<int> Rounds = Values.Whole("--rounds", "Epochs of each way; the median counts.", 7, least: 1);

    /// <summary>The command with its options and action.</summary>
    public static Command Create()
    {
        var command = new Command("bench", "Measure every way of training in turn, an epoch each, against the peak rate of one core.") { Rounds, SharedOptions.Data };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        MnistData data = UserInput.Read(() => MnistData.Load(parsed.GetValue(SharedOptions.Data)));
        var progress = new ProgressLines(toStandardError: true);
        (IReadOnlyList<RaceResult> results, IReadOnlyList<double> peaks) = TrainingRace.Run(data, parsed.GetValue(Rounds), progress.Share, cancellation);
        progress.Share(1);

        // The quietest peak: a rate that the core did reach.
        double peak = peaks.Max();
        double operations = TrainingRace.OperationsPerImage(Trainer.InitialNetwork(data, new TrainingOptions())) * data.Training.Count;
        double roofline = operations / peak;
        Line($"{Lab.Lesson.Start().Processor}, {Simd.Describe(Simd.Best)}");
        Line($"peak of one core, registers only: {peak / 1e9:F1} GFLOP/s; an epoch is {operations / 1e9:F3} GFLOP, so the roofline is {roofline:F3} s");
        Line($"");
        Line($"{"",-22}{"threads",8}{"median s",10}{"quietest",10}{"median ÷ roofline",19}{"quietest ÷ roofline",21}{"× first",9}");
        foreach (RaceResult result in results)
            Line($"{result.Name,-22}{result.Threads,8}{result.Median,10:F3}{result.Quietest,10:F3}{result.Median / roofline,19:F2}{result.Quietest / roofline,21:F2}{results[0].Median / result.Median,9:F1}");
        return CommandLine.Done;
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
