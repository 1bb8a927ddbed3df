using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;
using static Mnist.Runner.Tests.Support.TestNotebook;

namespace Mnist.Runner.Tests;

/// <summary>What a learner meets in the Polyglot engine holds in the runner too, one row of our notes after the other.</summary>
public class EngineSemanticsTests
{
    [Fact]
    public async Task Variables_methods_types_and_usings_persist_over_cells()
    {
        NotebookResult result = await SucceedsAsync(
            "using System.Globalization;\nint x = 20; int Twice(int n) => 2 * n; record Point(int X);",
            "new Point(Twice(x) + 2).X.ToString(CultureInfo.InvariantCulture)");
        Assert.Equal("42", result.Cells[1].Value);
    }

    [Fact]
    public async Task Variables_methods_and_types_can_be_declared_again()
    {
        NotebookResult result = await SucceedsAsync(
            "int x = 1; int F() => 1; class A { public int V = 1; }",
            "string x = \"now a text\"; int F() => 2; class A { public int V = 3; }",
            "$\"{x} {F()} {new A().V}\"");
        Assert.Equal("now a text 2 3", result.Cells[2].Value);
    }

    [Fact]
    public async Task State_survives_a_cell_that_throws_and_keeps_what_it_has_set()
    {
        using var notebook = new TestNotebook("int x = 1;");
        notebook.Code("x = 2; int y = 3; throw new Exception(\"on purpose\");", CellTags.RaisesException).Code("(x, y)");
        NotebookResult result = await notebook.RunAsync();
        Assert.True(result.Succeeded, result.Failure?.Reason);
        Assert.Equal((2, 3), result.Cells[2].Value);
    }

    [Fact]
    public async Task State_survives_a_piece_of_code_that_does_not_compile()
    {
        var session = new ScriptSession(Path.GetTempPath(), _ => { });
        await session.RunAsync("int x = 1;", "first");
        await Assert.ThrowsAsync<CompilationFailedException>(() => session.RunAsync("int x = \"text\";", "second"));
        Assert.Equal(1, (await session.RunAsync("x", "third")).Value);
    }

    [Fact]
    public async Task A_cell_may_await_and_be_unsafe_and_use_Vector512()
    {
        NotebookResult result = await SucceedsAsync(
            "await Task.Delay(1); 7",
            "int r; unsafe { int v = 5; int* p = &v; r = *p; }\nr",
            "using System.Runtime.Intrinsics;\nVector512.Sum(Vector512.Create(2f))");
        Assert.Equal(new object[] { 7, 5, 32f }, result.Cells.Select(cell => cell.Value));
    }

    [Theory]
    [InlineData("int* p = null;", "CS0214")]
    [InlineData("Span<int> s = new int[3];", "CS8345")]
    [InlineData("namespace N { class C { } }", "CS7021")]
    [InlineData("file class Hidden { }", "CS")]
    [InlineData("static class E { extension(int x) { public int Twice() => 2 * x; } }", "CS")]
    [InlineData("var text = File.ReadAllText(\"x\");", "CS0103")]
    [InlineData("var watch = Stopwatch.StartNew();", "CS0103")]
    [InlineData("int.Parse(\"1\", CultureInfo.InvariantCulture)", "CS0103")]
    [InlineData("AnsiConsole.WriteLine(\"the runner's own packages are not the cell's\");", "CS0103")]
    public async Task What_the_engine_does_not_compile_does_not_compile_here(string code, string error) =>
        Assert.Contains(error, await FailsAsync(code), StringComparison.Ordinal);

    [Fact]
    public async Task The_default_imports_are_those_of_the_engine()
    {
        NotebookResult result = await SucceedsAsync(
            "Math.Max(1, 2)", "new StringBuilder(\"x\").Length", "new ArrayList().Count", "new List<int>().Count",
            "Task.CompletedTask.IsCompleted", "new[] { 1, 2 }.Sum()");
        Assert.Equal(6, result.Cells.Count);
    }

    [Fact]
    public async Task Dynamic_works()
    {
        NotebookResult result = await SucceedsAsync("dynamic d = \"four\"; int n = d.Length; n");
        Assert.Equal(4, result.Cells[0].Value);
    }

