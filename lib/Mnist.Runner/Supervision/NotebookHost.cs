using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Mnist.Runner.Display;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Supervision;

/// <summary>
/// The inside of a notebook's process: takes the cells from a pipe, runs them, and tells the pipe what happens. It ends
/// at once when the command that started it is gone.
/// </summary>
internal sealed class NotebookHost : IRunObserver
{
    /// <summary>The command line's hidden first argument; the second one is the pipe's name.</summary>
    public const string Command = "run-cells-for";

    private readonly Lock gate = new();
    private readonly Stream pipe;
    private string cellPath = "";

    private NotebookHost(Stream pipe) => this.pipe = pipe;

    public static async Task RunAsync(string pipeName)
    {
        // Ctrl-C reaches every process of a terminal; it is the command's to decide what it means.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        // Asynchronous, for one thread reads while another writes: on Windows a synchronous handle does one after the other.
        using var pipe = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        pipe.Connect();
        var commands = new StreamReader(pipe, new UTF8Encoding(false));
        RunRequest request = JsonSerializer.Deserialize(commands.ReadLine()!, EngineMessages.Default.RunRequest)!;
        new Thread(() => EndWith(commands)) { IsBackground = true, Name = "parent" }.Start();

        var host = new NotebookHost(pipe);
        AppDomain.CurrentDomain.UnhandledException += (_, crash) => host.Crashes((Exception)crash.ExceptionObject);
        await NotebookRunner.RunAsync(ToNotebook(request), new RunSettings(request.TimeLimit, SkipsInteractive: request.SkipsInteractive), host);
        host.Tell(new RunFinished());
        Thread.Sleep(Timeout.Infinite); // until the command has read all
    }

    public void CellStarts(Notebook notebook, NotebookCell cell)
    {
        cellPath = CellPaths.Of(notebook, cell);
        Tell(new CellStarted(cell.Number));
    }

    public void Progress(string text, double fraction) => Tell(new ProgressMade(text, fraction));

    public void Shows(OutputChange change) => Tell(new CellShows(change));

    public void CellEnded(CellResult result) => Tell(new CellEnded(result.Status, result.Elapsed, result.Reason));

    private void Crashes(Exception exception) => Tell(new ProcessCrashes(ErrorReport.Of(exception, cellPath)));

    private void Tell(EngineEvent happened)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(happened, EngineMessages.Default.EngineEvent), (byte)'\n'];
        lock (gate)
            pipe.Write(line);
    }

    /// <summary>Nothing more comes through the pipe until its other end is closed.</summary>
    private static void EndWith(StreamReader commands)
    {
        try
        {
            commands.ReadToEnd();
        }
        catch (IOException)
        {
            // a broken pipe is an end too
        }
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        self.Kill();
    }

    private static Notebook ToNotebook(RunRequest request) =>
        new(request.Path, [], [.. request.Cells.Select(cell => new NotebookCell(CellKind.Code, cell.Position, cell.Number, cell.Source, cell.Tags, []) { Kernel = cell.Kernel })]);
}
