using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

/// <summary><c>export</c> as a process.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly TestNotebook notebook = new();

    public void Dispose() => notebook.Dispose();

    [Fact]
    public async Task The_copy_names_files_so_that_they_are_found_from_its_folder()
    {
        notebook.File("lib/own.dll", "").File("images/a b.png", "").File("other.ipynb", "").Markdown("# A\n[next](other.ipynb#x) [this](lesson.ipynb) [web](https://x.org/a) ![p](images/a%20b.png) `[code](other.ipynb)` [up](#a)")
            .Code("#r \"lib/own.dll\"\n#r \"nuget: A, 1.0\"\nvar s = \"#r \\\"lib/own.dll\\\"\";").Code("#r \"nuget: B, 1.0\"\n#load \"b.cs\"", "interactive").Code("1");
        notebook.Save();
        (int exitCode, string output, string error) = await Export("--out", Path.Combine(notebook.Folder, "out", "verso"));

        Assert.Equal((0, ""), (exitCode, error));
        Notebook copy = NotebookReader.Read(Path.Combine(notebook.Folder, "out", "verso", "lesson.ipynb"));
        Assert.Contains("lesson.ipynb", output, StringComparison.Ordinal);
        Assert.Equal("# A\n[next](../../other.ipynb#x) [this](lesson.ipynb) [web](https://x.org/a) ![p](../../images/a%20b.png) `[code](other.ipynb)` [up](#a)", copy.Cells[0].Source);
        Assert.Equal($"#r \"{notebook.Folder.Replace('\\', '/')}/lib/own.dll\"\n#r \"nuget: A, 1.0\"\nvar s = \"#r \\\"lib/own.dll\\\"\";", copy.Cells[1].Source);
        Assert.Equal(["1"], copy.Cells.Skip(2).Select(cell => cell.Source));
    }

    [Fact]
    public async Task The_lessons_copies_run()
    {
        string folder = Path.Combine(notebook.Folder, "verso");
        (int exitCode, string _, string error) = await RunnerProcess.RunAsync(Repository.Root, "export", "notebooks", "--engine", "verso", "--out", folder);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(NotebookFolder.Notebooks(Repository.Notebooks).Select(Path.GetFileName), NotebookFolder.Notebooks(folder).Select(Path.GetFileName));

        (exitCode, _, error) = await RunnerProcess.RunAsync(folder, "run", "00-start-here.ipynb", "--only", "1-2");
        Assert.Equal((0, ""), (exitCode, error));
    }

    [Fact]
    public async Task What_cannot_be_exported_is_one_line()
    {
        notebook.Code("#r \"../lib/own.dll\"").Save();
        await AssertRefused("needs ../lib/own.dll, which is not built: type dotnet build -c Release first", "--out", Path.Combine(notebook.Folder, "verso"));
        await AssertRefused("would overwrite the notebook lesson.ipynb itself", "--out", notebook.Folder);
        await AssertRefused("jupyter", "--engine", "jupyter", "--out", notebook.Folder);
        await AssertRefused("--out");
        Assert.Empty(Directory.GetFiles(Directory.CreateDirectory(Path.Combine(notebook.Folder, "verso")).FullName));
    }

    private async Task AssertRefused(string expected, params string[] arguments)
    {
        (int exitCode, string _, string error) = await Export(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private Task<(int, string, string)> Export(params string[] arguments) => RunnerProcess.RunAsync(Repository.Root, ["export", notebook.Path, .. arguments]);
}
