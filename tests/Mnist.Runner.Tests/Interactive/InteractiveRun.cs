using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mnist.Runner.Commands;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests.Interactive;

/// <summary>The classes that share one run.</summary>
[CollectionDefinition(nameof(InteractiveRun))]
public sealed class InteractiveTests : ICollectionFixture<InteractiveRun>;

/// <summary>One run of a notebook that shows all samples with the real Plotly.NET, and its page; shared by the tests of both classes.</summary>
public sealed class InteractiveRun : IAsyncLifetime
{
    public const string Packages = "#r \"nuget: Plotly.NET, 6.0.0\"\n#r \"nuget: Plotly.NET.CSharp, 0.14.0\"\n";

    private readonly TestNotebook notebook = new();
    private NotebookResult? result;

    /// <summary>The first cell: this library and the samples.</summary>
    public static string Library => $"#r \"{Beside("Mnist.Lab.dll")}\"\n#r \"{Beside("Mnist.dll")}\"\n#r \"{Beside("Mnist.Runner.Tests.dll")}\"\nusing Mnist.Lab.Figures;\nusing Mnist.Runner.Tests.Interactive;";

    /// <summary>The optional cell of the lessons, without the packages.</summary>
    public static string Adapter => $"#load \"{Path.Combine(Repository.Notebooks, "plotly.cs")}\"\nPlotlyFigures.Start()";

    public string PagePath => Path.Combine(notebook.Folder, "out", "lesson.html");

    public async ValueTask InitializeAsync()
    {
        notebook.Code(Library).Code(Packages + Adapter, CellTags.Interactive);
        foreach (string name in FigureSamples.All.Keys)
            notebook.Code($"Figure shown = FigureSamples.All[\"{name}\"];\nshown.Display();\n\"[\" + string.Join(\",\", shown.Panels.Select(panel => Plotly.NET.GenericChart.toFigureJson(PlotlyPanels.Chart(panel)))) + \"]\"", CellTags.Interactive);
        notebook.Code("Plotly.NET.CSharp.Chart.Line<double, double, string>(new double[] { 1, 2 }, new double[] { 3, 4 })", CellTags.Interactive);
        result = await notebook.RunAsync(seconds: 120);
        if (!result.Succeeded) return;
        _ = new RunOutputs(Path.Combine(notebook.Folder, "out"), page: true, executed: true, inPlace: false, renew: false, [result.Notebook]).Write(result).ToList();
    }

    /// <summary>The run; a test is skipped, and says so, where the packages are not to be had.</summary>
    internal NotebookResult Result
    {
        get
        {
            CellResult start = result!.Cells[1];
            Assert.SkipWhen(start.Status == CellStatus.Skipped, $"Plotly.NET is not to be had here, so only its signatures were compiled against: {start.Reason}");
            Assert.True(result.Succeeded, result.Failure is { } failure ? FailureText.Of(result.Notebook, failure) : "");
            return result;
        }
    }

    /// <summary>The charts of a sample, one for each panel, as plotly.js gets them.</summary>
    public string Charts(string name) => Assert.IsType<string>(Result.Cells[2 + FigureSamples.All.Keys.ToList().IndexOf(name)].Value);

    public ValueTask DisposeAsync()
    {
        notebook.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What the adapter uses of the packages, as declarations without content: it compiles where nothing can be restored.</summary>
    public static void WriteSignatures(string path)
    {
        const string Declarations = """
            using System.Collections.Generic;
            namespace DynamicObj { public class DynamicObj { public void SetProperty(string name, object value) => throw null; } }
            namespace Plotly.NET
            {
                public class Trace : DynamicObj.DynamicObj { public Trace(string type) { } }
                public class Layout : DynamicObj.DynamicObj;
                public class GenericChart
                {
                    public static GenericChart ofTraceObject(bool useDefaults, Trace trace) => throw null;
                    public static GenericChart combine(IEnumerable<GenericChart> charts) => throw null;
                    public static GenericChart setLayout(Layout layout, GenericChart chart) => throw null;
                    public static string toFigureJson(GenericChart chart) => throw null;
                }
            }
            """;
        var compilation = CSharpCompilation.Create("Plotly.NET", [CSharpSyntaxTree.ParseText(Declarations)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.True(compilation.Emit(path).Success);
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
