using System.Diagnostics;
using System.Text;

namespace Mnist.Runner.Tests.Support;

/// <summary>The command line as a process of its own.</summary>
internal static class RunnerProcess
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        return await EndAsync(process);
    }

    public static Process Start(string folder, params string[] arguments)
    {
        string runner = Path.Combine(AppContext.BaseDirectory, "Mnist.Runner.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [runner, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
    }

    public static async Task<(int ExitCode, string Output, string Error)> EndAsync(Process process)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        Task<string> error = process.StandardError.ReadToEndAsync(stop);
        string output = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, output, await error);
    }
}
