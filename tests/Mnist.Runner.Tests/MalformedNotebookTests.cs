using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

public class MalformedNotebookTests
{
    private const string CSharp = "\"metadata\":{\"kernelspec\":{\"name\":\".net-csharp\"}},\"nbformat\":4,\"nbformat_minor\":5";

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("no json", "is not JSON")]
    [InlineData("[1]", "outermost value must be an object")]
    [InlineData("{}", "has nbformat (none)")]
    [InlineData("{\"nbformat\":3,\"worksheets\":[]}", "has nbformat 3, but only nbformat 4")]
    [InlineData("{\"nbformat\":\"4\"}", "has nbformat \"4\"")]
    [InlineData("{" + CSharp + "}", "has no list \"cells\"")]
    [InlineData("{" + CSharp + ",\"cells\":{}}", "has no list \"cells\"")]
    [InlineData("{\"cells\":[],\"nbformat\":4}", "kernel is not named")]
    [InlineData("{\"cells\":[],\"nbformat\":4,\"metadata\":{\"kernelspec\":{\"name\":\"python3\"}}}", "kernel is python3")]
    [InlineData("{" + CSharp + ",\"cells\":[1]}", "cell 1 has the type (none)")]
    [InlineData("{" + CSharp + ",\"cells\":[{\"cell_type\":\"chart\"}]}", "cell 1 has the type chart")]
    [InlineData("{" + CSharp + ",\"cells\":[{\"cell_type\":\"code\"}]}", "cell 1 has no source text")]
    [InlineData("{" + CSharp + ",\"cells\":[{\"cell_type\":\"code\",\"source\":[1]}]}", "cell 1 has no source text")]
    [InlineData("{" + CSharp + ",\"cells\":[{\"cell_type\":\"code\",\"source\":[\"int x;\",\"int y;\"]}]}", "cell 1: line 1 of its source has no newline")]
    [InlineData("{" + CSharp + ",\"cells\":[{\"cell_type\":\"code\",\"source\":\"1\",\"metadata\":[]}]}", "cell 1 has metadata that is not an object")]
    [InlineData("{" + CSharp + ",\"cells\":[{\"cell_type\":\"code\",\"source\":\"1\",\"metadata\":\"x\"}]}", "cell 1 has metadata that is not an object")]
    [InlineData("{" + CSharp + ",\"cells\":[{\"cell_type\":\"code\",\"source\":\"1\",\"source\":\"2\"}]}", "is not JSON: ")]
    [InlineData("{" + CSharp + ",\"cells\":[{\"cell_type\":\"code\",\"source\":\"\\ud83d\"}]}", "half a character")]
    [InlineData("{\"cells\":[],\"nbformat\":4,\"metadata\":\"x\"}", "has metadata that is not an object")]
    [InlineData("{\"cells\":[],\"nbformat\":4,\"metadata\":{\"polyglot_notebook\":{\"kernelInfo\":{\"defaultKernelName\":\"fsharp\"}}}}", "kernel is fsharp")]
    public void A_notebook_that_cannot_be_run_is_refused_with_what_is_wrong(string text, string error)
    {
        using var folder = new TestNotebook();
        File.WriteAllText(folder.Path, text);
        var exception = Assert.Throws<NotebookException>(() => NotebookReader.Read(folder.Path));
        Assert.StartsWith(folder.Path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(error, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_encoding_than_UTF_8_is_refused()
    {
        using var folder = new TestNotebook();
        File.WriteAllBytes(folder.Path, [.. "{\"é\""u8, 0xE9]);
        Assert.Contains("is not UTF-8", Assert.Throws<NotebookException>(() => NotebookReader.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"kernelInfo\":{\"defaultKernelName\":\"csharp\"}}")]
    [InlineData("{\"defaultKernelName\":\"csharp\"}")]
    public void A_notebook_without_kernelspec_is_known_by_its_default_kernel(string polyglot) =>
        Assert.Empty(NotebookReader.Parse("/x.ipynb", $"{{\"cells\":[],\"nbformat\":4,\"metadata\":{{\"polyglot_notebook\":{polyglot}}}}}").Cells);

    [Fact]
    public void An_id_that_is_made_up_is_no_other_cells()
    {
        const string Cells = "\"cells\":[{\"cell_type\":\"raw\",\"source\":\"a\",\"id\":\"cell-2\"},{\"cell_type\":\"raw\",\"source\":\"b\"}]";
        string written = NotebookWriter.Write(NotebookReader.Parse("/x.ipynb", "{" + CSharp + "," + Cells + "}"), _ => null);
        string[] ids = [.. NotebookReader.Parse("/x.ipynb", written).Cells.Select(cell => cell.Json["id"]!.ToString())];
        Assert.Equal(2, ids.Distinct().Count());
    }

    [Fact]
    public void A_missing_notebook_is_named() =>
        Assert.Contains("nowhere.ipynb", Assert.Throws<NotebookException>(() => NotebookReader.Read("nowhere.ipynb")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1 + 1", "1 + 1")]
    [InlineData("a\r\nb", "a\nb")]
    public void Source_may_be_one_text(string source, string read)
    {
        using var notebook = new TestNotebook(source);
        Assert.Equal(read, notebook.Save().Cells[0].Source);
    }
}
