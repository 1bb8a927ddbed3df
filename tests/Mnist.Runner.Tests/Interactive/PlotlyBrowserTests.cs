using Microsoft.Playwright;
using Mnist.Lab.Tests;

namespace Mnist.Runner.Tests.Interactive;

/// <summary>plotly.js itself draws the page of a run in headless Chromium, without a network.</summary>
[Collection(nameof(InteractiveRun))]
public sealed class PlotlyBrowserTests(InteractiveRun run, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("light", 1100)]
    [InlineData("dark", 1100)]
    [InlineData("light", 380)]
    public async Task Every_chart_takes_the_place_of_its_picture_in_the_pages_own_colours(string theme, int width)
    {
        BrowserPage shown = await OpenAsync(theme, width);
        IPage page = shown.Page;
        Assert.Empty(shown.Problems);
        Assert.All(shown.Requests, address => Assert.StartsWith("file:", address, StringComparison.Ordinal));
        Assert.Equal(FigureSamples.All.Values.Sum(figure => figure.Panels.Count) + 1, await page.Locator("[data-chart] > .plot-container").CountAsync());
        Assert.Equal(0, await page.Locator("svg[role=img]:visible").CountAsync());
        string ink = await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.output')).color");
        Assert.Equal(ink, await page.Locator(".xtick text").First.EvaluateAsync<string>("tick => getComputedStyle(tick).fill"));
        Assert.Equal(ink, await Chart(page, "table of names").Locator(".heatmap-label text").First.EvaluateAsync<string>("label => getComputedStyle(label).fill")); // on pale cells
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "the page is wider than the screen");
        if (Environment.GetEnvironmentVariable("MNIST_GALLERY") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"plotly-{theme}-{width}.png"), FullPage = true });
    }

    [Theory]
    [InlineData("log", 2, "0.0001, 2e−7")]
    [InlineData("bars", 1, "1: 25.00%")]
    [InlineData("histogram", 0, "1 … 2.7: 3 values")]
    public async Task Who_points_at_a_point_is_told_its_values(string name, int point, string expected)
    {
        IPage page = (await OpenAsync("light", 1100)).Page;
        ILocator chart = Chart(page, name);
        await chart.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult mark = (await chart.Locator("path.point, .point path").Nth(point).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(mark.X + (mark.Width / 2), mark.Y + (mark.Height / 2));
        string told = await chart.Locator(".hoverlayer .hovertext").First.TextContentAsync(new() { Timeout = 5000 }) ?? "";
        Assert.Contains(expected, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_points_at_a_digit_is_told_its_index_what_it_is_and_what_was_read()
    {
        IPage page = (await OpenAsync("light", 1100)).Page;
        ILocator chart = Chart(page, "sheet");
        await chart.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult frame = (await chart.Locator(".shapelayer path").First.BoundingBoxAsync())!; // the frame around the misread one
        await page.Mouse.MoveAsync(frame.X + (frame.Width / 2), frame.Y + (frame.Height / 2));
        string told = await chart.Locator(".hoverlayer .hovertext").First.TextContentAsync(new() { Timeout = 5000 }) ?? "";
        Assert.Contains("image 7: a 4, read as 9", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_plotly_js_the_pictures_stay()
    {
        string text = await File.ReadAllTextAsync(run.Result is not null ? run.PagePath : "", TestContext.Current.CancellationToken);
        IPage page = (await browser.PageAsync()).Page;
        await page.SetContentAsync(text.Replace("<script src=\"plotly.min.js\"></script>", "", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Load });
        Assert.Equal(FigureSamples.All.Values.Sum(figure => figure.Panels.Count), await page.Locator("svg[role=img]:visible").CountAsync());
        Assert.Equal(0, await page.Locator(".plot-container").CountAsync());
    }

    private static ILocator Chart(IPage page, string name) => page.Locator($"#cell-{3 + FigureSamples.All.Keys.ToList().IndexOf(name)} [data-chart]").First;

    private async Task<BrowserPage> OpenAsync(string theme, int width)
    {
        _ = run.Result;
        BrowserPage shown = await browser.PageAsync(width, theme);
        await shown.Page.GotoAsync(new Uri(run.PagePath).AbsoluteUri, new() { WaitUntil = WaitUntilState.Load });
        await shown.Page.WaitForFunctionAsync("[...document.querySelectorAll('[data-chart]')].every(chart => chart.parentElement.closest('[style*=\"height: 0\"],[style*=\"height:0\"]') === null)");
        return shown;
    }
}
