using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed partial class PadTests
{
    [Fact]
    public void A_drawing_is_its_text()
    {
        Assert.Equal("60,60 200,60 120,230; 80,150 180,150", Strokes.Parse(" 60,60  200,60 120,230 ;80,150 180,150; ").ToString());
        Assert.Equal("", Strokes.Parse("").ToString());
        Assert.All(Strokes.Parse("").ToInk().Values.ToArray(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData("60")]
    [InlineData("60,")]
    [InlineData("-1,5")]
    [InlineData("5,281")]
    [InlineData("1.5,2")]
    [InlineData("1,2,3")]
    public void A_point_that_is_none_is_named(string point) =>
        Assert.Contains($"'{point}'", Assert.Throws<FormatException>(() => Strokes.Parse($"1,2 {point}; 3,4")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(6)]
    [InlineData(21)]
    [InlineData(60)]
    public void The_pen_is_round_and_as_wide_as_it_says(int width)
    {
        double Ink(string text) => Strokes.Parse(text).ToInk(width).Values.ToArray().Sum(value => value / 255.0);
        double dot = Math.PI * width * width / 4;
        Assert.InRange(Ink("140,140"), 0.98 * dot, 1.02 * dot + 2);
        Assert.InRange(Ink("90,140 190,140") - Ink("140,140"), 99.5 * width, 100.5 * width);
        Assert.InRange(Ink("100,100 160,180") - Ink("140,140"), 98 * width, 102 * width); // 60, 80 and 100: a right triangle
    }

    [Fact]
    public void What_is_normalized_like_MNIST_is_not_changed_and_what_was_moved_comes_back()
    {
        int back = 0;
        for (int i = 0; i < Samples.Images.Count; i++)
        {
            byte[] image = Samples.Images.Image(i).ToArray();
            Assert.Equal(image, new Ink(28, 28, image).Normalized(Normalization.Centered));
            byte[] moved = PadSamples.Moved(image, (i % 7) - 3, (i % 5) - 2);
            if (moved.Sum(value => value) != image.Sum(value => value)) continue; // lost ink at the edge
            Assert.Equal(image, new Ink(28, 28, moved).Normalized(Normalization.Centered));
            back++;
        }
        Assert.InRange(back, 0.9 * Samples.Images.Count, Samples.Images.Count);
    }

    [Fact]
    public void Raw_keeps_the_whole_picture_and_Scaled_the_box_of_its_ink()
    {
        byte[] image = Samples.Images.Image(3).ToArray();
        Assert.Equal(image, new Ink(28, 28, image).Normalized(Normalization.Raw));

        // a corner's block of 10 × 5 becomes 20 × 10 in the middle
        byte[] corner = [.. Enumerable.Range(0, 50 * 40).Select(i => (byte)(i / 40 >= 40 && i % 40 < 5 ? 200 : 0))];
        byte[] scaled = new Ink(50, 40, corner).Normalized(Normalization.Scaled);
        Assert.Equal([.. Enumerable.Range(0, 784).Select(i => (byte)(i / 28 is >= 4 and < 24 && i % 28 is >= 9 and < 19 ? 200 : 0))], scaled);
        // raw: 50 rows are 28, 40 columns are 22, beside them 3
        byte[] raw = new Ink(50, 40, corner).Normalized(Normalization.Raw);
        Assert.Equal((200, 0, 0), (raw[(27 * 28) + 3], raw[(27 * 28) + 2], raw[(21 * 28) + 3]));
    }

    [Fact]
    public void Centered_puts_the_centre_of_mass_into_the_middle()
    {
        foreach (Ink picture in PadSamples.Noise().Append(PadSamples.Seven.ToInk()))
        {
            byte[] digit = picture.Normalized(Normalization.Centered);
            bool blank = !picture.Values.ContainsAnyExcept((byte)0);
            Assert.Equal(blank, digit.All(value => value == 0));
            if (blank) continue;
            double mass = digit.Sum(value => (double)value);
            (double column, double row) = Normalizer.CenterOfMass(digit, 28);
            Assert.Equal(digit.Index().Sum(one => one.Item * (one.Index / 28)) / mass, row, 1e-9);
            Assert.Equal(digit.Index().Sum(one => one.Item * (one.Index % 28)) / mass, column, 1e-9);
            Assert.InRange(row, 13.5, 14.5);
            Assert.InRange(column, 13.5, 14.5);
        }
        Assert.Equal((double.NaN, double.NaN), Normalizer.CenterOfMass(new byte[6], 3));
        Assert.Equal((1, 0.75), Normalizer.CenterOfMass([0, 50, 0, 0, 150, 0], 3));
        Assert.Equal(new byte[784], new Ink(5, 5, new byte[25]).Normalized(Normalization.Centered));
    }

    [Fact]
    public void A_set_is_normalized_image_by_image()
    {
        ImageSet normalized = Normalizer.Apply(Samples.Images.Take(20), Normalization.Scaled);
        Assert.Equal(Samples.Images.Labels[..20].ToArray(), normalized.Labels.ToArray());
        for (int i = 0; i < 20; i++)
            Assert.Equal(new Ink(28, 28, Samples.Images.Image(i).ToArray()).Normalized(Normalization.Scaled), normalized.Image(i).ToArray());
    }

    [Fact]
    public void A_saved_notebook_keeps_a_still_picture_instead_of_the_pad()
    {
        DrawingPad pad = Show.DrawingPad(Samples.Patterns());
        Assert.StartsWith("<svg", pad.ToSvg(), StringComparison.Ordinal);
        Assert.InRange(pad.ToSvg().Length, 1_000, 20_000);
        Assert.Contains("run the cell to draw your own", pad.ToSvg(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", pad.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pad_takes_networks_of_784_inputs_and_10_outputs_of_any_depth()
    {
        Assert.Contains("784-20-3", Assert.Throws<ArgumentException>(() => Show.DrawingPad(new Network(784, 20, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("400-10", Assert.Throws<ArgumentException>(() => Show.DrawingPad(new Network(400, 10))).Message, StringComparison.Ordinal);
        Assert.Contains("[784,10]", Show.DrawingPad(new Network(784, 10)).ToHtml(), StringComparison.Ordinal);
        Assert.Contains("[784,30,20,12,10]", Show.DrawingPad(new Network(784, 30, 20, 12, 10)).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pad_is_below_650_KB_and_asks_for_nothing_from_elsewhere()
    {
        string page = Show.DrawingPad(Samples.Noise()).ToPage();
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 583_000, 650_000);
        Assert.DoesNotMatch(@"https?:|//cdn|\bsrc=|\bhref=|@import|url\(|eval\(|new Function|innerHTML", page);
    }

    [Fact]
    public void The_security_policy_names_the_pages_own_script_and_style_and_nothing_else()
    {
        string page = Show.DrawingPad(Samples.Noise()).ToPage();
        string policy = Policy().Match(page).Groups[1].Value;
        string Hash(string tag) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Regex.Match(page, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline).Groups[1].Value)));
        Assert.Equal($"default-src 'none'; script-src 'sha256-{Hash("script")}'; style-src 'sha256-{Hash("style")}'; img-src data: blob:; base-uri 'none'; form-action 'none'", policy);
    }

    [Fact]
    public void The_pad_is_the_same_under_every_culture()
    {
        string html = Show.DrawingPad(Samples.Patterns()).ToHtml();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NegativeSign = "−" } };
            Assert.Equal(html, Show.DrawingPad(Samples.Patterns()).ToHtml());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();
}
