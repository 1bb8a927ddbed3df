using System.Diagnostics;
using System.Text.Json;
using Mnist.Runner.Execution;

namespace Mnist.Runner.Bench;

/// <summary>Measures whole processes of our own command line, from their start to their end.</summary>
internal static class ChildRuns
{
    /// <summary>Runs <c>--help</c> and <c>train</c> in turn.</summary>
    /// <param name="data">The images' folder.</param>
    /// <param name="rounds">How often each.</param>
    public static ProcessReport Run(string data, int rounds)
    {
        List<double> starts = [], trains = [];
        long peak = 0;
        for (int round = 0; round < rounds; round++)
        {
            starts.Add(Seconds(["--help"]).Seconds);
            (double seconds, string output) = Seconds(["train", "--data", data, "--json", "-"]);
            trains.Add(seconds);
            peak = Math.Max(peak, JsonDocument.Parse(output).RootElement.GetProperty("peakMemoryBytes").GetInt64());
        }
        return new ProcessReport(starts, trains, peak);
    }

    private static (double Seconds, string Output) Seconds(string[] arguments)
    {
        string runner = typeof(ChildRuns).Assembly.Location;
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(DotnetHost.Path, [runner, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return process.ExitCode == 0 ? (seconds, output) : throw new ChildRunException($"{string.Join(' ', arguments)} ended with exit code {process.ExitCode}: {error.Result}");
    }
}

/// <summary>A process of this program, run to be timed, failed.</summary>
internal sealed class ChildRunException(string message) : Exception(message);
