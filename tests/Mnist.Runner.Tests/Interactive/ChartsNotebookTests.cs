using Microsoft.Playwright;
using Mnist.Lab.Tests;
using Mnist.Runner.Commands;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests.Interactive;

/// <summary>11 with the real packages: its bare charts in headless Chromium, without a network.</summary>
public sealed class ChartsNotebookTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Its_bare_charts_are_drawn_the_slider_moves_points_and_XPlot_needs_no_network()
    {
        Notebook notebook = NotebookReader.Read(Path.Combine(Repository.Notebooks, "11-your-own-charts.ipynb"));
        NotebookResult result = await NotebookRunner.RunAsync(notebook, RunSettings.Default, stop: TestContext.Current.CancellationToken);
        CellResult[] extras = [.. result.Cells.Where(cell => cell.Cell.IsInteractive)];
        Assert.SkipWhen(extras.Any(cell => cell.Status == CellStatus.Skipped), $"its packages are not to be had here: {extras.FirstOrDefault(cell => cell.Status == CellStatus.Skipped)?.Reason}");
        Assert.True(result.Succeeded, result.Failure is { } failure ? FailureText.Of(notebook, failure) : "");
        using var folder = new TestNotebook();
        _ = new RunOutputs(folder.Folder, page: true, executed: false, inPlace: false, renew: false, [notebook]).Write(result).ToList();

        BrowserPage shown = await browser.PageAsync();
        IPage page = shown.Page;
        await page.GotoAsync(new Uri(Path.Combine(folder.Folder, "11-your-own-charts.html")).AbsoluteUri, new() { WaitUntil = WaitUntilState.Load });
        string[] drawn = await DrawnAsync(page, extras);
        Assert.Equal(["scatter", "surface", "scatter", "scatter3d", "scatter"], drawn);
        Assert.All(shown.Requests, address => Assert.StartsWith("file:", address, StringComparison.Ordinal));

        ILocator clouds = page.Locator("[data-chart]:has(.slider-container)");
        const string Places = "chart => chart.data.map(trace => trace.x.length + ':' + trace.x[0] + ':' + trace.text[0]).join()";
        string before = await clouds.EvaluateAsync<string>(Places);
        await clouds.Locator(".slider-rail-touch-rect").ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult rail = (await clouds.Locator(".slider-rail-touch-rect").BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(rail.X + rail.Width - 12, rail.Y + (rail.Height / 2));
        await page.WaitForFunctionAsync($"before => ({Places})(document.querySelector('[data-chart]:has(.slider-container)')) !== before", before); // the label is there before the points
        Assert.True(await clouds.Locator(".slider-label").Filter(new() { HasText = "after epoch 6" }).CountAsync() > 0, "the label is another step's");
        string after = await clouds.EvaluateAsync<string>(Places);
        Assert.Matches(@"^\d+:[-\d.]+:image \d+: a 0, read as \d", after);
    }

    /// <summary>The kind of chart that each cell has shown, in their order.</summary>
    private static async Task<string[]> DrawnAsync(IPage page, CellResult[] cells)
    {
        var kinds = new List<string>();
        foreach (CellResult cell in cells.Skip(1).Where(cell => cell.Outputs.OfType<DisplayOutput>().Any()))
        {
            ILocator chart = page.Locator($"#cell-{cell.Cell.Number} [data-chart]");
            await chart.Locator(".main-svg").First.WaitForAsync();
            kinds.Add(await chart.EvaluateAsync<string>("chart => chart.data[0].type"));
        }
        return [.. kinds];
    }
}
