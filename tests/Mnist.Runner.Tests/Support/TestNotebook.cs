using System.Text.Json.Nodes;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Tests.Support;

/// <summary>Writes small notebooks into a folder of their own and runs them.</summary>
internal sealed class TestNotebook : IDisposable
{
    private readonly JsonArray cells = [];

    public TestNotebook(params string[] codeCells)
    {
        Folder = Directory.CreateTempSubdirectory("runner-test-").FullName;
        foreach (string code in codeCells) Code(code);
    }

    public string Folder { get; }

    public string Path => System.IO.Path.Combine(Folder, "lesson.ipynb");

    public TestNotebook Code(string source, params string[] tags)
    {
        cells.Add(new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["metadata"] = new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) },
            ["outputs"] = new JsonArray(),
            ["source"] = source,
        });
        return this;
    }

    public TestNotebook Markdown(string source)
    {
        cells.Add(new JsonObject { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = source });
        return this;
    }

    public TestNotebook File(string name, string content)
    {
        string path = System.IO.Path.Combine(Folder, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return this;
    }

    public Notebook Save()
    {
        var json = new JsonObject
        {
            ["cells"] = cells.DeepClone(),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp", ["language"] = "C#", ["display_name"] = ".NET (C#)" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 2,
        };
        System.IO.File.WriteAllText(Path, JupyterJson.Write(json));
        return NotebookReader.Read(Path);
    }

    public Task<NotebookResult> RunAsync(double seconds = 60) =>
        NotebookRunner.RunAsync(Save(), new RunSettings(TimeSpan.FromSeconds(seconds)), stop: TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Runs code cells and returns the result, which must be a success.</summary>
    public static async Task<NotebookResult> SucceedsAsync(params string[] codeCells)
    {
        using var notebook = new TestNotebook(codeCells);
        NotebookResult result = await notebook.RunAsync();
        Assert.True(result.Succeeded, result.Failure?.Reason);
        return result;
    }

    /// <summary>Runs code cells, the last of which must fail, and returns why.</summary>
    public static async Task<string> FailsAsync(params string[] codeCells)
    {
        using var notebook = new TestNotebook(codeCells);
        NotebookResult result = await notebook.RunAsync();
        Assert.Equal(codeCells.Length, result.Failure?.Cell.Number);
        return result.Failure!.Reason!;
    }
}
