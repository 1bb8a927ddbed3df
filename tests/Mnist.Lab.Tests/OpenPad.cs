using Microsoft.Playwright;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>The page of the drawing pad, opened from disk in a browser.</summary>
internal sealed class OpenPad : IAsyncDisposable
{
    private readonly BrowserPage shown;

    private OpenPad(BrowserPage shown, string folder) => (this.shown, Folder) = (shown, folder);

    public IPage Page => shown.Page;

    public string Folder { get; }

    public static async Task<OpenPad> FromDiskAsync(Browser browser, int width = 1100, string theme = "light", bool touch = false)
    {
        BrowserPage shown = await browser.PageAsync(width, theme, touch);
        string folder = Directory.CreateTempSubdirectory("mnist-pad-").FullName, file = Path.Combine(folder, "draw.html");
        await File.WriteAllTextAsync(file, new DrawingPad(PadSamples.Network).ToPage());
        await shown.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return new OpenPad(shown, folder);
    }

    /// <summary>Draws with the mouse.</summary>
    public async Task Draw(Strokes strokes)
    {
        LocatorBoundingBoxResult box = (await Page.Locator(".paper").BoundingBoxAsync())!;
        foreach (string stroke in strokes.ToString().Split("; "))
        {
            int[][] points = [.. stroke.Split(' ').Select(point => point.Split(',').Select(int.Parse).ToArray())];
            await Page.Mouse.MoveAsync(box.X + points[0][0], box.Y + points[0][1]);
            await Page.Mouse.DownAsync();
            foreach (int[] point in points[1..]) await Page.Mouse.MoveAsync(box.X + point[0], box.Y + point[1]);
            await Page.Mouse.UpAsync();
        }
    }

    public async Task<string> Answer()
    {
        await Drawn();
        return await Page.Locator(".answer").InnerTextAsync();
    }

    public async Task<string> Text()
    {
        await Drawn();
        return await Page.Locator(".text").InputValueAsync();
    }

    public async Task<IReadOnlyList<string>> Shares()
    {
        await Drawn();
        return await Page.Locator(".share").AllInnerTextsAsync();
    }

    /// <summary>The ink of the picture that the network gets: [784].</summary>
    public async Task<byte[]> Input() => [.. (await Pixels(".input")).Where((_, i) => i % 4 == 3)];

    /// <summary>Red, green, blue and cover of each pixel of a canvas.</summary>
    public async Task<byte[]> Pixels(string canvas)
    {
        await Drawn();
        int[] values = await Page.Locator(canvas).EvaluateAsync<int[]>("c => Array.from(c.getContext('2d').getImageData(0, 0, c.width, c.height).data)");
        return [.. values.Select(value => (byte)value)];
    }

    /// <summary>No error, no warning (a breach of the content security policy is one), and nothing was asked for but the page.</summary>
    public void MustBeQuiet()
    {
        Assert.Empty(shown.Problems);
        Assert.DoesNotContain(shown.Requests, address => !address.StartsWith("file:", StringComparison.Ordinal) && !address.StartsWith("blob:", StringComparison.Ordinal));
        Assert.Single(shown.Requests, address => address.StartsWith("file:", StringComparison.Ordinal));
    }

    /// <summary>A picture to look at, when MNIST_GALLERY names a folder for it.</summary>
    public async Task SaveScreenshot(string name)
    {
        if (Environment.GetEnvironmentVariable("MNIST_GALLERY") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Finds text with a contrast below 4.5 : 1 (WCAG 2.2, 1.4.3) against the page, and what leaves the screen.</summary>
    public const string Unreadable = """
        () => {
          const channels = color => color.match(/[\d.]+/g).map(Number);
          const light = color => channels(color).slice(0, 3).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const page = getComputedStyle(document.body).backgroundColor, problems = [];
          const root = document.querySelector('.mnist-drawing-pad').lastElementChild.shadowRoot;
          for (const element of root.querySelectorAll('*')) {
            const box = element.getBoundingClientRect();
            if (box.width > 0 && (box.left < -0.5 || box.right > innerWidth + 0.5)) problems.push(`${element.className || element.tagName} leaves the screen`);
            if (![...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim() !== '')) continue;
            const { color, opacity } = getComputedStyle(element), mixed = channels(color).slice(0, 3).map((c, i) => Number(opacity) * c + (1 - opacity) * channels(page)[i]);
            const [dark, bright] = [light(`rgb(${mixed})`), light(page)].sort((a, b) => a - b);
            if ((bright + 0.05) / (dark + 0.05) < 4.5) problems.push(`${element.className || element.tagName}: ${color} on ${page}`);
          }
          return problems;
        }
        """;

    /// <summary>Waits until what was changed is drawn: in the frame after it.</summary>
    private async Task Drawn() => await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))");
}
