using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

/// <summary>Assemblies that cells reference are loaded from the file they name, once a notebook, with what they need.</summary>
public class ReferencedAssemblyTests
{
    private sealed class Observer : IRunObserver
    {
        public List<string> Heard { get; } = [];

        public void CellStarts(Notebook notebook, NotebookCell cell)
        {
        }

        public void Progress(string text, double fraction) => Heard.Add($"{text} {fraction}");

        public void CellEnded(CellResult result)
        {
        }
    }

    private static string Compile(string folder, string name, string source, params string[] references)
    {
        string path = Path.Combine(folder, $"{name}.dll");
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source)],
            [.. AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!.ToString()!.Split(Path.PathSeparator).Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal)).Concat(references).Select(file => MetadataReference.CreateFromFile(file))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.Emit(path).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return path;
    }

    [Fact]
    public async Task Progress_of_the_library_goes_to_the_observer_and_not_to_the_cell()
    {
        using var notebook = new TestNotebook("#r \"Mnist.Lab.dll\"\nMnist.Lab.Progress.Live.Progress?.Invoke(\"epoch 1\", 0.5);");
        Compile(notebook.Folder, "Mnist.Lab", "namespace Mnist.Lab.Progress; public static class Live { public static System.Action<string, double> Progress { get; set; } }");
        var observer = new Observer();
        NotebookResult result = await NotebookRunner.RunAsync(notebook.Save(), RunSettings.Default, observer, TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.Failure?.Reason);
        Assert.Empty(result.Cells[0].Outputs);
        Assert.Equal(["epoch 1 0.5"], observer.Heard);
    }

    [Fact]
    public async Task What_an_assembly_needs_is_found_beside_it_even_if_the_runner_has_its_own()
    {
        using var notebook = new TestNotebook("#r \"Upper.dll\"\nUpper.Text()");
        string lower = Compile(notebook.Folder, "Mnist", "public static class Lower { public static string Text => typeof(Lower).Assembly.Location; }");
        Compile(notebook.Folder, "Upper", "public static class Upper { public static string Text() => Lower.Text; }", lower);
        NotebookResult result = await notebook.RunAsync();
        Assert.True(result.Succeeded, result.Failure?.Reason);
        Assert.Equal(lower, result.Cells[0].Value);
    }

    [Fact]
    public async Task Static_state_of_a_library_is_fresh_in_each_run()
    {
        using var notebook = new TestNotebook("#r \"Counter.dll\"\n++Counter.Value", "++Counter.Value");
        Compile(notebook.Folder, "Counter", "public static class Counter { public static int Value; }");
        Assert.Equal([1, 2], (await notebook.RunAsync()).Cells.Select(cell => (int)cell.Value!));
        Assert.Equal([1, 2], (await notebook.RunAsync()).Cells.Select(cell => (int)cell.Value!));
    }

    [Fact]
    public async Task Types_of_a_referenced_assembly_are_the_same_in_all_cells()
    {
        using var notebook = new TestNotebook("#r \"Box.dll\"\nvar box = new Box();", "#r \"Box.dll\"\nobject again = box; again is Box");
        Compile(notebook.Folder, "Box", "public class Box { }");
        Assert.Equal(true, (await notebook.RunAsync()).Cells[1].Value);
    }
}
