using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Mnist.Lab.Tests;

namespace Mnist.Lessons.Tests;

/// <summary>The figures that are saved in the notebooks, drawn by a browser with the fonts of this machine.</summary>
public sealed class SavedFigureTests(Browser browser) : IClassFixture<Browser>
{
    /// <summary>The words that reach over their figure's edge by more than two pixels.</summary>
    private const string Cut = """
        [...document.querySelectorAll('body > svg')].flatMap(figure => {
          const edge = figure.getBoundingClientRect();
          return [...figure.querySelectorAll('text')].filter(words => {
            const box = words.getBoundingClientRect();
            return box.right > edge.right + 2 || box.left < edge.left - 2 || box.bottom > edge.bottom + 2 || box.top < edge.top - 2;
          }).map(words => `${figure.getAttribute('aria-label') ?? figure.querySelector('title')?.textContent}: ${words.textContent}`);
        })
        """;

    public static TheoryData<string> Names => Lesson.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_word_of_a_saved_figure_is_cut_off(string name)
    {
        string[] figures = [.. from cell in Lesson.Read(name).Cells
                               from output in cell.SavedOutputs
                               let picture = output!["data"]?["image/svg+xml"]
                               where picture is not null
                               select picture is JsonArray lines ? string.Concat(lines.Select(line => (string)line!)) : (string)picture!];
        Assert.NotEmpty(figures);
        IPage page = (await browser.PageAsync()).Page;
        try
        {
            await page.SetContentAsync(string.Join("\n<hr>", figures));
            Assert.Equal(figures.Length, await page.Locator("body > svg").CountAsync());
            Assert.Empty(await page.EvaluateAsync<string[]>(Cut));
        }
        finally
        {
            await page.CloseAsync();
        }
    }
}
