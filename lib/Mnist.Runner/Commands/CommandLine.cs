using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;

namespace Mnist.Runner.Commands;

/// <summary>What the user gave cannot be used: one clear line on standard error, exit code 2.</summary>
internal sealed class UserErrorException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The work itself failed: one clear line on standard error, exit code 1.</summary>
internal sealed class RunFailedException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The work was stopped by Ctrl-C, and there is something to say about what is lost; exit code 130.</summary>
internal sealed class StoppedException(string message) : OperationCanceledException(message);

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

    /// <summary>How long a command may take to stop: what is blocked in the system (a pipe, a slow disk) is left to its end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(900);

    private static readonly Option<bool> StackTrace = new("--stack-trace")
    {
        Description = "Show where in the source an error comes from.",
        Recursive = true,
    };

    /// <summary>Runs one command of <paramref name="root"/> and returns the exit code of the process.</summary>
    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        root.Options.Add(StackTrace);
        ParseResult parsed = root.Parse(DefaultCommand.Complete(root, args));
        if (parsed.Action is ParseErrorAction)
            return Report(Words(parsed, args), BadInput);

        using var stop = new CancellationTokenSource();
        using IDisposable interrupt = StopOn(PosixSignal.SIGINT, stop);
        using IDisposable terminate = StopOn(PosixSignal.SIGTERM, stop);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await EndAsync(Task.Run(() => parsed.InvokeAsync(configuration, stop.Token)), stop.Token);
        }
        catch (Exception exception)
        {
            return Report(exception, stop.IsCancellationRequested, parsed.GetValue(StackTrace));
        }
    }

    /// <summary>Waits for a command, and after Ctrl-C not much longer.</summary>
    private static async Task<int> EndAsync(Task<int> work, CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        using CancellationTokenRegistration registration = stop.Register(() => stopped.TrySetResult());
        await Task.WhenAny(work, stopped.Task);
        if (!work.IsCompleted) await Task.WhenAny(work, Task.Delay(Patience, CancellationToken.None));
        return work.IsCompleted ? await work : throw new OperationCanceledException();
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
        if (stopped && exception is OperationCanceledException) return Report(exception is StoppedException ? $"stopped {exception.Message}" : "stopped", Stopped);
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

    /// <summary>What the arguments lack, on one line; the parser's own words end with a full stop and name no way on.</summary>
    private static string Words(ParseResult parsed, string[] args)
    {
        string first = string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (parsed.CommandResult.Command is RootCommand) first = args.FirstOrDefault(arg => !arg.StartsWith('-')) is { } word ? $"there is no command {word}." : "no command is given.";
        return first.EndsWith('.') ? $"{first[..^1]}; --help shows what there is" : first;
    }
}
