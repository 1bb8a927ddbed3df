using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

public class PackageTests
{
    private const string NoSuchPackage = "#r \"nuget: Mnist.Notebooks.There.Is.No.Such.Package, 9.9.9\"\nint after = 1;";

    [Fact]
    public async Task An_interactive_cell_that_cannot_get_its_packages_is_skipped_and_the_run_goes_on()
    {
        using var notebook = new TestNotebook().Code(NoSuchPackage, CellTags.Interactive, CellTags.RaisesException).Code("2");
        NotebookResult result = await notebook.RunAsync();
        Assert.True(result.Succeeded, result.Failure?.Reason);
        Assert.Equal(CellStatus.Skipped, result.Cells[0].Status);
        Assert.Contains("NU1", result.Cells[0].Reason, StringComparison.Ordinal);
        Assert.Equal(2, result.Cells[1].Value);
    }

    [Fact]
    public async Task Any_other_cell_that_cannot_get_its_packages_fails_with_the_code_of_NuGet() =>
        Assert.Contains("NU1", await TestNotebook.FailsAsync(NoSuchPackage), StringComparison.Ordinal);

    [Fact]
    public async Task An_interactive_cell_that_fails_for_another_reason_stops_the_run()
    {
        using var notebook = new TestNotebook().Code("throw new Exception(\"not the feed\");", CellTags.Interactive, CellTags.RaisesException);
        Assert.Contains("not the feed", (await notebook.RunAsync()).Failure?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nuget_config_beside_the_notebook_counts()
    {
        using var notebook = new TestNotebook(NoSuchPackage);
        notebook.File("feed/README", "an empty feed").File("nuget.config",
            "<configuration><packageSources><clear/><add key=\"feed-beside-the-notebook\" value=\"feed\"/></packageSources></configuration>");
        NotebookResult result = await notebook.RunAsync();
        Assert.Contains("feed-beside-the-notebook", result.Failure?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_of_the_feed_is_restored_and_runs()
    {
        using var notebook = new TestNotebook();
        notebook.Code("#r \"nuget: Markdig, 1.6.0\"\nusing Markdig;", CellTags.Interactive)
            .Code("typeof(Markdown).Assembly.Location + Markdown.ToHtml(\"*it runs*\")", CellTags.Interactive);
        NotebookResult result = await notebook.RunAsync(seconds: 120);
        Assert.SkipWhen(result.Cells[0].Status == CellStatus.Skipped, $"the package feed cannot be reached: {result.Cells[0].Reason}");
        Assert.True(result.Succeeded, result.Failure?.Reason);
        string value = Assert.IsType<string>(result.Cells[1].Value);
        Assert.Contains("<em>it runs</em>", value, StringComparison.Ordinal);
        Assert.DoesNotContain(AppContext.BaseDirectory, value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_named_in_a_cell_is_asked_by_it_and_by_those_after_it()
    {
        using var notebook = new TestNotebook("#i \"nuget:./feed-of-the-cell\"", NoSuchPackage);
        NotebookResult result = await notebook.File("feed-of-the-cell/README", "an empty feed").RunAsync();
        Assert.Equal(CellStatus.Succeeded, result.Cells[0].Status);
        Assert.Contains("feed-of-the-cell", result.Failure?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_nuget_config_fails_the_cell_and_is_named_interactive_or_not()
    {
        using var notebook = new TestNotebook().Code(NoSuchPackage, CellTags.Interactive);
        NotebookResult result = await notebook.File("nuget.config", "<configuration><packageSources>").RunAsync();
        Assert.Equal(CellStatus.Failed, result.Cells[0].Status);
        Assert.Contains("nuget.config", result.Failure?.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_feed_that_never_answers_is_given_up_after_the_cells_time()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0); // takes connections and says nothing
        silent.Start();
        using var notebook = new TestNotebook().Code(NoSuchPackage, CellTags.Interactive).Code(NoSuchPackage);
        notebook.File("nuget.config", $"<configuration><packageSources><clear/><add key=\"silent\" value=\"http://{silent.LocalEndpoint}/v3/index.json\" allowInsecureConnections=\"true\"/></packageSources></configuration>");
        NotebookResult result = await notebook.RunAsync(seconds: 5);
        Assert.Equal([CellStatus.Skipped, CellStatus.Failed], result.Cells.Select(cell => cell.Status));
        Assert.All(result.Cells, cell => Assert.Contains("the restore of packages did not end within its time limit of 5 s", cell.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_engines_own_formatting_package_and_our_names_live_together()
    {
        const string Real = "#r \"nuget: Microsoft.DotNet.Interactive.Formatting, 1.0.0-beta.26120.1\"\n", Using = "using Microsoft.DotNet.Interactive.Formatting;\n";
        using var first = new TestNotebook().Code(Real, CellTags.Interactive).Code(Using + "typeof(Formatter).Assembly.GetName().Name").Code("(LaTeXString)\"x\"")
            .Code("using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;\ndiv(\"pocket\")");
        NotebookResult real = await first.RunAsync(seconds: 120);
        Assert.SkipWhen(real.Cells[0].Status == CellStatus.Skipped, $"the package feed cannot be reached: {real.Cells[0].Reason}");
        Assert.True(real.Succeeded, real.Failure?.Reason);
        Assert.Equal(["Microsoft.DotNet.Interactive.Formatting", "x", "<div>pocket</div>"], real.Cells.Skip(1).Select(cell => Assert.IsType<DisplayOutput>(Assert.Single(cell.Outputs)).Content));

        using var later = new TestNotebook(Using + "Formatter.Register<Uri>(uri => \"before\", \"text/html\");", Real, "Formatter.Register<Version>(version => \"after\", \"text/html\");", "new Uri(\"http://x\")", "new Version(1, 2)", "(LaTeXString)\"x\"");
        NotebookResult ours = await later.RunAsync(seconds: 120);
        Assert.True(ours.Succeeded, ours.Failure?.Reason);
        Assert.Equal(["before", "after", "x"], ours.Cells.Skip(3).Select(cell => Assert.IsType<DisplayOutput>(Assert.Single(cell.Outputs)).Content));
    }

    [Fact]
    public async Task The_engines_own_formatter_shows_each_of_our_types_as_we_do()
    {
        string library = Interactive.InteractiveRun.Library;
        using var notebook = new TestNotebook().Code("#r \"nuget: Microsoft.DotNet.Interactive.Formatting, 1.0.0-beta.26120.1\"\nusing Microsoft.DotNet.Interactive.Formatting;", CellTags.Interactive)
            .Code(library + "\nusing Mnist; using Mnist.Lab; using Mnist.Lab.Checks; using Mnist.Lab.Display;\nobject[] ours = [.. FigureSamples.All.Values, new Table(\"t\").Number(\"n\", [1, 2]), new Matrix(2, 3), new Matrix(20, 20), Compare.Values(\"W1\", [1f], [2f]), Predict.Number(\"x\", 1, 2, \"%\"), Exercise.Check(\"e\", [1f], [1f]), Show.Pushes([0.5f, 0.5f], 1), Show.Probabilities([0.5f, 0.5f], \"p\")];\n"
                + "typeof(Formatter).Assembly.GetName().Name + \": \" + string.Join(\", \", ours.Where(value => Formatter.ToDisplayString(value, \"text/html\") != (string)((dynamic)value).ToHtml()).Select(value => value.GetType().Name))");
        NotebookResult result = await notebook.RunAsync(seconds: 120);
        Assert.SkipWhen(result.Cells[0].Status == CellStatus.Skipped, $"the package feed cannot be reached: {result.Cells[0].Reason}");
        Assert.True(result.Succeeded, result.Failure?.Reason);
        Assert.Equal("Microsoft.DotNet.Interactive.Formatting: ", result.Cells[1].Value);
    }

    [Fact]
    public async Task After_an_interactive_cell_that_was_skipped_all_others_are_and_whoever_saves_skips_them_all()
    {
        using var notebook = new TestNotebook().Code(NoSuchPackage, CellTags.Interactive).Code("after + 1", CellTags.Interactive).Code("2");
        NotebookResult result = await notebook.RunAsync();
        Assert.Equal([CellStatus.Skipped, CellStatus.Skipped, CellStatus.Succeeded], result.Cells.Select(cell => cell.Status));
        Assert.Contains("code cell 1", result.Cells[1].Reason, StringComparison.Ordinal);

        using var saving = new TestNotebook().Code("1 + 1", CellTags.Interactive).Code("2");
        NotebookResult saved = await NotebookRunner.RunAsync(saving.Save(), RunSettings.Default with { SkipsInteractive = true }, stop: TestContext.Current.CancellationToken);
        Assert.Equal([CellStatus.Skipped, CellStatus.Succeeded], saved.Cells.Select(cell => cell.Status));
    }

    [Theory]
    [InlineData("1", "ok, interactive figures")]
    [InlineData(NoSuchPackage, "ok, static figures")]
    public async Task The_summary_says_whether_the_page_is_interactive(string code, string expected)
    {
        using var notebook = new TestNotebook().Code(code, CellTags.Interactive, CellTags.RaisesException).Code("2");
        notebook.Save();
        (int exitCode, string output, _) = await RunnerProcess.RunAsync(notebook.Folder, "lesson.ipynb");
        Assert.Equal(0, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        (exitCode, output, _) = await RunnerProcess.RunAsync(notebook.Folder, "run", "lesson.ipynb", "--in-place");
        Assert.Equal(0, exitCode);
        Assert.Contains("skipped: an interactive cell", output, StringComparison.Ordinal);
        (exitCode, output, _) = await RunnerProcess.RunAsync(notebook.Folder, "verify", "lesson.ipynb");
        Assert.Equal(0, exitCode);
        Assert.Contains("skipped: an interactive cell", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#r \"nuget: A.B, 1.2.3\"", "A.B", "1.2.3")]
    [InlineData("#r \"nuget:A.B\"", "A.B", null)]
    [InlineData("  #r   \"nuget: A.B , 1.0.0-beta.1 \"", "A.B", "1.0.0-beta.1")]
    public void Package_lines_are_read_as_the_engine_reads_them(string line, string id, string? version) =>
        Assert.Equal(new PackageRequest(id, version), Assert.Single(CellCode.Parse(line).Packages));
}
