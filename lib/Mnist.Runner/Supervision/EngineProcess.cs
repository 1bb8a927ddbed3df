using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using System.Text.Json;
using Mnist.Runner.Execution;

namespace Mnist.Runner.Supervision;

/// <summary>The process of one notebook, seen from outside: it is started, asked, heard, and ended with all it started.</summary>
internal sealed class EngineProcess : IDisposable
{
    private const string RuntimeConfiguration = "Mnist.Runner.Cells.runtimeconfig.json";

    private readonly NamedPipeServerStream pipe;
    private readonly Process process;
    private readonly StreamReader events;
    private readonly LastWords lastWords;

    private EngineProcess(NamedPipeServerStream pipe, Process process)
    {
        this.pipe = pipe;
        this.process = process;
        events = new StreamReader(pipe, new UTF8Encoding(false));
        process.StandardInput.Close();
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null); // as in the engine: only Console.Out is shown
        lastWords = new LastWords(process.StandardError);
    }

    /// <summary>The process, as the system names it.</summary>
    public int Id => process.Id;

    /// <summary>Starts a process that waits for its cells.</summary>
    public static EngineProcess Start(bool invariantCulture = false)
    {
        string name = $"mnist-{Guid.NewGuid().ToString("N")[..12]}";
        var pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        string home = AppContext.BaseDirectory;
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            ArgumentList = { "exec", "--runtimeconfig", Path.Combine(home, RuntimeConfiguration), Path.Combine(home, "Mnist.Runner.dll"), NotebookHost.Command, name },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (invariantCulture) start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        return new EngineProcess(pipe, Process.Start(start)!);
    }

    /// <summary>Sends the cells to run.</summary>
    /// <returns>False if the process ended before it could take them.</returns>
    public async Task<bool> AskAsync(RunRequest request, CancellationToken stop)
    {
        Task connected = pipe.WaitForConnectionAsync(stop);
        Task first = await Task.WhenAny(connected, process.WaitForExitAsync(stop));
        stop.ThrowIfCancellationRequested(); // it stops both
        if (first != connected) return false;
        await connected;
        await pipe.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(request, EngineMessages.Default.RunRequest), (byte)'\n'], stop);
        return true;
    }

    /// <summary>The next event; null if the process has ended.</summary>
    public async Task<EngineEvent?> NextAsync(CancellationToken stop)
    {
        try
        {
            return await events.ReadLineAsync(stop) is { } line ? JsonSerializer.Deserialize(line, EngineMessages.Default.EngineEvent) : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException) // it ended in the middle of a line
        {
            return null;
        }
    }

    /// <summary>How the process came to its end; without its pipe it may live on for a short time only.</summary>
    /// <param name="grace">That time, and again as much to read what it said last: another process may hold that open.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async Task<string> EndAsync(TimeSpan grace, CancellationToken stop)
    {
        try
        {
            await process.WaitForExitAsync(stop).WaitAsync(grace, stop);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            return "broke the pipe between its process and the command, so that the process was ended";
        }
        return LastWords.Describe(process.ExitCode, await lastWords.HeardAsync(grace, stop));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        pipe.Dispose();
    }
}
