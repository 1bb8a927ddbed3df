using Microsoft.Playwright;

namespace Mnist.Lab.Tests;

/// <summary>A headless Chromium that the tests of a class share; where there is none, they are skipped and say so.</summary>
public sealed class Browser : Xunit.IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } path) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
    }

    /// <summary>An empty page.</summary>
    public async Task<BrowserPage> PageAsync(int width = 1100, string theme = "light", bool touch = false)
    {
        Xunit.Assert.SkipWhen(browser is null, "no chromium, chromium-browser or google-chrome is in PATH: install one to see the pages in a browser");
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light, HasTouch = touch });
        return new BrowserPage(page);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    private static string? Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         from name in Names
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();
}

/// <summary>A page, what went wrong on it and what it asked for.</summary>
public sealed class BrowserPage
{
    internal BrowserPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Problems.Add(message.Text);
        };
        page.PageError += (_, error) => Problems.Add(error);
        page.RequestFailed += (_, request) => Problems.Add($"{request.Url}: {request.Failure}");
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, exceptions, and requests that failed.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>The addresses of all requests.</summary>
    public List<string> Requests { get; } = [];
}
