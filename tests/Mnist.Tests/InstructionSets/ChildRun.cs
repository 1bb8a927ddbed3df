using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Mnist.Tests;

/// <summary>One more run of this test suite, in a process of its own with a runtime setting.</summary>
internal sealed partial record ChildRun(int ExitCode, string Summary, string Coverage, string Failures)
{
    /// <summary>Set in a child: the file that it writes its coverage to. A child starts no children.</summary>
    public const string CoverageVariable = "MNIST_TESTS_CHILD_COVERAGE";

    private const int MostCharacters = 8_000;

    public static bool IsThis => Environment.GetEnvironmentVariable(CoverageVariable) is not null;

    /// <summary>Runs all tests but the given class with the environment variable <c>name=value</c>.</summary>
    public static async Task<ChildRun> StartAsync(string name, string value, Type except)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        ProcessStartInfo start = Self(["-noLogo", "-noColor", "-class-", except.FullName!]);
        start.Environment[name] = value;
        start.Environment[CoverageVariable] = folder.File("coverage");

        using Process child = Process.Start(start)!;
        try
        {
            Task<string> error = child.StandardError.ReadToEndAsync(stop);
            string output = await child.StandardOutput.ReadToEndAsync(stop) + await error;
            await child.WaitForExitAsync(stop);
            string coverage = File.Exists(folder.File("coverage")) ? await File.ReadAllTextAsync(folder.File("coverage"), stop) : "none";
            return new ChildRun(child.ExitCode, SummaryLine().Match(output).Value, coverage, FailuresOf(output));
        }
        finally
        {
            if (!child.HasExited) child.Kill(entireProcessTree: true); // the parent was stopped
        }
    }

    private static ProcessStartInfo Self(string[] arguments)
    {
        string tests = typeof(ChildRun).Assembly.Location, process = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(process, isHost ? ["exec", tests, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static string FailuresOf(string output)
    {
        int first = output.IndexOf("[FAIL]", StringComparison.Ordinal);
        string failures = first < 0 ? output : output[(output.LastIndexOf('\n', first) + 1)..];
        return failures.Length <= MostCharacters ? failures : failures[..MostCharacters] + " …";
    }

    [GeneratedRegex("Total: .*")]
    private static partial Regex SummaryLine();
}
