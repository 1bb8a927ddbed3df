using System.Text.Json.Nodes;
using Mnist.Lab.Figures;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests.Interactive;

/// <summary>The adapter of notebooks/plotly.cs: a chart shows the figure's numbers, all of them.</summary>
[Collection(nameof(InteractiveRun))]
public sealed class PlotlyTests(InteractiveRun run)
{
    public static TheoryData<string> Names => [.. FigureSamples.All.Keys];

    [Fact]
    public void The_samples_have_every_kind_of_trace() => Assert.Equal(
        typeof(Trace).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Trace)) && !type.IsAbstract).ToHashSet(),
        FigureSamples.All.Values.SelectMany(figure => figure.Traces).Select(trace => trace.GetType()).ToHashSet());

    [Fact]
    public async Task It_compiles_against_the_signatures_alone_so_that_it_does_not_rot_where_no_package_can_be_had()
    {
        using var notebook = new TestNotebook();
        string signatures = Path.Combine(notebook.Folder, "Plotly.NET.dll");
        InteractiveRun.WriteSignatures(signatures);
        notebook.Code(InteractiveRun.Library).Code($"#r \"{signatures}\"\n{InteractiveRun.Adapter.Replace("PlotlyFigures.Start()", "typeof(PlotlyFigures).Name", StringComparison.Ordinal)}");
        NotebookResult result = await notebook.RunAsync();
        Assert.True(result.Succeeded, result.Failure?.Reason);
        Assert.Equal("PlotlyFigures", result.Cells[1].Value);
        Assert.DoesNotContain(result.Cells[1].Outputs, output => output is StreamOutput); // no warning
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_chart_has_the_numbers_of_its_figure(string name)
    {
        Figure figure = FigureSamples.All[name];
        JsonArray charts = JsonNode.Parse(run.Charts(name))!.AsArray();
        Assert.Equal(figure.Panels.Count, charts.Count);
        foreach ((Panel panel, JsonNode? chart) in figure.Panels.Zip(charts))
        {
            JsonNode layout = chart!["layout"]!;
            Assert.Equal(panel.Notes.Count, panel.IsPicture ? 0 : layout["annotations"]!.AsArray().Count);
            if (!panel.IsPicture) Assert.Equal((panel.X.Log, panel.Y.Log), ((string?)layout["xaxis"]!["type"] == "log", (string?)layout["yaxis"]!["type"] == "log"));
            foreach ((Trace trace, JsonNode? drawn) in panel.Traces.Zip(chart["data"]!.AsArray()))
            {
                Assert.Equal(trace.Name, (string?)drawn!["name"]);
                AssertSame(trace, drawn);
            }
        }
    }

    [Theory]
    [InlineData("long axes", 1, -34)]
    [InlineData("log", 1, -34)]
    public void Ticks_and_the_side_of_a_note_follow_the_ends_of_an_axis_that_are_set(string name, int ticks, int above)
    {
        JsonNode layout = JsonNode.Parse(run.Charts(name))![0]!["layout"]!;
        Assert.Equal($"{ticks}", layout["xaxis"]!["dtick"]!.ToString());
        Assert.Equal(above, (int)layout["annotations"]![0]!["ay"]!); // with room above the words stand there
    }

    [Fact]
    public void The_ends_of_an_axis_are_those_that_are_set_and_the_data_s_where_they_are_not()
    {
        JsonNode layout = JsonNode.Parse(run.Charts("long axes"))![0]!["layout"]!;
        double?[] x = [.. Numbers(layout["xaxis"]!["range"])], y = [.. Numbers(layout["yaxis"]!["range"])];
        Assert.Equal([0, 1], y);
        Assert.Equal(6, x[1]);
        Assert.Equal(-0.06, x[0]!.Value, 1e-9);
    }

    [Fact]
    public void A_page_has_its_svg_first_and_a_saved_notebook_that_alone()
    {
        CellResult lines = run.Result.Cells[2];
        var shown = Assert.IsType<DisplayOutput>(lines.Outputs[0]);
        Assert.Matches("^<div id=\"chart-\\w+\"><div><svg", shown.Content);
        Assert.Equal("image/svg+xml", Assert.Single(shown.Saved).MimeType);
        string page = File.ReadAllText(run.PagePath), saved = File.ReadAllText(Path.ChangeExtension(run.PagePath, ".ipynb"));
        Assert.Contains("<script src=\"plotly.min.js\"></script>", page, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(Path.Combine(Path.GetDirectoryName(run.PagePath)!, "plotly.min.js")).Length, 3_000_000, 5_000_000);
        Assert.DoesNotContain("mnistCharts", saved, StringComparison.Ordinal);
    }

    private static void AssertSame(Trace trace, JsonNode drawn)
    {
        switch (trace)
        {
            case PlaneTrace plane:
                Assert.Equal(plane.X.Select(Gap), Numbers(drawn["x"]));
                Assert.Equal(plane.Y.Select(Gap), Numbers(drawn["y"]));
                break;
            case BarTrace bars:
                Assert.Equal(bars.Values.Select(Gap), Numbers(drawn["y"]));
                Assert.Equal(bars.Labels, drawn["hovertext"]!.AsArray().Select(label => (string?)label));
                break;
            case HistogramTrace histogram:
                Assert.Equal(histogram.Counts.Select(count => (double?)count), Numbers(drawn["y"]));
                Assert.Equal(histogram.Edges[..^1].Select(Gap), Numbers(drawn["x"]));
                break;
            case HeatmapTrace heatmap: Assert.Equal(Rows(heatmap.Values), Rows(drawn["z"])); break;
            case FieldTrace field: Assert.Equal(Rows(field.Values).Reverse(), Rows(drawn["z"])); break;
            case SheetTrace sheet: Assert.Equal(Rows(sheet.Images), Tiles(sheet, drawn)); break;
            default: Assert.Fail($"no check for {trace}"); break;
        }
    }

    /// <summary>The images that the one heatmap of a sheet holds.</summary>
    private static IEnumerable<double?[]> Tiles(SheetTrace sheet, JsonNode drawn)
    {
        double?[][] z = [.. Rows(drawn["z"])];
        (int across, int down) = ((int)drawn["meta"]!["across"]!, (int)drawn["meta"]!["down"]!);
        for (int i = 0; i < sheet.Images.Length; i++)
            yield return [.. Enumerable.Range(0, sheet.ImageRows * sheet.ImageColumns).Select(pixel =>
                z[(i / sheet.PerRow * down) + (pixel / sheet.ImageColumns)][(i % sheet.PerRow * across) + (pixel % sheet.ImageColumns)])];
    }

    private static IEnumerable<double?[]> Rows(float[][] rows) => rows.Select(row => row.Select(value => float.IsFinite(value) ? (double?)double.Parse($"{value:R}", System.Globalization.CultureInfo.InvariantCulture) : null).ToArray());

    private static IEnumerable<double?[]> Rows(JsonNode? rows) => rows!.AsArray().Select(row => Numbers(row).ToArray());

    private static IEnumerable<double?> Numbers(JsonNode? values) => values!.AsArray().Select(value => value is null ? null : (double?)value.GetValue<double>());

    private static double? Gap(double value) => double.IsFinite(value) ? value : null;
}
