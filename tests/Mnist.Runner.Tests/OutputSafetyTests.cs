using System.CommandLine;
using System.Diagnostics;
using Mnist.Runner.Commands;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

/// <summary>No command loses a file: what would be overwritten by mistake is refused before anything is done.</summary>
public sealed class OutputSafetyTests : IDisposable
{
    private readonly TestNotebook notebook = new("1");

    public void Dispose() => notebook.Dispose();

    [Fact]
    public void An_output_that_is_an_input_or_another_output_is_refused_also_through_a_link()
    {
        notebook.File("m.npz", "").File("other.json", "");
        Assert.Contains("would overwrite --model", Refused(files => files.Reads("--model m.npz", In("m.npz")).Writes("--json", In("m.npz"))), StringComparison.Ordinal);
        Assert.Contains("are one file", Refused(files => files.Writes("--save", In("new")).Writes("--json", In("sub/../new"))), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(In("link"), "m.npz");
            Assert.Contains("would overwrite --model", Refused(files => files.Reads("--model m.npz", In("m.npz")).Writes("--json", In("link"))), StringComparison.Ordinal);
            new OutputFiles().Writes("--save", "/dev/null").Writes("--json", "/dev/null");
        }
        new OutputFiles().Reads("--model m.npz", In("m.npz")).Writes("--save", In("other.json")).Writes("--json", In("new"));
    }

    [Fact]
    public async Task The_commands_refuse_before_work()
    {
        notebook.Save();
        string before = await File.ReadAllTextAsync(notebook.Path, TestContext.Current.CancellationToken);
        await AssertRefused("would overwrite --model m", "test", "--model", "m", "--json", "m");
        await AssertRefused("are one file", "train", "--save", "m", "--json", "./m");
        await AssertRefused("would overwrite the notebook lesson.ipynb itself", "run", "lesson.ipynb", "--out", ".");
        await AssertRefused("is no folder that can be written to", "lesson.ipynb", "--out", "lesson.ipynb");
        Assert.Equal(before, await File.ReadAllTextAsync(notebook.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Two_notebooks_of_one_name_are_refused_where_they_would_meet()
    {
        notebook.Save();
        Directory.CreateDirectory(In("sub"));
        File.Copy(notebook.Path, In("sub/lesson.ipynb"));
        Notebook[] both = [NotebookReader.Read(notebook.Path), NotebookReader.Read(In("sub/lesson.ipynb"))];
        string message = Assert.Throws<UserErrorException>(() => new RunOutputs(In("out"), page: true, executed: false, inPlace: false, renew: false, both)).Message;
        Assert.Contains("have one name", message, StringComparison.Ordinal);
        _ = new RunOutputs(In("out"), page: false, executed: false, inPlace: true, renew: false, both); // each is written where it stands
    }

    [Fact]
    public void A_notebook_that_was_changed_while_it_ran_is_not_overwritten()
    {
        Notebook read = notebook.Save();
        var outputs = new RunOutputs(In("out"), page: false, executed: false, inPlace: true, renew: false, [read]);
        var result = new NotebookResult(read, [], TimeSpan.Zero);
        Assert.Equal([read.Path], outputs.Write(result)); // unchanged: written

        notebook.Markdown("an edit").Save();
        string edited = File.ReadAllText(read.Path);
        Assert.Contains("was changed while it ran", Assert.Throws<RunFailedException>(() => outputs.Write(result).ToList()).Message, StringComparison.Ordinal);
        Assert.Equal(edited, File.ReadAllText(read.Path));
    }

    [Theory]
    [InlineData("x.ipynb", "run x.ipynb")]
    [InlineData("x.ipynb --out test", "run x.ipynb --out test")]
    [InlineData("--out test x.ipynb", "run --out test x.ipynb")]
    [InlineData("--stack-trace x.ipynb", "run --stack-trace x.ipynb")]
    [InlineData("--stack-trace test --model x.ipynb", "--stack-trace test --model x.ipynb")]
    [InlineData("verify x.ipynb", "verify x.ipynb")]
    [InlineData("FOLDER", "run FOLDER")]
    [InlineData("a*", "run a*")]
    [InlineData("trian", "trian")]
    [InlineData("--help", "--help")]
    public void Notebooks_and_folders_alone_are_run_and_only_the_first_word_is_a_command(string given, string meant)
    {
        var root = new RootCommand { new Command("run"), new Command("verify"), new Command("test") };
        root.Options.Add(new Option<bool>("--stack-trace"));
        string[] Words(string text) => text.Replace("FOLDER", notebook.Folder, StringComparison.Ordinal).Split(' ');
        Assert.Equal(Words(meant), DefaultCommand.Complete(root, Words(given)));
    }

    [Theory]
    [InlineData("run", "test")]
    [InlineData("run", "test/lesson.ipynb", "--only", "1")]
    public async Task A_folder_may_be_named_like_a_command(params string[] arguments)
    {
        notebook.Save();
        Directory.CreateDirectory(In("test"));
        File.Move(notebook.Path, In("test/lesson.ipynb"));
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(notebook.Folder, arguments);
        Assert.Equal((CommandLine.Done, ""), (exitCode, error));
        Assert.Contains("lesson.ipynb", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--timeout is '1,5'", "run", "lesson.ipynb", "--timeout", "1,5")]
    [InlineData("--timeout is '-1'", "run", "lesson.ipynb", "--timeout=-1")]
    [InlineData("--timeout is 'NaN'", "verify", "lesson.ipynb", "--timeout", "NaN")]
    [InlineData("name of a notebook is empty", "run", "")]
    [InlineData("--out needs the name of a folder", "run", "lesson.ipynb", "--out", "")]
    [InlineData("--json needs the name of a file", "test", "--model", "m", "--json", "")]
    public async Task A_bad_value_is_one_sentence(string expected, params string[] arguments)
    {
        notebook.Save();
        await AssertRefused(expected, arguments);
    }

    [Fact]
    public async Task A_pipe_that_nobody_writes_to_is_left_within_a_second_after_Ctrl_C()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no pipe with a name, and no kill");
        Directory.CreateDirectory(In("data"));
        foreach (string name in new[] { "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte" })
            Process.Start("mkfifo", [In($"data/{name}")]).WaitForExit();
        using Process process = RunnerProcess.Start(notebook.Folder, "train", "--data", "data");
        await Task.Delay(2_000, TestContext.Current.CancellationToken); // it has started and waits for the pipe
        Assert.False(process.HasExited);
        long start = Stopwatch.GetTimestamp();
        Process.Start("kill", ["-INT", $"{process.Id}"]).Dispose();
        (int exitCode, _, string error) = await RunnerProcess.EndAsync(process);
        Assert.Equal((CommandLine.Stopped, "stopped\n"), (exitCode, error));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 5); // 0.9 s on a machine that has nothing else to do
    }

    private string In(string name) => Path.Combine(notebook.Folder, name);

    private static string Refused(Action<OutputFiles> use) => Assert.Throws<UserErrorException>(() => use(new OutputFiles())).Message;

    private async Task AssertRefused(string expected, params string[] arguments)
    {
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(notebook.Folder, arguments);
        Assert.Equal((CommandLine.BadInput, ""), (exitCode, output));
        Assert.Contains(expected, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }
}
