using System.Diagnostics;
using System.Text;
using Mnist.Runner.Execution;

namespace Mnist.Runner.Tests.Support;

/// <summary>The command line as a process of its own.</summary>
internal static class RunnerProcess
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        return await EndAsync(process);
    }

    /// <summary>With other variables in its environment; null takes one away.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        using Process process = Start(folder, environment, DotnetHost.Path, [Runner, .. arguments]);
        return await EndAsync(process);
    }

    /// <summary>As a line of a shell, in which <c>mnist</c> stands for the command line.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> InShellAsync(string folder, string line)
    {
        using Process process = Start(folder, new Dictionary<string, string?>(), "sh", ["-c", line.Replace("mnist", $"'{DotnetHost.Path}' '{Runner}'", StringComparison.Ordinal)]);
        return await EndAsync(process);
    }

    public static Process Start(string folder, params string[] arguments) => Start(folder, new Dictionary<string, string?>(), "dotnet", [Runner, .. arguments]);

    private static string Runner => Path.Combine(AppContext.BaseDirectory, "Mnist.Runner.dll");

    private static Process Start(string folder, IReadOnlyDictionary<string, string?> environment, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach ((string name, string? value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static async Task<(int ExitCode, string Output, string Error)> EndAsync(Process process)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3)); // a process that hangs fails its test, and only that
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
