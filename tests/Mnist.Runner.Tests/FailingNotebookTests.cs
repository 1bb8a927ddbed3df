using Mnist.Runner.Commands;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

/// <summary>Two notebooks that must fail, so that we know that the runner sees it and points at the right place.</summary>
public class FailingNotebookTests
{
    private static string Asset(string name) => Path.Combine(AppContext.BaseDirectory, "Assets", name);

    private static async Task<(NotebookResult Result, string Text)> RunAsync(string name)
    {
        Notebook notebook = NotebookReader.Read(Asset(name));
        NotebookResult result = await NotebookRunner.RunAsync(notebook, RunSettings.Default, stop: TestContext.Current.CancellationToken);
        return (result, FailureText.Of(notebook, result.Failure!));
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_stops_the_run_and_is_named_with_its_line()
    {
        (NotebookResult result, string text) = await RunAsync("does-not-compile.ipynb");
        Assert.Equal((2, 3), (result.Failure!.Cell.Number, result.Failure.Cell.Position));
        Assert.Equal(2, result.Cells.Count);
        Assert.Equal(
            "does-not-compile.ipynb: code cell 2 (cell 3 of 4) failed: // the mistake stands in line 3\n"
            + "  line 3: error CS0029: Cannot implicitly convert type 'int' to 'string'   ← string text = twice;",
            text);
    }

    [Fact]
    public async Task A_cell_that_throws_stops_the_run_and_is_named_with_its_lines()
    {
        (NotebookResult result, string text) = await RunAsync("throws-in-the-middle.ipynb");
        Assert.Equal((2, 3), (result.Failure!.Cell.Number, result.Failure.Cell.Position));
        Assert.Equal(
            "throws-in-the-middle.ipynb: code cell 2 (cell 3 of 4) failed: int Divide(int a, int b) =>\n"
            + "  System.DivideByZeroException: Attempted to divide by zero.\n"
            + "    at line 2\n"
            + "    at line 4",
            text);
        Assert.Equal(new StreamOutput("stdout", "before\n"), result.Failure.Outputs[0]);
    }

    [Fact]
    public async Task An_exception_from_an_earlier_cells_method_names_both_cells()
    {
        string reason = await TestNotebook.FailsAsync("void Deep()\n{\n    throw new Exception(\"deep\");\n}", "Deep();");
        Assert.Equal("System.Exception: deep\n  at code cell 1, line 3\n  at line 1", reason);
    }

    [Fact]
    public async Task An_exception_from_a_loaded_file_names_the_file()
    {
        using var notebook = new TestNotebook("#load \"sub.cs\"\nDeep();");
        NotebookResult result = await notebook.File("sub.cs", "void Deep() =>\n    throw new Exception(\"deep\");").RunAsync();
        Assert.Equal("System.Exception: deep\n  at sub.cs, line 2\n  at line 2", result.Failure?.Reason);
    }

    [Fact]
    public async Task A_cell_tagged_raises_exception_shows_its_error_and_the_run_goes_on()
    {
        using var notebook = new TestNotebook().Code("throw new Exception(\"on purpose\");", CellTags.RaisesException).Code("1");
        NotebookResult result = await notebook.RunAsync();
        Assert.True(result.Succeeded);
        Assert.Equal(CellStatus.FailedAsExpected, result.Cells[0].Status);
        Assert.Equal("on purpose", Assert.IsType<ErrorOutput>(result.Cells[0].Outputs[0]).Message);
    }

    [Fact]
    public async Task A_cell_tagged_raises_exception_that_does_not_throw_fails()
    {
        using var notebook = new TestNotebook().Code("1", CellTags.RaisesException);
        Assert.Contains("did not throw", (await notebook.RunAsync()).Failure?.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("while (true) ;")]
    [InlineData("await Task.Delay(-1);")]
    public async Task A_cell_that_does_not_end_is_given_up_after_its_time_limit(string endless)
    {
        // the loop ends some time after the test, so that it does not slow down the tests that follow
        string code = endless.Replace("while (true)", "var until = DateTime.UtcNow.AddSeconds(8); while (DateTime.UtcNow < until)", StringComparison.Ordinal);
        using var notebook = new TestNotebook("1", code, "2");
        NotebookResult result = await notebook.RunAsync(seconds: 4);
        Assert.Equal(2, result.Failure?.Cell.Number);
        Assert.Equal("did not end within its time limit of 4 s", result.Failure?.Reason);
    }

    [Fact]
    public async Task A_run_that_is_stopped_ends_also_in_a_busy_cell()
    {
        using var notebook = new TestNotebook("var until = DateTime.UtcNow.AddSeconds(8); while (DateTime.UtcNow < until) ;");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NotebookRunner.RunAsync(notebook.Save(), RunSettings.Default, stop: stop.Token));
    }
}
