using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;
using Mnist.Runner.Verification;
using static Mnist.Runner.Tests.Support.TestNotebook;

namespace Mnist.Runner.Tests;

public class EngineCommandTests
{
    [Fact]
    public async Task Import_runs_a_file_and_its_names_are_there_afterwards()
    {
        using var notebook = new TestNotebook("#!import helper.cs", "Helper(1)");
        NotebookResult result = await notebook.File("helper.cs", "int Helper(int n) => n + 41;").RunAsync();
        Assert.Equal(42, result.Cells[1].Value);
    }

    [Fact]
    public async Task Import_of_a_file_that_throws_fails_here_and_names_the_file_and_line()
    {
        using var notebook = new TestNotebook("#!import helper.cs");
        NotebookResult result = await notebook.File("helper.cs", "int x = 1;\nthrow new Exception(\"inside\");").RunAsync();
        Assert.Contains("helper.cs, line 2", result.Failure?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_shows_a_volatile_wall_time()
    {
        NotebookResult result = await SucceedsAsync("#!time\n1 + 1");
        Assert.Equal(2, result.Cells[0].Value);
        var shown = (DisplayOutput)SavedOutputs.Of(result.Cells[0])[^1];
        Assert.Matches("^<pre>Wall time: <span data-volatile=\"\">[0-9]+\\.[0-9]</span> ms</pre>$", shown.Content);
    }

    [Fact]
    public async Task Csharp_html_and_markdown_can_share_a_cell()
    {
        NotebookResult result = await SucceedsAsync("#!html\n<b>1</b>\n#!markdown\n*two*\n#!csharp\n3");
        Assert.Equal(["<b>1</b>", "*two*", "3"], result.Cells[0].Outputs.Cast<DisplayOutput>().Select(output => output.Content));
    }

    [Fact]
    public async Task Whos_shows_the_variables()
    {
        NotebookResult result = await SucceedsAsync("int first = 1; string second = \"two\";", "#!whos");
        string html = ((DisplayOutput)result.Cells[1].Outputs[0]).Content;
        Assert.Contains("<td>second</td><td>two</td>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!import other.ipynb")]
    [InlineData("1 + 1\n#!nonsense")]
    public async Task A_command_that_we_do_not_have_is_named_with_its_line(string code)
    {
        string reason = await FailsAsync(code);
        Assert.Contains($"line {code.Split('\n').Length}: {code.Split('\n')[^1]}", reason, StringComparison.Ordinal);
        Assert.Contains("not supported", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!share x --from fsharp")]
    [InlineData("1 + 1\n#!set --name x --value @input:password")]
    public async Task Values_of_other_kernels_and_of_a_reader_are_answered_with_what_to_do(string code) =>
        Assert.Contains($"line {code.Split('\n').Length}: {code.Split('\n')[^1]} is for values that pass between kernels or from a reader", await FailsAsync(code), StringComparison.Ordinal);

    [Fact]
    public async Task Cells_of_other_kernels_are_skipped_with_their_reason_and_HTML_and_Markdown_are_shown()
    {
        NotebookResult result = await SucceedsAsync("#!fsharp\nlet x = 1", "#!html\n<b>1</b>", "1 + 1\n#!mermaid\ngraph LR", "#!csharp\n3");
        Assert.Equal([CellStatus.Skipped, CellStatus.Succeeded, CellStatus.Succeeded, CellStatus.Succeeded], result.Cells.Select(cell => cell.Status));
        Assert.Equal("it is written for the kernel fsharp, and this runner has C# alone", result.Cells[0].Reason);
        Assert.Equal("text/html", Assert.IsType<DisplayOutput>(result.Cells[1].Outputs[0]).MimeType);
        Assert.Equal("skipped: lines for the kernel mermaid, and this runner has C# alone\n", Assert.IsType<StreamOutput>(result.Cells[2].Outputs[1]).Text);
    }

    [Fact]
    public async Task The_kernel_in_a_cells_metadata_counts()
    {
        using var notebook = new TestNotebook("graph LR", "*text*");
        Notebook read = notebook.Save();
        read = read with { Cells = [read.Cells[0] with { Kernel = "mermaid" }, read.Cells[1] with { Kernel = "markdown" }] };
        NotebookResult result = await NotebookRunner.RunAsync(read, RunSettings.Default, stop: TestContext.Current.CancellationToken);
        Assert.Equal([CellStatus.Skipped, CellStatus.Succeeded], result.Cells.Select(cell => cell.Status));
    }

    [Fact]
    public async Task Lines_after_a_command_keep_their_numbers()
    {
        string reason = await FailsAsync("#!time\nint x = 1;\nx.Nothing()");
        Assert.Contains("line 3: error CS1061", reason, StringComparison.Ordinal);
    }
}
