using System.Text.Json.Nodes;
using Mnist.Runner.Html;
using Mnist.Runner.Html.Formulas;
using Mnist.Runner.Tests.Support;

namespace Mnist.Runner.Tests;

/// <summary>What Markdown may put on a page, and that nothing in it makes the page fail after the cells have run.</summary>
public sealed class PageSafetyTests : IDisposable
{
    private const string Secret = "the secret of this machine";
    private readonly TestNotebook notebook = new();

    public void Dispose() => notebook.Dispose();

    [Theory]
    [InlineData("../secret.png")]
    [InlineData("sub/../../secret.png")]
    [InlineData("%2e%2e/secret.png")]
    [InlineData("link.png")]
    [InlineData("folder/secret.png")]
    [InlineData("ABSOLUTE")]
    [InlineData("secret.txt")] // in the folder, but no picture
    public void Only_pictures_in_the_notebooks_folder_get_onto_the_page(string url)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links may not be made there");
        string lesson = Path.Combine(notebook.Folder, "lessons");
        notebook.File("secret.png", Secret).File("lessons/secret.txt", Secret).File("lessons/own.png", "a picture");
        File.CreateSymbolicLink(Path.Combine(lesson, "link.png"), "../secret.png");
        Directory.CreateSymbolicLink(Path.Combine(lesson, "folder"), "..");
        string html = Convert($"![seen]({url.Replace("ABSOLUTE", Path.Combine(notebook.Folder, "secret.png"), StringComparison.Ordinal)}) ![own](own.png)", lesson);

