using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>The drawing pad's JavaScript in a real browser: it computes what the library computes.</summary>
public sealed class PadArithmeticTests(Browser browser) : IClassFixture<Browser>
{
    private static string Digit(IReadOnlyList<double> p) => p.Index().MaxBy(one => one.Item).Index.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task Its_arithmetic_is_the_librarys_within_float_rounding_on_1000_test_images()
    {
        ImageSet images = MnistData.Load().Test.Take(1000);
        ForwardPass pass = PadSamples.Network.Forward(images.ToMatrix(0, 1000));
        JsonElement found = await Call("""
            ({ data, pixels }) => {
              const layers = decodeNetwork(JSON.parse(data)), bytes = Uint8Array.from(atob(pixels), letter => letter.charCodeAt(0)), answers = [];
              for (let i = 0; i < bytes.length; i += 784) {
                const { outputs, probabilities } = forward(layers, toInput(bytes.subarray(i, i + 784)));
                answers.push([...outputs.flatMap(layer => Array.from(layer)), ...probabilities]);
              }
              return answers;
            }
            """, new { data = new DrawingPad(PadSamples.Network).Data(), pixels = Convert.ToBase64String(images.Pixels) });
        double worst = 0, worstP = 0;
        for (int i = 0; i < 1000; i++)
        {
            double[] answer = [.. found[i].EnumerateArray().Select(number => number.GetDouble())];
            float[] expected = [.. pass.Outputs.SelectMany(layer => layer.Row(i).ToArray()), .. pass.Probabilities.Row(i)];
            Assert.Equal(expected.Length, answer.Length);
            double largest = expected.Max(Math.Abs);
            worst = Math.Max(worst, expected.Index().Max(one => Math.Abs(one.Item - answer[one.Index]) / largest));
            worstP = Math.Max(worstP, Enumerable.Range(1, 10).Max(back => Math.Abs(expected[^back] - answer[^back])));
            Assert.Equal(Digit([.. pass.Probabilities.Row(i).ToArray().Select(p => (double)p)]), Digit(answer[^10..]));
        }
        TestContext.Current.SendDiagnosticMessage($"worst difference of an output {worst:E2} of the image's largest, of a probability {worstP:E2}");
        Assert.InRange(worst, 0, 32 * Math.Pow(2, -24));
        Assert.InRange(worstP, 0, 32 * Math.Pow(2, -24));
    }

    [Theory]
    [InlineData(Normalization.Raw)]
    [InlineData(Normalization.Scaled)]
    [InlineData(Normalization.Centered)]
    public async Task It_normalizes_as_the_library_does_to_the_last_bit(Normalization how)
    {
        Ink[] pictures = [.. Enumerable.Range(0, 100).Select(i => new Ink(28, 28, PadSamples.Moved(Samples.Images.Image(i), (i % 7) - 3, (i % 5) - 2))), .. PadSamples.Noise(), PadSamples.Seven.ToInk()];
        JsonElement found = await Call("""
            ({ pictures, how }) => pictures.map(({ rows, columns, ink }) => Array.from(normalize(Uint8Array.from(ink), rows, columns, how)))
            """, new { how = how.ToString(), pictures = pictures.Select(picture => new { rows = picture.Rows, columns = picture.Columns, ink = picture.Values.ToArray().Select(value => (int)value) }) });
        for (int i = 0; i < pictures.Length; i++)
            Assert.Equal(pictures[i].Normalized(how), found[i].EnumerateArray().Select(value => value.GetByte()));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(22)]
    [InlineData(60)]
    public async Task Its_pen_leaves_the_ink_that_the_library_computes_to_the_last_bit(int penWidth)
    {
        const string Drawing = "72,78 96,76 192,74 130,232; 140,140; 0,0 280,280; 5,277 5,277 280,250";
        JsonElement found = await Call("""
            ({ text, width }) => {
              const strokes = text.split('; ').map(stroke => stroke.split(' ').map(point => point.split(',').map(Number)));
              return { ink: Array.from(inkOf(strokes, width)), text: strokesText(strokes) };
            }
            """, new { text = Drawing, width = penWidth });
        Assert.Equal(Strokes.Parse(Drawing).ToInk(penWidth).Values.ToArray(), found.GetProperty("ink").EnumerateArray().Select(value => value.GetByte()));
        Assert.Equal(Drawing, found.GetProperty("text").GetString());
    }

    /// <summary>Calls a function of JavaScript that uses the functions of the pad.</summary>
    private async Task<JsonElement> Call(string function, object argument)
    {
        BrowserPage shown = await browser.PageAsync();
        IPage page = shown.Page;
        await page.AddScriptTagAsync(new() { Content = DrawingPad.Functions });
        JsonElement found = await page.EvaluateAsync<JsonElement>(function, argument);
        Assert.Empty(shown.Problems);
        return found;
    }
}
