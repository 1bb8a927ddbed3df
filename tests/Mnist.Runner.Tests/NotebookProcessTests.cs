using System.Diagnostics;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Supervision;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

/// <summary>Whatever a cell does to its process, the cell is named, what it has shown is kept, and the command lives.</summary>
public class NotebookProcessTests
{
    private const string Kept = "Console.WriteLine(\"kept\");\n";

    private static async Task<NotebookResult> RunAsync(double seconds, params string[] cells)
    {
        using var notebook = new TestNotebook(cells);
        return await NotebookProcess.RunAsync(notebook.Save(), new RunSettings(TimeSpan.FromSeconds(seconds)), stop: TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Environment.Exit(0);", "ended its process with exit code 0")]
    [InlineData("Environment.FailFast(\"on purpose\");", "on purpose")]
    [InlineData("int F(int n) => 1 + F(n + 1);\nF(0)", "Stack overflow")]
    [InlineData("unsafe { *(int*)12345678 = 1; }", "Fatal error")]
    [InlineData("new System.Threading.Thread(() => throw new Exception(\"elsewhere\")).Start();\nSystem.Threading.Thread.Sleep(20_000);", "System.Exception: elsewhere")]
    [InlineData("async void Go() { await Task.Yield(); throw new Exception(\"async void\"); }\nGo();\nawait Task.Delay(20_000);", "System.Exception: async void")]
    public async Task A_cell_that_ends_its_process_has_failed_and_what_it_has_shown_is_kept(string code, string reason)
    {
        NotebookResult result = await RunAsync(60, "1", Kept + code, "3");
        Assert.Equal([1, 2], result.Cells.Select(cell => cell.Cell.Number));
        Assert.Contains(reason, result.Failure?.Reason, StringComparison.Ordinal);
        Assert.Equal(new StreamOutput("stdout", "kept\n"), result.Failure!.Outputs[0]);
        Assert.Contains(reason, string.Join('\n', Assert.IsType<ErrorOutput>(result.Failure.Outputs[^1]).Lines), StringComparison.Ordinal);
    }

    /// <summary>Both lived on for minutes: a line that is no event, and a child that keeps the standard error open.</summary>
    [Theory]
    [InlineData("""
        [System.Runtime.InteropServices.DllImport("libc")] static extern nint send(int socket, byte[] bytes, nint count, int flags);
        byte[] line = { (byte)'?', (byte)'\n' };
        for (int file = 3; file < 400; file++) send(file, line, line.Length, 0x4000); // to what are no sockets nothing is sent
        System.Threading.Thread.Sleep(100_000);
        """, "broke the pipe between its process and the command, so that the process was ended")]
    [InlineData("System.Diagnostics.Process.Start(\"sleep\", \"100\");\nEnvironment.Exit(3);", "ended its process with exit code 3")]
    public async Task A_process_that_leaves_its_pipe_and_lives_on_is_ended(string code, string reason)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs libc and sleep");
        var watch = Stopwatch.StartNew();
        NotebookResult result = await RunAsync(100, Kept + code);
        Assert.StartsWith(reason, result.Failure?.Reason, StringComparison.Ordinal);
        Assert.Equal(new StreamOutput("stdout", "kept\n"), result.Failure!.Outputs[0]);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }

    [Fact]
    public async Task A_cell_that_prints_for_ever_ends_with_its_time_and_little_of_it_is_kept()
    {
        NotebookResult result = await RunAsync(8, "1", "while (true) Console.WriteLine(\"again\");");
        Assert.Equal("did not end within its time limit of 8 s", result.Failure?.Reason);
        Assert.Matches("cut: the cell showed [0-9,]+ characters more", string.Concat(result.Failure!.Outputs.OfType<StreamOutput>().Select(text => text.Text)));
        Assert.InRange(result.Failure.Outputs.OfType<StreamOutput>().Sum(text => text.Text.Length), 100_000, 300_000);
    }

    [Fact]
    public async Task Outputs_come_over_as_they_are()
    {
        string[] cells = ["Console.Write(\"é😀\"); Console.Error.Write(\"e\"); var h = display(1); h.Update(HTML(\"<b>2</b>\")); new[] { 1 }", "#!mermaid\nx", "throw new Exception(\"x\");"];
        using var notebook = new TestNotebook(cells);
        NotebookResult inside = await notebook.RunAsync(), outside = await RunAsync(60, cells);
        Assert.Equal(inside.Cells.SelectMany(cell => cell.Outputs).Select(Text), outside.Cells.SelectMany(cell => cell.Outputs).Select(Text));
        Assert.Equal(inside.Cells.Select(cell => (cell.Status, cell.Reason)), outside.Cells.Select(cell => (cell.Status, cell.Reason)));

        static string Text(CellOutput output) => output switch
        {
            ErrorOutput error => string.Join('\n', error.Lines),
            DisplayOutput display => $"{display with { Saved = [] }}, saved {string.Join(", ", display.Saved)}",
            _ => output.ToString(),
        };
    }

    [Fact]
    public async Task Nothing_of_one_notebook_is_left_for_the_next_and_cells_have_a_real_culture()
    {
        await RunAsync(60, "Environment.SetEnvironmentVariable(\"LEAKED\", \"1\"); new System.Threading.Thread(() => { while (true) { Console.WriteLine(\"leak\"); System.Threading.Thread.Sleep(1); } }).Start();");
        NotebookResult result = await RunAsync(60, "await Task.Delay(200); Environment.GetEnvironmentVariable(\"LEAKED\")", "string.Join(\" \", new System.Globalization.CultureInfo(\"de-DE\").NumberFormat.CurrencySymbol, System.Globalization.CultureInfo.InvariantCulture.CompareInfo.Compare(\"a\", \"B\"))");
        Assert.Equal(["<null>", "€ -1"], result.Cells.Select(cell => Assert.IsType<DisplayOutput>(Assert.Single(cell.Outputs)).Content));
    }

    [Fact]
    public async Task Stopping_ends_the_process_of_a_busy_cell()
    {
        using var notebook = new TestNotebook("System.IO.File.WriteAllText(\"process\", Environment.ProcessId.ToString());\nwhile (true) ;");
        using var stop = new CancellationTokenSource();
        Task<NotebookResult> run = NotebookProcess.RunAsync(notebook.Save(), RunSettings.Default, stop: stop.Token);
        string file = Path.Combine(notebook.Folder, "process");
        while (!File.Exists(file) || new FileInfo(file).Length == 0) await Task.Delay(50, TestContext.Current.CancellationToken);
        int id = int.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [Fact]
    public async Task A_process_that_does_not_begin_is_given_up()
    {
        const string Waits = "DOTNET_DefaultDiagnosticPortSuspend"; // the runtime waits for a debugger that never comes
        Environment.SetEnvironmentVariable(Waits, "1");
        try
        {
            using var notebook = new TestNotebook("1");
            EngineProcess process = EngineProcess.Start(); // the run's own from now on
            int id = process.Id;
            Task<NotebookResult> run = NotebookProcess.RunAsync(notebook.Save(), new RunSettings(TimeSpan.FromSeconds(0.5)), process: process, stop: TestContext.Current.CancellationToken);
            Assert.Equal("the process for lesson.ipynb could not be started: it did not begin within 5.5 s", (await Assert.ThrowsAsync<InvalidOperationException>(() => run)).Message);
            Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Waits, null);
        }
    }

    [Fact]
    public async Task A_failed_notebook_is_written_up_to_its_error_and_the_next_one_runs()
    {
        using var first = new TestNotebook("1", Kept + "Environment.Exit(0);", "3");
        first.Save();
        first.File("z-last.ipynb", await File.ReadAllTextAsync(first.Path, TestContext.Current.CancellationToken));
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(first.Folder, "run", ".", "--html");
        Assert.Equal(1, exitCode);
        Assert.Equal(2, output.Split("failed in code cell 2").Length - 1);
        Assert.Contains("z-last.ipynb: code cell 2 (cell 2 of 3) failed", error, StringComparison.Ordinal);
        Assert.Contains("kept", await File.ReadAllTextAsync(Path.Combine(first.Folder, "out", "z-last.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("z-last", (await RunnerProcess.RunAsync(first.Folder, "run", ".", "--html", "--stop-at-first")).Error, StringComparison.Ordinal);
    }
}