        Assert.Equal($"<p>seen <img src=\"data:image/png;base64,{Base64("a picture")}\" alt=\"own\" /></p>\n", html);
    }

    [Fact]
    public void A_picture_is_found_where_the_notebooks_folder_is_itself_reached_by_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links may not be made there");
        notebook.File("lessons/pictures/own.png", "a picture");
        Directory.CreateSymbolicLink(Path.Combine(notebook.Folder, "link"), "lessons");
        Assert.Contains(Base64("a picture"), Convert("![own](pictures/own.png)", Path.Combine(notebook.Folder, "link")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<details open ontoggle=alert(1)><summary>x</summary></details>")]
    [InlineData("<img src=x onerror=\"alert(1)\">")]
    [InlineData("text <b onclick=alert(1)>bold</b>")]
    [InlineData("<svg onload=alert(1)><script>alert(1)</script></svg>")]
    [InlineData("<iframe src=\"javascript:alert(1)\"></iframe>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScript&colon;alert(1))")]
    [InlineData("[x](&#1;java&#9;script:alert(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)")]
    [InlineData("[x][1]\n\n[1]: vbscript:alert(1)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("<a href=\"data:text/html,<script>alert(1)</script>\">x</a>")]
    [InlineData("<a href=\" javascript:alert(1)\">x</a>")]
    [InlineData("<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>")]
    [InlineData("<b\nonclick=alert(1)>x</b>")]
    public void Nothing_in_Markdown_acts(string markdown)
    {
        string html = Convert(markdown);
        Assert.DoesNotMatch("(?i)<(script|iframe|style|object|embed)|<[^>]*\\son\\w+\\s*=|(href|src)\\s*=\\s*[\"']?[^\"'>]*(javascript|vbscript|data:text)", html);
    }

    [Fact]
    public void What_lessons_use_passes_also_beside_something_that_does_not()
    {
        const string Lesson = "<details>\n<summary>Why?</summary>\n\nBecause $x^2$ and `a<b`.\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```csharp\nvar x = 1;\n```\n\n</details>\n";
        string plain = Convert(Lesson), beside = Convert($"{Lesson}\n<img src=x onerror=alert(1)>\n");
        foreach (string part in new[] { "<details>", "<summary>Why?</summary>", "<math><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow>", "<code>a&lt;b</code>", "text-align", "<span class=\"keyword\">var</span>", "</details>" })
        {
            Assert.Contains(part, plain, StringComparison.Ordinal);
            Assert.Contains(part, beside, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("onerror", beside, StringComparison.Ordinal);
    }

    [Fact]
    public void Pasted_pictures_are_shown_and_missing_ones_are_their_text()
    {
        JsonObject attachments = JsonNode.Parse("""{"a b.png":{"image/png":["aGVs\n","bG8="]},"page.png":{"text/html":"PGI+"},"bad.png":{"image/png":"\" onerror=x"}}""")!.AsObject();
        string html = Links().Convert("![one](attachment:a%20b.png) ![two](attachment:gone.png) ![three](attachment:page.png) ![four](attachment:bad.png)", attachments);
        Assert.Equal("<p><img src=\"data:image/png;base64,aGVsbG8=\" alt=\"one\" /> two three four</p>\n", html);
    }

    [Fact]
    public async Task A_page_shows_the_pictures_pasted_into_its_cells()
    {
        notebook.Markdown("![pasted](attachment:p.png)");
        string path = notebook.Save().Path;
        JsonNode json = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!;
        json["cells"]![0]!["attachments"] = JsonNode.Parse("""{"p.png":{"image/png":"aGVsbG8="}}""");
        var read = Notebooks.NotebookReader.Parse(path, json.ToJsonString());
        Assert.Contains("src=\"data:image/png;base64,aGVsbG8=\" alt=\"pasted\"", HtmlPage.Render(new Execution.NotebookResult(read, [], TimeSpan.Zero)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("![x](a%00b.png) [y](%00.ipynb)")]
    [InlineData("```csharp\nint x = .Foo;\nvar y = = .Foo\n```")]
    [InlineData("```csharp\n= .Foo\n```")]
    public void Odd_input_makes_no_page_fail(string markdown) => Assert.NotEqual("", Convert(markdown));

    [Theory]
    [InlineData("[", 3_000)]
    [InlineData("![", 3_000)]
    [InlineData("> ", 3_000)]
    [InlineData("- ", 3_000)]
    [InlineData("*a ", 3_000)]
    [InlineData("<div>", 3_000)]
    [InlineData("<b onclick=x>", 500)]
    public void Deep_nesting_makes_no_page_fail(string piece, int times) =>
        Assert.Contains("seen", Convert(string.Concat(Enumerable.Repeat(piece, times)) + "seen"), StringComparison.Ordinal);

    [Theory]
    [InlineData("{", 20_000)]
    [InlineData("\\left(", 20_000)]
    [InlineData("\\begin{matrix}", 20_000)]
    [InlineData("\\hat", 20_000)]
    [InlineData("\\mathbf{+", 2_000)]
    public void Formulas_nested_beyond_reason_are_shown_as_they_are_written(string piece, int times)
    {
        string latex = string.Concat(Enumerable.Repeat(piece, times));
        Assert.Contains("groups in each other", Assert.Single(LatexToMathMl.Unknown(latex), part => part.StartsWith("more than", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(latex, LatexToMathMl.Convert(latex, display: true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_formula_nested_ninety_deep_is_no_exception() =>
        Assert.Empty(LatexToMathMl.Unknown(new string('{', 90) + "x" + new string('}', 90)));

    [Fact]
    public void Links_lead_to_pages_of_this_run_and_to_those_that_are_there()
    {
        notebook.File("out/old.html", "").File("old.ipynb", "").File("run.ipynb", "").File("never.ipynb", "");
        var pages = new PageSet(Path.Combine(notebook.Folder, "out"), [Path.Combine(notebook.Folder, "run.ipynb")]);
        string html = new MarkdownToHtml(new PageLinks(notebook.Folder, pages)).Convert("[a](old.ipynb#part) [b](run.ipynb) [c](never.ipynb) [d](sub/../run.ipynb)");
        Assert.Equal("<p><a href=\"old.html#part\">a</a> <a href=\"run.html\">b</a> c <a href=\"run.html\">d</a></p>\n", html);
    }

    private static string Base64(string text) => System.Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    private MarkdownToHtml Links(string? folder = null) => new(new PageLinks(folder ?? notebook.Folder, PageSet.None));

    private string Convert(string markdown, string? folder = null) => Links(folder).Convert(markdown);
}
