using System.Globalization;
using Microsoft.Playwright;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>The drawing pad in a real browser: it can be drawn on, with a mouse, a finger or keys, on any screen.</summary>
public sealed class PadBrowserTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_recorded_seven_drawn_with_the_mouse_is_read_as_a_seven_exactly_as_the_library_reads_it()
    {
        await using var pad = await OpenPad.FromDiskAsync(browser);
        Assert.Contains("Blank paper", await pad.Answer(), StringComparison.Ordinal);
        await pad.Draw(PadSamples.Seven);

        Assert.Equal(PadSamples.Seven.ToString(), await pad.Text());
        foreach (Normalization how in Enum.GetValues<Normalization>())
        {
            await pad.Page.Locator($"input[value={how}]").CheckAsync();
            Assert.Equal(PadSamples.Seven.ToInk().Normalized(how), await pad.Input());
            float[] P = PadSamples.Network.Forward(PadSamples.Seven.ToInk().ToMatrix(how)).Probabilities.ToArray();
            Assert.Equal(P.Select(p => (100 * (double)p).ToString("F1", CultureInfo.InvariantCulture) + " %"), await pad.Shares());
        }
        Assert.StartsWith("It reads 7,", await pad.Answer(), StringComparison.Ordinal);
        pad.MustBeQuiet();
    }

    [Fact]
    public async Task Undo_clear_and_the_pens_width_do_what_they_say()
    {
        await using var pad = await OpenPad.FromDiskAsync(browser);
        await pad.Draw(PadSamples.Seven);
        await pad.Page.Locator(".pen").FillAsync("40");
        Assert.Equal(PadSamples.Seven.ToInk(40).Normalized(Normalization.Centered), await pad.Input());
        await pad.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        Assert.Equal(PadSamples.Seven.ToString().Split(';')[0], await pad.Text());
        await pad.Page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        Assert.Equal("", await pad.Text());
        Assert.All(await pad.Input(), value => Assert.Equal(0, value));
        pad.MustBeQuiet();
    }

    [Fact]
    public async Task Undo_in_the_middle_of_a_stroke_ends_it()
    {
        await using var pad = await OpenPad.FromDiskAsync(browser);
        LocatorBoundingBoxResult box = (await pad.Page.Locator(".paper").BoundingBoxAsync())!;
        await pad.Page.Mouse.MoveAsync(box.X + 50, box.Y + 50);
        await pad.Page.Mouse.DownAsync();
        await pad.Page.Mouse.MoveAsync(box.X + 90, box.Y + 50);
        await pad.Page.Keyboard.PressAsync("Backspace");
        await pad.Page.Mouse.MoveAsync(box.X + 90, box.Y + 90);
        Assert.Equal("", await pad.Text());
        await pad.Page.Keyboard.PressAsync("Space");
        await pad.Page.Mouse.MoveAsync(box.X + 20, box.Y + 90);
        await pad.Page.Mouse.UpAsync();
        Assert.Equal("140,60", await pad.Text());
        pad.MustBeQuiet();
    }

    [Fact]
    public async Task What_it_saves_is_read_back_as_the_same_ink()
    {
        await using var pad = await OpenPad.FromDiskAsync(browser);
        await pad.Draw(PadSamples.Seven);
        IDownload download = await pad.Page.RunAndWaitForDownloadAsync(() => pad.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync());
        Assert.Equal("digit.png", download.SuggestedFilename);
        string file = Path.Combine(pad.Folder, "digit.png");
        await download.SaveAsAsync(file);
        // weak ink is paper to a reader of photos, so the pictures differ at the very edge of strokes
        byte[] expected = PadSamples.Seven.ToInk().Normalized(Normalization.Centered), read = InkFile.Read(file).Normalized(Normalization.Centered);
        Assert.InRange(expected.Zip(read, (a, b) => Math.Abs(a - b)).Average(), 0, 6);
        pad.MustBeQuiet();
    }

    [Fact]
    public async Task It_can_be_used_with_the_keyboard_alone()
    {
        await using var pad = await OpenPad.FromDiskAsync(browser);
        async Task Press(string key, int times = 1)
        {
            for (int i = 0; i < times; i++) await pad.Page.Keyboard.PressAsync(key);
        }

        await Press("Tab"); // the paper is what comes first
        await Press("Space");
        await Press("ArrowDown", 16);
        await Press("Space");
        await Press("ArrowLeft");
        Assert.Equal("140,60 " + string.Join(' ', Enumerable.Range(7, 16).Select(i => $"140,{10 * i}")), await pad.Text());
        Assert.StartsWith("It reads 1,", await pad.Answer(), StringComparison.Ordinal);
        await Press("Space");
        await Press("Shift+ArrowLeft");
        Assert.EndsWith("; 130,220 128,220", await pad.Text(), StringComparison.Ordinal);
        await Press("Backspace", 2);
        Assert.Equal("", await pad.Text());

        await Press("Tab", 5); // undo, clear, save, pen, how
        await Press("ArrowUp");
        Assert.True(await pad.Page.Locator("input[value=Scaled]").IsCheckedAsync());
        await Press("Tab"); // the first layer's neurons
        await Press("ArrowRight");
        await Press("ArrowDown");
        await Assertions.Expect(pad.Page.Locator(".neuron-title")).ToHaveTextAsync("Neuron 17 of the first layer");
        pad.MustBeQuiet();
    }

    [Fact]
    public async Task The_neuron_under_the_pointer_shows_its_weights_times_the_input()
    {
        await using var pad = await OpenPad.FromDiskAsync(browser);
        await pad.Draw(PadSamples.Seven);
        await pad.Page.Locator(".layer canvas").First.HoverAsync(new() { Position = new() { X = (5 * 15) + 7, Y = (2 * 15) + 7 } });
        const int Neuron = (2 * 16) + 5;
        DenseLayer layer = PadSamples.Network.Layers[0];
        Matrix X = PadSamples.Seven.ToInk().ToMatrix(Normalization.Centered);
        double sum = Enumerable.Range(0, 784).Sum(i => (double)X[0, i] * layer.Weights[i, Neuron]), z = sum + layer.Bias[0, Neuron];
        string expected = string.Create(CultureInfo.InvariantCulture, $"sum of weights × input {sum:F2} + bias {layer.Bias[0, Neuron]:F2} = {z:F2}, after the ReLU {Math.Max(0, z):F2}");
        await Assertions.Expect(pad.Page.Locator(".neuron-title")).ToHaveTextAsync($"Neuron {Neuron} of the first layer");
        Assert.Equal(expected, await pad.Page.Locator(".sum").InnerTextAsync());
        // the colours of the products: as strong as they are large, orange above 0 and blue below
        byte[] colors = await pad.Pixels(".products");
        double most = Enumerable.Range(0, 784).Max(i => Math.Abs(X[0, i] * layer.Weights[i, Neuron]));
        for (int i = 0; i < 784; i++)
        {
            double product = X[0, i] * layer.Weights[i, Neuron];
            Assert.InRange(colors[(4 * i) + 3], (255 * Math.Abs(product) / most) - 1, (255 * Math.Abs(product) / most) + 1);
            if (colors[(4 * i) + 3] > 50) Assert.Equal(product > 0, colors[4 * i] > colors[(4 * i) + 2]);
        }
        pad.MustBeQuiet();
    }

    [Theory]
    [InlineData("light", 360)]
    [InlineData("dark", 360)]
    [InlineData("light", 800)]
    [InlineData("light", 1600)]
    [InlineData("dark", 1600)]
    public async Task It_fits_the_screen_and_is_readable(string theme, int width)
    {
        await using var pad = await OpenPad.FromDiskAsync(browser, width, theme);
        await pad.Draw(PadSamples.Seven);
        Assert.StartsWith("It reads 7,", await pad.Answer(), StringComparison.Ordinal);
        await pad.SaveScreenshot($"pad-{theme}-{width}");
        Assert.True(await pad.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "the page is wider than the screen");
        Assert.Empty(await pad.Page.EvaluateAsync<string[]>(OpenPad.Unreadable));
        pad.MustBeQuiet();
    }

    [Fact]
    public async Task A_finger_draws_too()
    {
        await using var pad = await OpenPad.FromDiskAsync(browser, width: 360, touch: true);
        await pad.Page.Locator(".paper").TapAsync(new() { Position = new() { X = 140, Y = 100 } });
        Assert.Equal("140,100", await pad.Text());
        pad.MustBeQuiet();
    }

    [Fact]
    public async Task Two_pads_in_a_notebook_are_each_their_own_and_restyle_nothing()
    {
        BrowserPage shown = await browser.PageAsync();
        IPage page = shown.Page;
        await page.SetContentAsync("<!doctype html><h3 id=\"other\">Another output</h3><div class=\"hint\" id=\"hint\">text</div><div id=\"cells\"></div>");
        string style = await page.EvaluateAsync<string>(Looks);
        for (int cell = 0; cell < 2; cell++)
        {
            // what VS Code and Jupyter do with an output: set it as HTML, then make its scripts anew, for only those run
            await page.EvaluateAsync("""
                html => {
                  const cell = document.getElementById('cells').appendChild(document.createElement('div'));
                  cell.innerHTML = html;
                  for (const old of cell.querySelectorAll('script')) {
                    const script = document.createElement('script');
                    script.type = old.type;
                    script.text = old.text;
                    old.replaceWith(script);
                  }
                }
                """, Show.DrawingPad(PadSamples.Network).ToHtml());
        }
        Assert.Equal(2, await page.Locator(".paper").CountAsync());
        Assert.Equal(0, await page.Locator(".still").CountAsync());
        Assert.Equal(style, await page.EvaluateAsync<string>(Looks));
        await page.Locator(".paper").Nth(1).ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.mnist-drawing-pad')[1].lastElementChild.shadowRoot.querySelector('.text').value !== ''");
        Assert.Equal("", await page.Locator(".text").First.InputValueAsync());
        Assert.Empty(shown.Problems);
    }

    private const string Looks = "() => ['other', 'hint'].map(id => { const s = getComputedStyle(document.getElementById(id)); return [s.font, s.margin, s.opacity].join(); }).join('|')";
}
