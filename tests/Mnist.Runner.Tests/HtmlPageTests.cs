using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mnist.Runner.Html;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

public partial class HtmlPageTests
{
    private static async Task<string> PageAsync(TestNotebook notebook) =>
        HtmlPage.Render(await notebook.RunAsync(), new PageSet("nowhere", Directory.GetFiles(notebook.Folder, "*.ipynb")));

    private static async Task<string> RichPageAsync()
    {
        using var notebook = new TestNotebook()
            .Markdown("# The title\n\nA formula $p_k$ and [gone](99-gone.ipynb), [there](01-there.ipynb#part), [web](https://example.org).\n\n## Part & parcel\n\n![dot](dot.png)")
            .Code("// <comment>\nstring s = \"a < b\"; s", CellTags.Exercise)
            .Code("Console.Error.WriteLine(\"careful\"); new[] { 1 }")
            .Code("throw new Exception(\"on purpose\");", CellTags.RaisesException)
            .Markdown("## Part & parcel\n\n$$\nx^2\n$$\n\n<details>\n<summary>Solution</summary>\n\n```csharp\nvar x = 1;\n```\n\n</details>");
        notebook.File("01-there.ipynb", "{}").File("zz-last.ipynb", "{}").File("dot.png", "no real picture");
        return await PageAsync(notebook);
    }

    [Fact]
    public async Task A_page_is_one_file_without_scripts_that_loads_nothing()
    {
        string page = await RichPageAsync();
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.All(Sources().Matches(page), match => Assert.StartsWith("data:", match.Groups[1].Value, StringComparison.Ordinal));
        Assert.Contains("src=\"data:image/png;base64,", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_well_formed_and_its_ids_are_unique()
    {
        string page = await RichPageAsync();
        string body = page[page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf("</html>", StringComparison.Ordinal)];
        XElement tree = XElement.Parse(VoidTags().Replace(body, "$1/>").Replace("&nbsp;", " ", StringComparison.Ordinal));
        string[] ids = [.. tree.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        string[] targets = [.. tree.Descendants("a").Attributes("href").Select(href => href.Value).Where(href => href.StartsWith('#')).Select(href => href[1..])];
        Assert.NotEmpty(targets);
        Assert.All(targets, target => Assert.Contains(target, ids));
    }

    [Fact]
    public async Task The_contents_name_every_heading_and_equal_ones_get_ids_of_their_own()
    {
        string page = await RichPageAsync();
        Assert.Contains("<title>The title</title>", page, StringComparison.Ordinal);
        Assert.Contains("<li class=\"level2\"><a href=\"#part--parcel\">Part &amp; parcel</a></li>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#part--parcel-1\">", page, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"part--parcel-1\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_go_to_pages_that_are_written_and_others_are_no_links()
    {
        string page = await RichPageAsync();
        Assert.Contains("<a href=\"01-there.html#part\">there</a>", page, StringComparison.Ordinal);
        Assert.Contains("and gone,", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.org\">web</a>", page, StringComparison.Ordinal);
        Assert.Contains("<a rel=\"prev\" href=\"01-there.html\">← 01-there</a><a rel=\"next\" href=\"zz-last.html\">zz-last →</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_is_highlighted_and_outputs_and_errors_are_shown()
    {
        string page = await RichPageAsync();
        Assert.Contains("<span class=\"comment\">// &lt;comment&gt;</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"keyword\">string</span> s = <span class=\"string\">&quot;a &lt; b&quot;</span>", page, StringComparison.Ordinal);
        Assert.Contains("<pre class=\"output text\" tabindex=\"0\">a &lt; b</pre>", page, StringComparison.Ordinal);
        Assert.Contains("stderr\" tabindex=\"0\">careful</pre>", page, StringComparison.Ordinal);
        Assert.Contains("System.Exception: on purpose", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"tag\">exercise</span>", page, StringComparison.Ordinal);
        Assert.Contains("<details>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"keyword\">var</span> x = <span class=\"number\">1</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_shows_volatile_values_as_they_were()
    {
        using var notebook = new TestNotebook("HTML(\"<b data-volatile>12.5 ms</b>\")");
        Assert.Contains("<b data-volatile>12.5 ms</b>", await PageAsync(notebook), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var x = new List<int>();", "<span class=\"keyword\">new</span> <span class=\"type\">List</span>&lt;<span class=\"keyword\">int</span>&gt;()")]
    [InlineData("await Task.Delay(1);", "<span class=\"keyword\">await</span> <span class=\"type\">Task</span>.<span class=\"method\">Delay</span>")]
    [InlineData("$\"{x:F2} y\"", "<span class=\"string\"> y</span>")]
    [InlineData("#!time\n1", "#!time")]
    [InlineData("#r \"nuget: A, 1.0\"\nint y;", "<span class=\"directive\">")]
    public void Highlighting_knows_the_kinds_of_words(string code, string html) =>
        Assert.Contains(html, CSharpHighlighter.ToHtml(code), StringComparison.Ordinal);

    [Theory]
    [InlineData("if (x < 3 && y > \"é\") { } // open\n\t  z = $\"{a}b\";\n")]
    [InlineData("this does ( not parse \"at all")]
    [InlineData("#!html\n<b>not C#</b>")]
    public void Highlighting_loses_no_character(string code) =>
        Assert.Equal(code, System.Net.WebUtility.HtmlDecode(Regex.Replace(CSharpHighlighter.ToHtml(code), "</?span[^>]*>", "")));

    [GeneratedRegex("src=\"([^\"]*)\"")]
    private static partial Regex Sources();

    [GeneratedRegex("(<(?:img|br|hr|meta|input)\\b[^>]*?)\\s*/?>")]
    private static partial Regex VoidTags();
}