    [Fact]
    public async Task Display_and_HTML_and_the_last_expression_show_in_order_with_the_console()
    {
        NotebookResult result = await SucceedsAsync(
            "Console.Write(\"a\"); Console.WriteLine(\"b\"); display(1); Console.WriteLine(\"c\"); 2.Display(); HTML(\"<b>3</b>\")");
        Assert.Equal(
            ["stdout ab\n", "text/plain 1", "stdout c\n", "text/plain 2", "text/html <b>3</b>"],
            result.Cells[0].Outputs.Select(output => output switch
            {
                StreamOutput stream => $"{stream.Name} {stream.Text}",
                DisplayOutput display => $"{display.MimeType} {display.Content}",
                _ => "?",
            }));
    }

    [Fact]
    public async Task An_expression_with_a_semicolon_shows_nothing()
    {
        NotebookResult result = await SucceedsAsync("int x = 1;\nMath.Abs(x);", "// only a comment", "x", "using System.IO;", "x + 1");
        Assert.Equal([0, 0, 1, 0, 1], result.Cells.Select(cell => cell.Outputs.Count));
    }

    [Fact]
    public async Task Console_Error_is_a_stream_and_the_cell_succeeds()
    {
        NotebookResult result = await SucceedsAsync("Console.Error.WriteLine(\"careful\");");
        Assert.Equal(new StreamOutput("stderr", "careful\n"), Assert.Single(result.Cells[0].Outputs));
    }

    [Fact]
    public async Task A_relative_reference_and_load_start_from_the_notebooks_folder()
    {
        using var notebook = new TestNotebook("#r \"../lib/My.Lab.dll\"\nusing Mnist.Runner.Tests.Support;\ntypeof(Loaded).Assembly.Location", "#load \"sub/helper.cs\"\nHelper(20)");
        notebook.File("sub/helper.cs", "int Helper(int n) => n + 1;");
        string lib = Path.Combine(Path.GetDirectoryName(notebook.Folder)!, "lib");
        string copy = Path.Combine(lib, "My.Lab.dll");
        Directory.CreateDirectory(lib);
        File.Copy(typeof(Loaded).Assembly.Location, copy, overwrite: true);
        try
        {
            NotebookResult result = await notebook.RunAsync();
            Assert.Contains("CS0006", (await FailsAsync("#r \"../lib/Nothing.dll\"")), StringComparison.Ordinal);
            Assert.DoesNotContain("Build first", (await FailsAsync("#r \"../lib/Nothing.dll\"")), StringComparison.Ordinal);
            Assert.True(result.Succeeded, result.Failure?.Reason);
            Assert.Equal(21, result.Cells[1].Value);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    [Fact]
    public async Task A_library_that_is_not_built_is_one_error_and_one_thing_to_do()
    {
        string reason = await FailsAsync("#r \"../lib/Mnist.Lab/bin/Release/net10.0/Mnist.Lab.dll\"\nusing Mnist;\nLesson.Start()");
        string[] lines = reason.Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("CS0006", lines[0], StringComparison.Ordinal);
        Assert.Contains("Build first: dotnet build -c Release", lines[1], StringComparison.Ordinal);
        Assert.Contains("restart the kernel", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_working_directory_is_the_notebooks_folder_while_it_runs()
    {
        string before = Environment.CurrentDirectory;
        using var notebook = new TestNotebook("System.IO.File.ReadAllText(\"beside.txt\")");
        NotebookResult result = await notebook.File("beside.txt", "found").RunAsync();
        Assert.Equal("found", result.Cells[0].Value);
        Assert.Equal(before, Environment.CurrentDirectory);
    }

    [Fact]
    public async Task Cells_are_compiled_Debug()
    {
        NotebookResult result = await SucceedsAsync(
            "using System.Diagnostics;\nusing System.Reflection;\nMethodBase.GetCurrentMethod().Module.Assembly.GetCustomAttribute<DebuggableAttribute>().IsJITOptimizerDisabled");
        Assert.Equal(true, result.Cells[0].Value);
    }

    [Fact]
    public async Task Notebooks_do_not_see_each_other()
    {
        await SucceedsAsync("int leaked = 1;");
        Assert.Contains("CS0103", await FailsAsync("leaked"), StringComparison.Ordinal);
    }
}
