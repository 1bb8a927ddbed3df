using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using static Mnist.Runner.Tests.Support.TestNotebook;

namespace Mnist.Runner.Tests;

public class DisplayTests
{
    private static async Task<DisplayOutput> ShownAsync(string code)
    {
        NotebookResult result = await SucceedsAsync(code);
        return Assert.IsType<DisplayOutput>(result.Cells[0].Outputs[^1]);
    }

    [Theory]
    [InlineData("\"a < b\"", "a < b")]
    [InlineData("0.1", "0.1")]
    [InlineData("1f / 3", "0.33333334")]
    [InlineData("(object)null", "<null>")]
    [InlineData("true", "True")]
    [InlineData("'x'", "x")]
    [InlineData("DayOfWeek.Monday", "Monday")]
    [InlineData("typeof(Dictionary<string, int[]>)", "Dictionary<string, int[]>")]
    [InlineData("new Version(1, 2)", "1.2")]
    public async Task Text_and_numbers_are_plain_text(string code, string text)
    {
        DisplayOutput shown = await ShownAsync(code);
        Assert.Equal(("text/plain", text), (shown.MimeType, shown.Content));
    }

    [Theory]
    [InlineData("new[] { 5, 6 }", "<th>index</th><th>value</th>", ">0</td><td style=\"text-align:right\">5</td>")]
    [InlineData("(1, \"<a>\")", "<th>item</th><th>value</th>", "<td>Item2</td><td>&lt;a&gt;</td>")]
    [InlineData("record P(int A, string B);\nnew P(1, \"x\")", "<th>member</th><th>value</th>", "<td>B</td><td>x</td>")]
    [InlineData("record P(int A, string B);\nnew[] { new P(1, \"x\"), new P(2, \"y\") }", "<th>index</th><th>A</th><th>B</th>", "<td>y</td>")]
    [InlineData("new Dictionary<string, int> { [\"k\"] = 9 }", "<th>key</th><th>value</th>", "<td>k</td><td style=\"text-align:right\">9</td>")]
    [InlineData("new { Name = \"n\", Items = new[] { 1 } }", "<th>member</th>", "<td>Items</td><td><table>")]
    [InlineData("Enumerable.Range(3, 2).Select(n => n * n)", "<th>index</th>", ">16</td>")]
    [InlineData("new[,] { { 1, 2 }, { 3, 4 } }", "<th></th><th>0</th><th>1</th>", ">4</td>")]
    [InlineData("new object[] { 1, null, \"x\" }", "<th>index</th>", "&lt;null&gt;")]
    public async Task Everything_with_parts_is_a_table(string code, string head, string part)
    {
        DisplayOutput shown = await ShownAsync(code);
        Assert.Equal("text/html", shown.MimeType);
        Assert.Contains(head, shown.Content, StringComparison.Ordinal);
        Assert.Contains(part, shown.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_shows_20_items_and_an_endless_one_is_not_run_to_its_end()
    {
        DisplayOutput list = await ShownAsync("Enumerable.Range(0, 100).ToList()");
        Assert.Equal(22, list.Content.Split("<tr>").Length - 1);
        Assert.Contains("… (80 more)", list.Content, StringComparison.Ordinal);
        DisplayOutput endless = await ShownAsync("IEnumerable<int> Endless() { for (int i = 0; ; i++) yield return i; }\nEndless()");
        Assert.Contains("… (more)", endless.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_with_ToHtml_shows_itself_also_inside_a_table()
    {
        const string Type = "class Digit { public string ToHtml() => \"<i>5</i>\"; public override string ToString() => \"five\"; }\n";
        DisplayOutput alone = await ShownAsync(Type + "new Digit()");
        Assert.Equal(("<i>5</i>", "five"), (alone.Content, alone.Summary));
        Assert.Contains("<td><i>5</i></td>", (await ShownAsync(Type + "new[] { new Digit() }")).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_with_the_engines_attribute_shows_itself_and_so_do_derived_types()
    {
        DisplayOutput shown = await ShownAsync("""
            class TypeFormatterSourceAttribute : Attribute
            {
                public TypeFormatterSourceAttribute(Type t) => FormatterSourceType = t;
                public Type FormatterSourceType { get; }
                public string[] PreferredMimeTypes { get; set; }
            }
            class Source { public IEnumerable<object> CreateTypeFormatters() => new object[] { new F("text/plain"), new F("text/html") }; }
            class F
            {
                public F(string mime) => MimeType = mime;
                public string MimeType { get; }
                public bool Format(object value, System.IO.TextWriter writer) { writer.Write($"<u>{MimeType}</u>"); return true; }
            }
            [TypeFormatterSource(typeof(Source), PreferredMimeTypes = new[] { "text/html" })] class Figure { }
            class Sheet : Figure { }
            new Sheet()
            """);
        Assert.Equal(("text/html", "<u>text/html</u>"), (shown.MimeType, shown.Content));
    }

    [Fact]
    public async Task An_exception_while_an_object_shows_itself_fails_the_cell() =>
        Assert.Contains("InvalidOperationException: no picture", await FailsAsync(
            "class Bad { public string ToHtml() => throw new InvalidOperationException(\"no picture\"); }\nnew Bad()"), StringComparison.Ordinal);

    [Fact]
    public async Task A_displayed_value_can_be_updated_in_place()
    {
        NotebookResult result = await SucceedsAsync("var shown = display(1); Console.Write(\"x\"); shown.Update(2);");
        Assert.Equal("2", ((DisplayOutput)result.Cells[0].Outputs[0]).Content);
        Assert.Equal(2, result.Cells[0].Outputs.Count);
    }

    [Fact]
    public async Task Numbers_do_not_depend_on_the_machines_language() =>
        Assert.Equal("1234.5", (await ShownAsync("System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo(\"\") { NumberFormat = { NumberDecimalSeparator = \",\" } };\n1234.5")).Content);
}
