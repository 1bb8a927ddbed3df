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
    [InlineData("{" + CSharp + ",\"cells\":[{\"cell_type\":\"code\",\"source\":\"1\",\"metadata\":{\"polyglot_notebook\":{\"kernelName\":\"fsharp\"}}}]}", "cell 1 is written for the kernel fsharp")]
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
