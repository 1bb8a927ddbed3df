using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;

namespace Mnist.Runner.Commands;

/// <summary>What the user gave cannot be used: one clear line on standard error, exit code 2.</summary>
internal sealed class UserErrorException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The work itself failed: one clear line on standard error, exit code 1.</summary>
internal sealed class RunFailedException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// The one policy for all commands: 0 done, 1 the run failed, 2 bad input, 130 stopped with Ctrl-C; an error is one
/// line on standard error, with a stack trace only after <c>--stack-trace</c>.
/// A command throws <see cref="UserErrorException"/> or <see cref="RunFailedException"/>, passes the cancellation
/// token on, and catches nothing for the sake of its exit code.
/// </summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int RunFailed = 1;
    public const int BadInput = 2;
    public const int Stopped = 130;

    private static readonly Option<bool> StackTrace = new("--stack-trace")
    {
        Description = "Show where in the source an error comes from.",
        Recursive = true,
    };

    /// <summary>Runs one command of <paramref name="root"/> and returns the exit code of the process.</summary>
    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        root.Options.Add(StackTrace);
        ParseResult parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
            return Report(parsed.Errors[0].Message.ReplaceLineEndings(" "), BadInput);

        using var stop = new CancellationTokenSource();
        using IDisposable interrupt = StopOn(PosixSignal.SIGINT, stop);
        using IDisposable terminate = StopOn(PosixSignal.SIGTERM, stop);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parsed.InvokeAsync(configuration, stop.Token);
        }
        catch (Exception exception)
        {
            return Report(exception, stop.IsCancellationRequested, parsed.GetValue(StackTrace));
        }
    }

    /// <summary>The first signal asks the command to stop; a second one ends the process as if nobody listened.</summary>
    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        });

    private static int Report(Exception exception, bool stopped, bool withStackTrace)
    {
        if (withStackTrace) Console.Error.WriteLine(exception);
        if (stopped && exception is OperationCanceledException) return Report("stopped", Stopped);
        return exception switch
        {
            UserErrorException => Report(exception.Message, BadInput),
            RunFailedException => Report(exception.Message, RunFailed),
            _ => Report($"{exception.Message} ({exception.GetType().Name}; --stack-trace shows where)", RunFailed),
        };
    }

    private static int Report(string message, int exitCode)
    {
        Console.Error.WriteLine(exitCode == Stopped ? message : $"error: {message}");
        return exitCode;
    }
}
