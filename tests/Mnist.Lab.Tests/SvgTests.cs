using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Xunit;

namespace Mnist.Lab.Tests;

public sealed class SvgTests
{
    private const int Budget = 100 * 1024;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Figures => [.. Gallery.Figures.Keys];

    public static TheoryData<string> Everything => [.. Gallery.All().Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_figure_is_well_formed_and_tells_a_screen_reader_what_it_shows(string name)
    {
        Figure figure = Gallery.Figures[name];
        XElement svg = XElement.Parse(figure.ToSvg());

        Assert.Equal(Svg + "svg", svg.Name);
        Assert.Equal("img", svg.Attribute("role")?.Value);
        Assert.Equal(figure.Title, svg.Element(Svg + "title")?.Value);
        Assert.True(svg.Element(Svg + "desc")?.Value.Length > 20, svg.Element(Svg + "desc")?.Value);
        Assert.Contains("max-width:100%", svg.Attribute("style")?.Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void What_is_shown_has_no_style_sheet_no_script_and_no_id_that_could_meet_another_output(string name)
    {
        XElement html = XElement.Parse($"<div>{Html(name)}</div>");

        Assert.DoesNotContain(html.Descendants(), element => element.Name.LocalName is "style" or "script");
        Assert.DoesNotContain(html.Descendants().Attributes(), attribute => attribute.Name.LocalName is "id" or "class" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("prefers-color-scheme", Html(name), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void What_is_shown_stays_below_100_KB(string name) => Assert.InRange(Encoding.UTF8.GetByteCount(Html(name)), 1, Budget);

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_figure_is_drawn_the_same_every_time(string name) => Assert.Equal(Gallery.Figures[name].ToHtml(), Gallery.Figures[name].ToHtml());

    [Theory]
    [MemberData(nameof(Figures))]
    public void Text_has_the_pages_own_colour_unless_it_stands_on_a_cell(string name)
    {
        bool onInk = name == "digit values" || name == "heatmap";
        foreach (XElement text in XElement.Parse($"<div>{Gallery.Figures[name].ToHtml()}</div>").Descendants(Svg + "text").Where(_ => !onInk))
            Assert.Equal("currentColor", text.Attribute("fill")?.Value);
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Coordinates_have_at_most_one_decimal(string name)
    {
        foreach (XAttribute place in XElement.Parse(Gallery.Figures[name].ToSvg()).Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "x" or "y" or "width" or "height" or "font-size"))
            Assert.Matches("^-?[0-9]+(\\.[0-9])?$", place.Value);
    }

    [Fact]
    public void A_line_of_a_million_points_is_thinned_but_keeps_its_peaks()
    {
        var values = new double[1_000_000];
        values[400_000] = 50;
        values[700_001] = -30;
        int[] kept = Decimation.Line(values);

        Assert.InRange(kept.Length, 2, 2000);
        Assert.Contains(400_000, kept);
        Assert.Contains(700_001, kept);
        Assert.Equal((0, 999_999), (kept[0], kept[^1]));
        Assert.Equal(kept.Order().Distinct(), kept);
        Assert.InRange(new Figure("long").Line("a", values).ToSvg().Length, 1, Budget);
    }

    [Fact]
    public void Words_from_outside_are_escaped_and_what_XML_cannot_hold_is_left_out()
    {
        var figure = new Figure("a < b & \"c\" \u0001 \ud800 😀").Bars("<b>", ["<script>", "]]>"], [1, 2]).XAxis("x & y").Note(0, 1, "</text>");
        XElement svg = XElement.Parse(figure.ToSvg());

        Assert.Equal("a < b & \"c\"   😀", svg.Element(Svg + "title")?.Value);
        Assert.Contains(svg.Descendants(Svg + "text"), text => text.Value == "<script>");
    }

    [Fact]
    public void Odd_data_draws_and_never_writes_a_number_that_is_none()
    {
        double nan = double.NaN, infinity = double.PositiveInfinity;
        Figure[] odd =
        [
            new Figure("empty"),
            new Figure("no points").Line("a", Array.Empty<double>()),
            new Figure("one point").Line("a", [3.0]),
            new Figure("constant").Line("a", [5.0, 5, 5]),
            new Figure("nothing finite").Line("a", [nan, infinity]),
            new Figure("gaps").Line("a", [1, nan, 2, infinity, 3]),
            new Figure("negative on log").Line("a", [-1, 0, 10, 100]).YAxis("y", log: true),
            new Figure("nothing on log").Line("a", [-1.0, 0]).YAxis("y", log: true),
            new Figure("huge").Line("a", [-1e300, 1e300]),
            new Figure("tiny").Line("a", [1e-300, 2e-300]),
            new Figure("no bars").Bars("a", [], []),
            new Figure("nan bar").Bars("a", ["x", "y"], [nan, 1]),
            new Figure("no values").Histogram("a", Array.Empty<double>()),
            new Figure("one value").Histogram("a", [2.0, 2]),
            new Figure("no rows").Heatmap("a", Array.Empty<float[]>()),
            new Figure("nan cell").Heatmap("a", [[float.NaN, 1f]]),
            new Figure("equal cells").Heatmap("a", [[1f, 1f]]),
            new Figure("no images").Sheet("a", [], 2, 2),
            new Figure("outside").Line("a", [1.0, 1000, 2]).YAxis("y", from: 0, to: 3),
            Figure.Grid("grid of nothing", 3, new Figure("a"), new Figure("b")),
        ];
        foreach (Figure figure in odd)
        {
            string svg = figure.ToSvg();
            Assert.NotNull(XElement.Parse(svg));
            Assert.DoesNotContain("\"NaN", svg, StringComparison.Ordinal);
            Assert.DoesNotContain(XElement.Parse(svg).Descendants(Svg + "path"), path => path.Attribute("d")!.Value.Contains("NaN", StringComparison.Ordinal) || path.Attribute("d")!.Value.Contains('∞'));
        }
    }

    [Fact]
    public void A_cloud_is_thinned_where_it_is_dense_as_where_it_is_not()
    {
        var random = new Random(7);
        double[] normal = [.. Enumerable.Range(0, 5000).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
        double Middle(IEnumerable<double> values) => values.Average(value => Math.Abs(value) < 1 ? 1.0 : 0.0);
        int[] kept = Decimation.Cloud(normal.Length);

        Assert.Equal(Decimation.Most, kept.Length);
        Assert.Equal(kept.Order().Distinct(), kept);
        Assert.Equal(Middle(normal), Middle(kept.Select(i => normal[i])), 0.04);
        Assert.Equal(kept, Decimation.Cloud(normal.Length));
        Assert.Equal(Enumerable.Range(0, 1000), Decimation.Cloud(1000));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(50_000)]
    public void A_gap_in_a_line_stays_a_gap(int length)
    {
        double[] values = [.. Enumerable.Range(0, length).Select(i => i == length / 2 ? double.NaN : Math.Sin(i))];
        string path = XElement.Parse(new Figure("gap").Line("a", values).ToSvg()).Descendants(Svg + "path").Select(drawn => drawn.Attribute("d")!.Value).MaxBy(d => d.Length)!;
        Assert.Equal(2, path.Count(command => command == 'M'));
    }

    [Fact]
    public void Everything_is_written_the_same_in_every_culture()
    {
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", PercentDecimalSeparator = ",", NegativeSign = "~" };
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.All(Gallery.MakeFigures(), figure => Assert.Equal(Gallery.Figures[figure.Key].ToHtml(), figure.Value.ToHtml()));
            Assert.All(Gallery.MakeFigures(), figure => Assert.DoesNotContain('~', figure.Value.ToString()));
            Assert.All(Gallery.MakeOthers().Where(other => !other.Key.StartsWith("x-ray", StringComparison.Ordinal)), other => Assert.Equal(Gallery.Others[other.Key].ToHtml(), other.Value.ToHtml()));
            Assert.All(Gallery.LibraryTypes, type => Assert.Equal(Gallery.All().Single(one => one.Name == type.Key).Html, ShownAsHtml.Render(type.Value)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string Html(string name) => Gallery.All().First(one => one.Name == name).Html;
}
