using Mnist.Runner.Commands;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Supervision;
using Mnist.Runner.Tests.Support;
using Mnist.Runner.Verification;

namespace Mnist.Runner.Tests;

public class VerificationTests
{
    /// <summary>Saves the outputs of a run, changes the file, runs it again and compares.</summary>
    private static async Task<IReadOnlyList<CellDifference>> CompareAsync(TestNotebook notebook, Func<string, string> change)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        string saved = SavedOutputs.Refresh(await notebook.RunAsync());
        string changed = change(saved);
        await File.WriteAllTextAsync(notebook.Path, changed, stop);
        return OutputComparison.Compare(await NotebookRunner.RunAsync(NotebookReader.Read(notebook.Path), RunSettings.Default, stop: stop));
    }

    [Fact]
    public async Task A_second_run_is_the_same_though_volatile_parts_and_cells_differ()
    {
        using var notebook = new TestNotebook("1.5", "HTML($\"<b data-volatile>{DateTime.UtcNow.Ticks}</b>\")");
        notebook.Code("DateTime.UtcNow.Ticks", CellTags.Volatile);
        Assert.Empty(await CompareAsync(notebook, saved => saved));
    }

    [Fact]
    public async Task Of_a_volatile_cell_number_and_kind_of_its_outputs_are_compared()
    {
        using var notebook = new TestNotebook();
        notebook.Code("DateTime.UtcNow.Ticks", CellTags.Volatile);
        CellDifference difference = Assert.Single(await CompareAsync(notebook, saved => saved.Replace("text/plain", "text/html", StringComparison.Ordinal)));
        Assert.Equal(["output 1: saved as result text/html, now result text/plain"], difference.Lines);
    }

    [Fact]
    public async Task A_different_text_is_shown_with_its_cell_and_line()
    {
        using var notebook = new TestNotebook().Markdown("# x").Code("1").Code("Console.WriteLine(\"same\\nloss 0.25\");");
        CellDifference difference = Assert.Single(await CompareAsync(notebook, saved => saved.Replace("\"loss 0.25\\n\"", "\"loss 0.24\\n\"", StringComparison.Ordinal)));
        Assert.Equal(2, difference.Cell.Number);
        Assert.Equal(["output 1 (stdout), line 2:", "  saved: loss 0.24", "  now:   loss 0.25"], difference.Lines);
    }

    [Fact]
    public async Task A_long_line_is_shown_around_the_place_where_it_differs()
    {
        using var notebook = new TestNotebook("new string('x', 500) + \"A\" + new string('y', 500)");
        CellDifference difference = Assert.Single(await CompareAsync(notebook, saved => saved.Replace("xAy", "xBy", StringComparison.Ordinal)));
        Assert.All(difference.Lines, line => Assert.True(line.Length < 150));
        Assert.Contains("xAy", difference.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_outputs_and_another_kind_of_output_are_differences()
    {
        using var stale = new TestNotebook("1");
        stale.Save();
        NotebookResult result = await stale.RunAsync();
        Assert.Equal(["0 outputs are saved, but the cell shows 1"], Assert.Single(OutputComparison.Compare(result)).Lines);
        using var other = new TestNotebook("1");
        CellDifference difference = Assert.Single(await CompareAsync(other, saved => saved.Replace("text/plain", "text/html", StringComparison.Ordinal)));
        Assert.Equal(["output 1: saved as result text/html, now result text/plain"], difference.Lines);
    }

    [Fact]
    public async Task A_difference_outside_of_a_volatile_element_counts()
    {
        using var notebook = new TestNotebook("HTML(\"<b data-volatile>1</b> three layers\")");
        Assert.Single(await CompareAsync(notebook, saved => saved.Replace("three layers\"\n", "four layers\"\n", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Verified_twice_a_cell_that_shows_something_else_when_it_is_run_again_is_named()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var notebook = new TestNotebook("int n = 1;", "n++;\nn", "System.IO.File.Exists(\"made\")", "System.IO.File.WriteAllText(\"made\", \"\");");
        await File.WriteAllTextAsync(notebook.Path, SavedOutputs.Refresh(await notebook.RunAsync()), stop);
        string made = Path.Combine(notebook.Folder, "made");
        File.Delete(made);
        Assert.Equal(CommandLine.Done, (await RunnerProcess.RunAsync(notebook.Folder, "verify", "lesson.ipynb")).ExitCode);
        File.Delete(made);
        (int exitCode, string output, string error) = await RunnerProcess.RunAsync(notebook.Folder, "verify", "--twice", "lesson.ipynb");
        Assert.Equal(CommandLine.RunFailed, exitCode);
        Assert.Contains("| 1 cell differs |", output, StringComparison.Ordinal);
        Assert.StartsWith("error: when it is run again: lesson.ipynb: code cell 3 (cell 3 of 4) differs", error, StringComparison.Ordinal);
        Assert.DoesNotContain("code cell 2", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backwards_finds_a_cell_that_changes_what_an_earlier_one_reads()
    {
        using var notebook = new TestNotebook("int[] n = [1];", "int[] m = [1];", "m[0]", "m[0] = 2;");
        await File.WriteAllTextAsync(notebook.Path, SavedOutputs.Refresh(await notebook.RunAsync()), TestContext.Current.CancellationToken);
        Assert.Equal(CommandLine.Done, (await RunnerProcess.RunAsync(notebook.Folder, "verify", "--twice", "lesson.ipynb")).ExitCode);
        (int exitCode, string _, string error) = await RunnerProcess.RunAsync(notebook.Folder, "verify", "--backwards", "lesson.ipynb");
        Assert.Equal(CommandLine.RunFailed, exitCode);
        Assert.StartsWith("error: when it is run again: lesson.ipynb: code cell 3 (cell 3 of 4) differs", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "1 2 3 4 4 2")]
    [InlineData(2, "2 3 4 4 2")]
    public async Task Backwards_leaves_out_the_first_cell_of_the_notebook_and_those_that_only_measure(int first, string expected)
    {
        using var notebook = new TestNotebook("1", "2");
        notebook.Code("3", CellTags.Volatile).Code("4");
        RunSettings settings = RunSettings.Default with { Only = number => number >= first, Again = Again.Backwards };
        NotebookResult result = await NotebookRunner.RunAsync(notebook.Save(), settings, stop: TestContext.Current.CancellationToken);
        Assert.Equal(expected, string.Join(' ', result.Cells.Select(run => run.Cell.Number)));
    }

    [Fact]
    public async Task A_cell_that_ends_its_process_when_it_is_run_again_keeps_its_first_result()
    {
        using var notebook = new TestNotebook("if (System.IO.File.Exists(\"made\")) Environment.Exit(3);\nSystem.IO.File.WriteAllText(\"made\", \"\");");
        NotebookResult result = await NotebookProcess.RunAsync(notebook.Save(), RunSettings.Default with { Again = Again.InOrder }, stop: TestContext.Current.CancellationToken);
        Assert.Equal([CellStatus.Succeeded, CellStatus.Failed], result.Cells.Select(cell => cell.Status));
        Assert.Equal([false, true], result.Cells.Select(result.IsAgain));
        Assert.Contains("exit code 3", result.Failure?.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CellTags.Fma, 256)]
    [InlineData(CellTags.Avx512, 512)]
    public async Task A_cell_whose_last_bits_need_wide_vectors_is_compared_where_they_are(string tag, int bits)
    {
        using var notebook = new TestNotebook();
        notebook.Code("1.0 / 4", tag);
        IReadOnlyList<CellDifference> differences = await CompareAsync(notebook, saved => saved.Replace("\"0.25\"", "\"0.24\"", StringComparison.Ordinal));
        Assert.Equal(32 * (int)Kernels.Simd.Best >= bits ? 1 : 0, differences.Count);
    }
}
