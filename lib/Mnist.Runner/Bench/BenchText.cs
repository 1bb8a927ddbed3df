using System.Globalization;
using Mnist.Lab.Measuring;

namespace Mnist.Runner.Bench;

/// <summary>A report as tables of plain text.</summary>
internal static class BenchText
{
    /// <summary>Writes the report.</summary>
    public static void Print(BenchReport report, TextWriter output)
    {
        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        Machine(report.Machine, Line);
        Kernels(report, Line);
        Race(report, Line);
        foreach (StepReport step in report.Steps) Step(step, report.Machine.PeakFlops, Line);
        Rest(report, Line);
    }

    private static void Machine(MachineReport machine, Action<FormattableString> line)
    {
        CoreRates rates = machine.Rates;
        line($"{machine.Processor}, {machine.Cores} cores, {machine.Vectors}, {machine.Runtime}");
        line($"multiply-adds in registers: one core {machine.PeakFlops / 1e9:F0} GFLOP/s, all at once {machine.PeakFlopsOfAllCores / 1e9:F0}; by floats of a vector: {string.Join(", ", machine.Peaks.Select(peak => string.Create(CultureInfo.InvariantCulture, $"{peak.Floats} {peak.Flops / 1e9:F0}")))}");
        line($"cycles until a result can be used: addition {rates.AddLatency:F1}, multiplication {rates.MultiplyLatency:F1}, multiply-add {rates.MultiplyAddLatency:F1}; per cycle: {rates.MultiplyAddsPerCycle:F1} multiply-adds, {rates.LoadsPerCycle:F1} loads, {rates.StoresPerCycle:F1} stores; {rates.CyclesPerSecond / 1e9:F2} GHz");
        line($"");
        line($"{"read again and again",22}{"GB/s",8}");
        foreach (ReadReport read in machine.Reads.Where((_, i) => i % 2 == 0)) line($"{Size(read.Bytes),22}{read.BytesPerSecond / 1e9,8:F0}");
    }

    private static string Size(double bytes) =>
        bytes >= 1 << 20 ? FormattableString.Invariant($"{bytes / (1 << 20):F0} MB") : FormattableString.Invariant($"{bytes / 1024:F0} KB");

    private static void Kernels(BenchReport report, Action<FormattableString> line)
    {
        string[] with = [.. report.Kernels.SelectMany(kernel => kernel.Times).Select(time => time.With).Distinct()];
        line($"");
        line($"{"µs per call, by floats of a vector",-42}{string.Concat(with.Select(name => name.PadLeft(name.Length > 9 ? 17 : 9)))}{"GFLOP/s",10}{"of peak",9}{"half of the rounds",20}");
        foreach (KernelReport kernel in report.Kernels)
        {
            string times = string.Concat(with.Select(name => (kernel.Times.FirstOrDefault(time => time.With == name) is { } time ? Micro(time.Seconds) : "–").PadLeft(name.Length > 9 ? 17 : 9)));
            KernelTime widest = kernel.Times[0];
            double rate = kernel.Operations / widest.Seconds;
            string flops = kernel.Operations > 0 ? string.Create(CultureInfo.InvariantCulture, $"{rate / 1e9,10:F0}{rate / report.Machine.PeakFlops,9:P0}") : $"{"–",10}{"–",9}";
            line($"{kernel.Name,-42}{times}{flops}{$"{Micro(widest.Low)} … {Micro(widest.High)}",20}");
        }
    }

    private static void Race(BenchReport report, Action<FormattableString> line)
    {
        line($"");
        line($"the arithmetic of an epoch takes {report.RooflineSeconds:F3} s at the peak rate of one core (the roofline)");
        line($"{"seconds per epoch",-26}{"threads",8}{"median",9}{"quartiles",16}{"quietest",10}{"epochs",8}{"÷ roofline",12}{"× before",10}{"× first",9}{"loss off by",13}");
        double first = report.Ways[0].Spread().Median, before = first;
        foreach (WayReport way in report.Ways)
        {
            Spread spread = way.Spread();
            line($"{way.Name,-26}{way.Threads,8}{spread.Median,9:F3}{$"{spread.Low:F3} … {spread.High:F3}",16}{way.Seconds.Min(),10:F3}{way.Seconds.Count,8}{spread.Median / report.RooflineSeconds,12:F2}{before / spread.Median,10:F2}{first / spread.Median,9:F1}{(way.Diverged() ? "diverged" : string.Create(CultureInfo.InvariantCulture, $"{way.LossDifference:F6}")),13}");
            before = spread.Median;
        }
        if (report.OracleDifference is { } difference) line($"our losses are off the oracle's, which has four decimals, by at most {difference:F6}");
        foreach (string missing in report.Missing) line($"left out: {missing}");
    }

    private static void Step(StepReport step, double peak, Action<FormattableString> line)
    {
        line($"");
        line($"{"µs per batch, " + step.Name,-32}{"measured",9}{"bound",8}");
        foreach (StepPhase phase in step.Phases)
            line($"{"  " + phase.Name,-32}{1e6 * phase.Seconds,9:F1}{(phase.Operations > 0 ? Micro(phase.Bound(peak)) : "–"),8}");
        line($"{"  all",-32}{1e6 * step.Phases.Sum(phase => phase.Seconds),9:F1}{1e6 * step.Phases.Sum(phase => phase.Bound(peak)),8:F1}");
    }

    private static void Rest(BenchReport report, Action<FormattableString> line)
    {
        line($"");
        line($"{$"ms for {report.TestImages} test images",-34}{"threads",8}{"median",9}{"quartiles",18}");
        foreach (InferenceReport way in report.Inference)
        {
            Spread spread = way.Spread();
            line($"{"  " + way.Name,-34}{way.Threads,8}{1e3 * spread.Median,9:F1}{$"{1e3 * spread.Low:F1} … {1e3 * spread.High:F1}",18}");
        }
        Spread starts = Spread.Of(report.Processes.StartSeconds), trains = Spread.Of(report.Processes.TrainSeconds);
        line($"");
        line($"starting the program: {starts.Median:F3} s ({starts.Low:F3} … {starts.High:F3}); a whole train of ten epochs: {trains.Median:F2} s ({trains.Low:F2} … {trains.High:F2}), {report.Processes.TrainPeakBytes / 1e6:F0} MB at most");
    }

    private static string Micro(double seconds)
    {
        double micro = 1e6 * seconds;
        return micro.ToString(micro < 10 ? "F2" : micro < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);
    }
}
