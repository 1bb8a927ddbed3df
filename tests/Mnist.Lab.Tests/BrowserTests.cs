using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("light", 1100)]
    [InlineData("dark", 1100)]
    [InlineData("light", 360)]
    [InlineData("dark", 360)]
    public async Task Every_figure_has_size_and_visible_marks_in_a_browser(string theme, int width)
    {
        BrowserPage shown = await browser.PageAsync(width, theme);
        IPage page = shown.Page;

        await page.SetContentAsync(Page(theme), new() { WaitUntil = WaitUntilState.Load });
        JsonElement found = await page.EvaluateAsync<JsonElement>(Script);
        await Save(page, theme, width);

        Assert.Empty(shown.Problems);
        int figures = Gallery.Figures.Values.Sum(figure => figure.Panels.Count);
        Assert.True(found.GetProperty("figures").GetInt32() >= figures);
        Assert.Empty(found.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()));
        Assert.True(found.GetProperty("pageWidth").GetInt32() <= width, "the page is wider than the screen");
    }

    /// <summary>Looks at each figure: size, marks, text that leaves the picture, texts that lie on one another.</summary>
    private const string Script = """
        async () => {
          await Promise.all([...document.querySelectorAll('image')].map(i => { const p = new Image(); p.src = i.getAttribute('href'); return p.decode(); }));
          const problems = [], svgs = [...document.querySelectorAll('svg[role=img]')];
          for (const svg of svgs) {
            const name = svg.closest('section').id + ' / ' + svg.querySelector('title').textContent;
            const box = svg.getBoundingClientRect();
            if (box.width < 100 || box.height < 60) problems.push(name + ' is small: ' + box.width + ' x ' + box.height);
            const marks = [...svg.querySelectorAll('path,image,rect')].filter(m => { const b = m.getBBox(); return b.width > 0 || b.height > 0; });
            if (marks.length === 0) problems.push(name + ' has no marks');
            const texts = [...svg.querySelectorAll('text')].map(t => ({ t: t.textContent, b: t.getBoundingClientRect() }));
            for (const { t, b } of texts)
              if (b.left < box.left - 1.5 || b.right > box.right + 1.5 || b.top < box.top - 1.5 || b.bottom > box.bottom + 1.5) problems.push(name + ': “' + t + '” leaves the picture');
            const scale = box.width / svg.viewBox.baseVal.width;
            for (let i = 0; i < texts.length; i++)
              for (let j = i + 1; j < texts.length && texts.length < 200; j++) {
                const a = texts[i].b, b = texts[j].b;
                const across = Math.min(a.right, b.right) - Math.max(a.left, b.left), down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (across > 1 * scale && down > 5 * scale) problems.push(name + ': “' + texts[i].t + '” lies on “' + texts[j].t + '”');
              }
          }
          return { figures: svgs.length, problems, pageWidth: document.documentElement.scrollWidth };
        }
        """;

    private static string Page(string theme)
    {
        string colors = theme == "dark" ? "background:#1e1e1e;color:#cccccc" : "background:#ffffff;color:#000000";
        var page = new StringBuilder($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Gallery</title></head><body style=\"margin:16px;{colors}\">");
        foreach (var (name, html) in Gallery.All())
            page.Append($"<section id=\"{name}\" style=\"margin-bottom:28px\">{html}</section>");
        return page.Append("</body></html>").ToString();
    }

    /// <summary>Pictures to look at, when MNIST_GALLERY names a folder for them.</summary>
    private static async Task Save(IPage page, string theme, int width)
    {
        if (Environment.GetEnvironmentVariable("MNIST_GALLERY") is not { Length: > 0 } folder) return;
        foreach (IElementHandle section in await page.QuerySelectorAllAsync("section"))
            await section.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{await section.GetAttributeAsync("id")}-{theme}-{width}.png") });
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"page-{theme}-{width}.png"), FullPage = true });
    }
}
