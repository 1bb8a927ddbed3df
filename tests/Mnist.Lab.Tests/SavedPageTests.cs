using System.Globalization;
using System.Xml.Linq;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>What a saved notebook shows where nothing of ours is at hand: pictures as images on any page, HTML without its styles.</summary>
public sealed class SavedPageTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string[] Plain = ["svg", "title", "desc", "g", "rect", "path", "line", "circle", "text", "tspan", "image"];
    private static readonly string[] Blocks = ["div", "table", "caption", "thead", "tbody", "tr", "th", "td", "pre", "details", "summary"];

    private static readonly Lazy<Dictionary<string, IShownAsHtml>> Parts = new(() =>
    {
        IEnumerable<(string Name, object Value)> all =
        [
            .. Gallery.Figures.Select(one => (one.Key, (object)one.Value)), .. MemoryPictures.All.Select(one => (one.Key, (object)one.Value)),
            .. Gallery.Others.Select(one => (one.Key, (object)one.Value)), .. Gallery.LibraryTypes.Select(one => (one.Key, one.Value)),
        ];
        return all.SelectMany(one => Divided(one.Value).Select((part, i) => ($"{one.Name} {i + 1}", part))).ToDictionary(one => one.Item1, one => one.part);
    });

    public static TheoryData<string> Pictures => [.. Parts.Value.Where(part => part.Value is IShownAsSvg).Select(part => part.Key)];

    public static TheoryData<string> Others => [.. Parts.Value.Where(part => part.Value is not IShownAsSvg).Select(part => part.Key)];

    public static TheoryData<string> Tables => [.. Parts.Value.Where(part => part.Value is Table).Select(part => part.Key)];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_picture_that_stands_alone_is_made_of_plain_elements_and_presentation_attributes(string name)
    {
        XElement svg = Saved(name);
        Assert.All(svg.DescendantsAndSelf(), element => Assert.Contains(element.Name.LocalName, Plain));
        XAttribute[] attributes = [.. svg.Descendants().Attributes()];
        Assert.DoesNotContain(attributes, attribute => attribute.Name.LocalName is "style" or "class" or "id" or "clip-path" or "mask" or "filter");
        Assert.DoesNotContain(attributes, attribute => attribute.Value.Contains("currentColor", StringComparison.Ordinal) || attribute.Value.Contains("var(", StringComparison.Ordinal));
        Assert.All(svg.Descendants(Svg + "image"), image => Assert.StartsWith("data:image/png;base64,", image.Attribute("href")!.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void It_brings_its_own_background_and_size(string name)
    {
        XElement svg = Saved(name);
        double[] box = [.. svg.Attribute("viewBox")!.Value.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        XElement card = svg.Elements().First(element => element.Name.LocalName is not ("title" or "desc"));
        Assert.Equal("rect", card.Name.LocalName);
        Assert.Equal(box, ((string[])["x", "y", "width", "height"]).Select(side => (double)card.Attribute(side)!));
        Assert.Equal("#ffffff", card.Attribute("fill")?.Value);
        Assert.Equal((box[2], box[3]), ((double)svg.Attribute("width")!, (double)svg.Attribute("height")!));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Without_styles_a_table_has_its_headers_and_all_its_words(string name)
    {
        var table = (Table)Parts.Value[name];
        XElement html = Stripped(table);
        Assert.Equal(table.Columns.Select(column => column.Title), html.Descendants("th").Select(header => header.Value));
        Assert.All(html.Descendants("th"), header => Assert.Equal("col", header.Attribute("scope")?.Value));
        XElement[] rows = [.. html.Descendants("tbody").Single().Elements("tr")];
        Assert.Equal(table.RowCount, rows.Length);
        for (int row = 0; row < rows.Length; row++)
            Assert.Equal(table.Columns.Select(column => column.Text(row)), rows[row].Elements("td").Select(Words));
        Assert.Equal(table.Title, html.Descendants("caption").SingleOrDefault()?.Value ?? "");
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Without_styles_no_two_words_run_together(string name)
    {
        var texts = new List<(string Text, bool Begins)>();
        Collect(Stripped(Parts.Value[name]), texts);
        for (int i = 1; i < texts.Count; i++)
            Assert.False(!texts[i].Begins && char.IsLetterOrDigit(texts[i - 1].Text[^1]) && char.IsLetterOrDigit(texts[i].Text[0]), $"“{texts[i - 1].Text}” and “{texts[i].Text}” run together");
        Assert.NotEmpty(texts);
    }

    [Fact]
    public void A_bar_is_still_there_without_styles()
    {
        XElement[] cells = [.. Stripped(new Table("t").Text("way", ["slow", "fast"]).Bars("times", [1, 4], "F0")).Descendants("td")];
        Assert.Equal(4, cells[3].Value.Count(letter => letter == '█') / cells[1].Value.Count(letter => letter == '█'));
    }

    private static IEnumerable<IShownAsHtml> Divided(object value) =>
        (value is IShownAsHtml ? new FormatterSource().Parts(value) : new ShownAsHtml().Parts(value)).Cast<IShownAsHtml>();

    private static XElement Saved(string name) => XElement.Parse(((IShownAsSvg)Parts.Value[name]).ToSvg());

    /// <summary>The HTML as a page shows it that takes styles, classes and data away.</summary>
    private static XElement Stripped(IShownAsHtml part)
    {
        XElement html = XElement.Parse($"<div>{part.ToHtml()}</div>", LoadOptions.PreserveWhitespace);
        foreach (XAttribute attribute in html.Descendants().Attributes().Where(one => one.Name.LocalName is "style" or "class" || one.Name.LocalName.StartsWith("data-", StringComparison.Ordinal)).ToArray()) attribute.Remove();
        html.Descendants("style").Remove();
        return html;
    }

    /// <summary>A cell's words, without the bar and what pads them.</summary>
    private static string Words(XElement cell) => string.Concat(cell.DescendantNodes().OfType<XText>().Where(text => text.Parent!.Attribute("aria-hidden") is null).Select(text => text.Value)).Trim(' ', '\u2007');

    /// <summary>The texts in order, and of each whether a block begins before it.</summary>
    private static void Collect(XElement element, List<(string Text, bool Begins)> texts)
    {
        bool begins = Blocks.Contains(element.Name.LocalName);
        foreach (XNode node in element.Nodes())
        {
            if (node is XText { Value.Length: > 0 } text) texts.Add((text.Value, begins));
            begins = node is XElement child && Blocks.Contains(child.Name.LocalName);
            if (node is not XElement inner) continue;
            int before = texts.Count;
            Collect(inner, texts);
            if (begins && texts.Count > before) texts[before] = (texts[before].Text, true);
        }
    }
}
