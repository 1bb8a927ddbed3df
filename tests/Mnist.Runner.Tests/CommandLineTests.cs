using System.Diagnostics;
using Mnist.Runner.Commands;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

public class CommandLineTests
{
    [Fact]
    public async Task A_notebooks_name_alone_runs_it_and_leaves_a_page_and_an_executed_notebook()
    {
        using var notebook = new TestNotebook("Console.WriteLine(\"[red]not markup[/]\"); HTML(\"<svg></svg>\")");
        notebook.Save();
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(notebook.Folder, "lesson.ipynb");
        Assert.Equal((CommandLine.Done, ""), (exitCode, error));
        Assert.Contains("[red]not markup[/]", output, StringComparison.Ordinal);
        Assert.Matches(@"lesson\.ipynb \| +1 \| +[\d.]+ \| +1 \| ok", output);
        Assert.Equal(["lesson.html", "lesson.ipynb"], Files(Path.Combine(notebook.Folder, "out")));
        Assert.Single(NotebookReader.Read(Path.Combine(notebook.Folder, "out", "lesson.ipynb")).Cells[0].SavedOutputs, item => item!["output_type"]!.ToString() == "stream");
    }

    [Theory]
    [InlineData("does-not-compile.ipynb", "code cell 2 (cell 3 of 4)")]
    [InlineData("throws-in-the-middle.ipynb", "code cell 2 (cell 3 of 4)")]
    public async Task A_failed_run_ends_with_1_and_its_page_shows_the_error(string name, string place)
    {
        using var folder = new TestNotebook();
        string asset = Path.Combine(AppContext.BaseDirectory, "Assets", name);
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(folder.Folder, "run", asset, "--out", "pages");
        Assert.Equal(CommandLine.RunFailed, exitCode);
        Assert.Contains($"error: {name}: {place}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("at Mnist.Runner.", error, StringComparison.Ordinal);
        Assert.Contains("failed in code cell 2", output, StringComparison.Ordinal);
        string page = await File.ReadAllTextAsync(Path.Combine(folder.Folder, "pages", Path.ChangeExtension(name, ".html")), TestContext.Current.CancellationToken);
        Assert.Contains("<pre class=\"output text error\"", page, StringComparison.Ordinal);
        Assert.Contains("This cell was not run.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no notebook nowhere.ipynb", "nowhere.ipynb")]
    [InlineData("Required argument 'NOTEBOOK' missing", "run")]
    [InlineData("error: there is no command nonsense; --help shows what there is\n", "nonsense")]
    [InlineData("error: no command is given; --help shows what there is\n")]
    [InlineData("error: Unrecognized command or argument '--nonsense'; --help shows what there is\n", "train", "--nonsense")]
    [InlineData("Must be one of: 'verso'", "export", "lesson.ipynb", "--engine", "word", "--out", "out")]
    [InlineData("error: --out bad.ipynb is no folder that can be written to: it is a file\n", "run", "lesson.ipynb", "--out", "bad.ipynb")]
    [InlineData("error: --json nowhere/x.json cannot be written: the folder ", "bench", "--json", "nowhere/x.json")]
    [InlineData("there is no option --nonsense", "run", "lesson.ipynb", "--nonsense")]
    [InlineData("--only 5-3: '5-3' is no range", "run", "lesson.ipynb", "--only", "5-3")]
    [InlineData("--only 9 chooses none of the 1 code cells of lesson.ipynb", "run", "lesson.ipynb", "--only", "9")]
    [InlineData("--only 2-3,7 chooses none of the 1 code cells of lesson.ipynb", "verify", "lesson.ipynb", "--only", "2-3,7")]
    [InlineData("--timeout is '1,5'", "run", "lesson.ipynb", "--timeout", "1,5")]
    [InlineData("--timeout is '0'", "run", "lesson.ipynb", "--timeout", "0")]
    [InlineData("no notebook matches x*.ipynb", "verify", "x*.ipynb")]
    [InlineData("--twice and --backwards are two ways", "verify", "lesson.ipynb", "--twice", "--backwards")]
    [InlineData("is not JSON", "bad.ipynb")]
    [InlineData("there is no notebook in the folder empty", "run", "empty")]
    public async Task Bad_input_ends_with_2_and_one_line(string message, params string[] arguments)
    {
        using var notebook = new TestNotebook("1").File("bad.ipynb", "no json").File("empty/readme", "");
        notebook.Save();
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(notebook.Folder, arguments);
        Assert.Equal((CommandLine.BadInput, ""), (exitCode, output));
        error = error.ReplaceLineEndings("\n");
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.False(Directory.Exists(Path.Combine(notebook.Folder, "out")));
    }

    [Fact]
    public async Task A_stack_trace_is_shown_only_when_asked_for()
    {
        using var folder = new TestNotebook();
        (int exitCode, _, string error) = await RunnerProcess.RunAsync(folder.Folder, "run", "nowhere.ipynb", "--stack-trace");
        Assert.Equal(CommandLine.BadInput, exitCode);
        Assert.Contains("   at Mnist.Runner.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "verify")]
    [InlineData("run --help", "--in-place")]
    [InlineData("verify --help", "--timeout")]
    public async Task Help_is_everywhere(string arguments, string names)
    {
        (int exitCode, string output, _) = await RunnerProcess.RunAsync(".", arguments.Split(' '));
        Assert.Equal(CommandLine.Done, exitCode);
        Assert.Contains(names, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ends_with_0_after_a_refresh_in_place_and_with_1_after_a_change()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var notebook = new TestNotebook("1 + 1");
        notebook.Save();
        Assert.Equal(CommandLine.Done, (await RunnerProcess.RunAsync(notebook.Folder, "run", "lesson.ipynb", "--in-place")).ExitCode);
        Assert.Equal(["lesson.ipynb"], Files(notebook.Folder));
        Assert.Equal(CommandLine.Done, (await RunnerProcess.RunAsync(notebook.Folder, "verify", ".")).ExitCode);

        string saved = await File.ReadAllTextAsync(notebook.Path, stop);
        await File.WriteAllTextAsync(notebook.Path, saved.Replace("\"2\"", "\"3\"", StringComparison.Ordinal), stop);
        (int exitCode, _, string error) = await RunnerProcess.RunAsync(notebook.Folder, "verify", "lesson.ipynb");
        Assert.Equal(CommandLine.RunFailed, exitCode);
        Assert.Contains("code cell 1 (cell 1 of 1) differs: 1 + 1", error, StringComparison.Ordinal);
        Assert.Contains("saved: 3", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renewing_needs_a_notebook_to_renew()
    {
        using var notebook = new TestNotebook("1 + 1");
        notebook.Save();
        (int exitCode, _, string error) = await RunnerProcess.RunAsync(notebook.Folder, "run", "lesson.ipynb", "--renew");
        Assert.Equal(CommandLine.BadInput, exitCode);
        Assert.Contains("add --in-place", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_it_ends_with_130_and_leaves_everything_as_it_was()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGINT to send");
        using var notebook = new TestNotebook("Console.WriteLine(\"now it runs\");", "while (true) ;");
        notebook.Save();
        string before = await File.ReadAllTextAsync(notebook.Path, TestContext.Current.CancellationToken);
        using Process process = RunnerProcess.Start(notebook.Folder, "run", "lesson.ipynb", "--in-place", "--html", "--ipynb");
        string? line;
        do line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        while (line is not null && !line.Contains("now it runs", StringComparison.Ordinal));
        using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        (int exitCode, _, string error) = await RunnerProcess.EndAsync(process);
        Assert.Equal((CommandLine.Stopped, "stopped\n"), (exitCode, error));
        Assert.Equal(["lesson.ipynb"], Files(notebook.Folder));
        Assert.Equal(before, await File.ReadAllTextAsync(notebook.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_busy_cell_over_its_time_limit_ends_the_process_with_1()
    {
        using var notebook = new TestNotebook("while (true) ;");
        notebook.Save();
        (int exitCode, _, string error) = await RunnerProcess.RunAsync(notebook.Folder, "run", "lesson.ipynb", "--timeout", "3");
        Assert.Equal(CommandLine.RunFailed, exitCode);
        Assert.Contains("did not end within its time limit of 3 s", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3", "3")]
    [InlineData("2-4", "2 3 4")]
    [InlineData("-2", "1 2")]
    [InlineData("5-", "5 6")]
    [InlineData("1, 4-5", "1 4 5")]
    public void A_range_of_cells_can_be_chosen(string range, string cells) =>
        Assert.Equal(cells, string.Join(' ', Enumerable.Range(1, 6).Where(CellRange.Parse(range))));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("0")]
    [InlineData("a")]
    [InlineData("1-2-3")]
    [InlineData("1,,2")]
    public void What_is_no_range_is_refused(string range) => Assert.Throws<UserErrorException>(() => CellRange.Parse(range));

    [Fact]
    public void Files_folders_and_patterns_name_notebooks_in_order_and_each_once()
    {
        using var folder = new TestNotebook().File("b.ipynb", "").File("a.ipynb", "").File("c.txt", "").File("sub/d.ipynb", "");
        string[] Names(params string[] arguments) => [.. NotebookFiles.Find(arguments.Select(name => Path.Combine(folder.Folder, name))).Select(path => Path.GetFileName(path))];
        Assert.Equal(["a.ipynb", "b.ipynb"], Names(""));
        Assert.Equal(["b.ipynb", "a.ipynb"], Names("b.ipynb", ""));
        Assert.Equal(["a.ipynb", "b.ipynb", "d.ipynb"], Names("**/*.ipynb"));
        Assert.Equal(["b.ipynb"], Names("b*.ipynb"));
        Assert.Throws<UserErrorException>(() => Names("c.txt"));
    }

    private static string[] Files(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)] : [];
}
