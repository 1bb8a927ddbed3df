using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using static Mnist.Runner.Tests.Support.TestNotebook;

namespace Mnist.Runner.Tests;

/// <summary>Cells see what the engine gives them, and no more; the engine's own names work as far as we have them.</summary>
public class CellSurfaceTests
{
    private const string Formatting = "using Microsoft.DotNet.Interactive.Formatting;\n";
    private const string Point = "class Point { public int X; }\nclass Near : Point { }\n";

    [Theory]
    [InlineData("using Mnist;")]
    [InlineData("using Mnist.Runner.Execution;")]
    [InlineData("using Markdig;")]
    [InlineData("using Spectre.Console;")]
    [InlineData("using Microsoft.CodeAnalysis;")]
    [InlineData("using System.CommandLine;")]
    [InlineData("#r \"Markdig\"")]
    [InlineData("#r \"Mnist.dll\"")]
    public async Task The_runners_own_assemblies_are_not_the_cells(string code) => Assert.Contains("error CS", await FailsAsync(code), StringComparison.Ordinal);

    [Fact]
    public async Task Warnings_of_the_compiler_are_shown_with_the_cell()
    {
        NotebookResult result = await SucceedsAsync("1", "int x = 1;\nstring? text = null;");
        Assert.Empty(result.Cells[0].Outputs.OfType<StreamOutput>());
        StreamOutput warning = Assert.IsType<StreamOutput>(Assert.Single(result.Cells[1].Outputs));
        Assert.Equal("stderr", warning.Name);
        Assert.StartsWith("line 2: warning CS8632: ", warning.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Formatter.Register<Point>(p => $\"<i>{p.X}</i>\", \"text/html\");", "text/html", "<i>7</i>")]
    [InlineData("Formatter.Register<Point>((p, writer) => writer.Write(p.X), HtmlFormatter.MimeType);", "text/html", "7")]
    [InlineData("Formatter.Register(typeof(Point), (p, writer) => writer.Write(\"any\"), \"text/html\");", "text/html", "any")]
    [InlineData("Formatter.Register<Point>(p => \"plain\"); Formatter.SetPreferredMimeTypesFor(typeof(Point), \"text/plain\");", "text/plain", "plain")]
    [InlineData("Formatter.Register<Point>(p => \"first\", \"text/html\"); Formatter.Register<IDisposable>(p => \"other\", \"text/html\");", "text/html", "first")]
    [InlineData("Formatter.Register<Point>((p, context) => { context.Writer.Write(\"context\"); return true; }, \"text/html\");", "text/html", "context")]
    public async Task A_registered_formatter_shows_its_type_and_those_derived_from_it(string register, string mimeType, string content)
    {
        NotebookResult result = await SucceedsAsync(Formatting + Point + register, "new Near { X = 7 }", "new[] { new Near { X = 7 } }");
        DisplayOutput shown = Assert.IsType<DisplayOutput>(Assert.Single(result.Cells[1].Outputs));
        Assert.Equal((mimeType, content), (shown.MimeType, shown.Content));
        if (mimeType == "text/html") Assert.Contains($"<td>{content}</td>", Assert.IsType<DisplayOutput>(result.Cells[2].Outputs[0]).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_notebook_registers_is_not_there_in_the_next()
    {
        await SucceedsAsync(Formatting + "Formatter.Register<string>(text => \"changed\", \"text/html\"); Formatter.Register<string>(text => \"changed\");");
        NotebookResult result = await SucceedsAsync(Formatting + "Formatter.ToDisplayString(\"same\")");
        Assert.Equal("same", Assert.IsType<DisplayOutput>(result.Cells[0].Outputs[0]).Content);
    }

    [Fact]
    public async Task Content_is_shown_as_what_it_is_said_to_be()
    {
        NotebookResult result = await SucceedsAsync("\"*x*\".DisplayAs(\"text/markdown\");", "new[] { 1, 2 }.DisplayTable();", "using Microsoft.DotNet.Interactive;\nKernel.CSS(\"b {}\"); Kernel.display(1);");
        Assert.Equal(["text/markdown", "text/html", "text/html", "text/plain"], result.Cells.SelectMany(cell => cell.Outputs).Cast<DisplayOutput>().Select(output => output.MimeType));
    }

    [Fact]
    public async Task LaTeX_shows_as_a_formula()
    {
        NotebookResult result = await SucceedsAsync(Formatting + "(LaTeXString)@\"$$\\frac{1}{x}$$\"");
        DisplayOutput shown = Assert.IsType<DisplayOutput>(Assert.Single(result.Cells[0].Outputs));
        Assert.Equal(("text/latex", @"$$\frac{1}{x}$$"), (shown.MimeType, shown.Content));
        Assert.Contains("<mfrac><mrow><mn>1</mn></mrow><mrow><mi>x</mi></mrow></mfrac></mrow>", Mnist.Runner.Html.HtmlPage.Render(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("using Microsoft.DotNet.Interactive;\nawait Kernel.GetInputAsync(\"your name\")", "asks for input ('your name')")]
    [InlineData("using Microsoft.DotNet.Interactive;\nKernel.Root.ToString()", "Kernel.Root belongs to the engine")]
    [InlineData(Formatting + "using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;\nPocketView view = null;", "PocketView is not in this runner")]
    public async Task What_we_do_not_have_says_so(string code, string sentence) => Assert.Contains(sentence, await FailsAsync(code), StringComparison.Ordinal);

    [Fact]
    public async Task An_update_from_a_later_cell_says_that_it_does_nothing()
    {
        NotebookResult result = await SucceedsAsync("var shown = display(1);", "shown.Update(2);");
        Assert.Equal("1", Assert.IsType<DisplayOutput>(result.Cells[0].Outputs[0]).Content);
        Assert.StartsWith("Update: the cell that showed this is over", Assert.IsType<StreamOutput>(Assert.Single(result.Cells[1].Outputs)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var list = new List<object>(); list.Add(list); list")]
    [InlineData("class Node { public Node Next; }\nvar node = new Node(); node.Next = node; node")]
    [InlineData("record Link(int X) { public Link Next { get; set; } }\nvar link = new Link(1); link.Next = link; link")]
    [InlineData("object deep = 1; for (int i = 0; i < 100_000; i++) deep = new object[] { deep, deep }; deep")]
    public async Task What_contains_itself_is_shown_to_some_depth(string code)
    {
        NotebookResult result = await SucceedsAsync(code);
        Assert.InRange(Assert.IsType<DisplayOutput>(result.Cells[0].Outputs[0]).Content.Length, 1, 20_000);
    }

    [Fact]
    public async Task Outputs_without_end_are_cut()
    {
        NotebookResult result = await SucceedsAsync("for (int i = 0; i < 5000; i++) display(i);");
        Assert.Equal(1001, result.Cells[0].Outputs.Count);
        Assert.Contains("cut: the cell showed 4,000 outputs more", Assert.IsType<StreamOutput>(result.Cells[0].Outputs[^1]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_raises_by_design_must_run_and_not_merely_be_wrong()
    {
        using var notebook = new Support.TestNotebook().Code("int x = \"no number\";", CellTags.RaisesException);
        Assert.Contains("CS0029", (await notebook.RunAsync()).Failure?.Reason, StringComparison.Ordinal);
    }
}
