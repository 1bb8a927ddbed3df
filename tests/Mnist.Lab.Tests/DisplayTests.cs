using System.Collections;
using Xunit;

namespace Mnist.Lab.Tests;

/// <summary>Looks at the types as the engines do: by name.</summary>
public sealed class DisplayTests
{
    public static TheoryData<string> Shown => [.. typeof(Figure).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IShownAsHtml)) && type.IsClass).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Shown))]
    public void Every_type_that_is_shown_carries_the_attribute_that_the_engine_finds_by_name(string typeName)
    {
        Type type = typeof(Figure).Assembly.GetType(typeName)!;
        object attribute = Assert.Single(type.GetCustomAttributes(inherit: true), one => one.GetType().Name == "TypeFormatterSourceAttribute");
        Assert.Equal(["text/html"], (string[])Property(attribute, "PreferredMimeTypes")!);
        Assert.NotNull(type.GetMethod("ToHtml", Type.EmptyTypes));
        Assert.NotEqual(typeof(object), type.GetMethod("ToString", Type.EmptyTypes)!.DeclaringType);
    }

    [Fact]
    public void The_engine_gets_the_HTML_through_names_alone()
    {
        foreach (object value in Gallery.Figures.Values.Cast<object>().Concat(Gallery.Others.Values).Concat(Gallery.LibraryTypes.Values))
        {
            object attribute = value.GetType().GetCustomAttributes(inherit: true).Single(one => one.GetType().Name == "TypeFormatterSourceAttribute");
            object source = Activator.CreateInstance((Type)Property(attribute, "FormatterSourceType")!)!;
            object formatter = Formatters(source).First();
            using var writer = new StringWriter();
            Assert.Equal("text/html", Property(formatter, "MimeType"));
            Assert.Equal(true, formatter.GetType().GetMethod("Format")!.Invoke(formatter, [value, writer]));
            Assert.Equal(value.GetType().GetMethod("ToHtml", Type.EmptyTypes)!.Invoke(value, null), writer.ToString());
            Assert.StartsWith("<", writer.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Who_asks_for_SVG_gets_it_of_pictures_and_of_nothing_else()
    {
        foreach (object value in Gallery.Figures.Values.Cast<object>().Concat(Gallery.Others.Values))
        {
            object formatter = Formatters(new FormatterSource()).Last();
            using var writer = new StringWriter();
            Assert.Equal("image/svg+xml", Property(formatter, "MimeType"));
            Assert.Equal(value is Figure or Diagram, formatter.GetType().GetMethod("Format")!.Invoke(formatter, [value, writer]));
            Assert.Equal((value as IShownAsSvg)?.ToSvg() ?? "", writer.ToString());
        }
    }

    [Fact]
    public void What_is_shown_in_parts_is_those_parts_and_each_picture_stands_alone()
    {
        foreach (IShownAsHtml value in Gallery.Others.Values) Parts(new FormatterSource().Parts(value), value.ToHtml());
        foreach (object value in Gallery.LibraryTypes.Values) Parts(new ShownAsHtml().Parts(value), ShownAsHtml.Render(value));

        static void Parts(IEnumerable<object> parts, string html)
        {
            IShownAsHtml[] shown = [.. parts.Cast<IShownAsHtml>()];
            Assert.Equal(html, string.Concat(shown.Select(part => part.ToHtml())));
            Assert.All(shown, part => Assert.True(part is IShownAsSvg || !part.ToHtml().Contains("<svg", StringComparison.Ordinal), $"{part.GetType().Name} hides a picture in its HTML"));
        }
    }

    [Fact]
    public void The_librarys_types_are_drawn_as_soon_as_this_library_is_loaded()
    {
        Assert.NotNull(ShownAsHtml.Renderer);
        Assert.Contains("<table", new Matrix(2, 2).ToHtml(), StringComparison.Ordinal);
        Assert.Contains("<svg", Samples.Result.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("<svg", Samples.Evaluation.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("✗\u00A0WRONG", Samples.Gradients(right: false).ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", Samples.Gradients(right: true).ToHtml(), StringComparison.Ordinal);
        Assert.Contains("empty", new Matrix(0, 3).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Times_are_marked_so_that_saved_notebooks_can_mask_them()
    {
        Assert.Contains("<span data-volatile=\"\">1.10 s</span>", Samples.Result.ToHtml(), StringComparison.Ordinal);
        string timings = Gallery.Others["timings"].ToHtml();
        string masked = System.Text.RegularExpressions.Regex.Replace(timings, "<span data-volatile=\"\">.*?</span>(</span>)?(?=</td>)", "…");
        Assert.DoesNotContain("310 ns", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("█", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("14.1", masked, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_knows_its_columns_and_writes_them_as_text_too()
    {
        Table table = new Table("t").Text("name", ["a", "bb"]).Number("n", [1.5, double.NaN], "F1").Bars("share", [-1, 2], "F0", full: 4);

        Assert.Equal(2, table.RowCount);
        Assert.Equal("t\nname    n  share\na     1.5     −1\nbb      –      2", table.ToString());
        Assert.Equal(0.25, ((NumberColumn)table.Columns[2]).Share(0));
        Assert.Throws<ArgumentException>(() => table.Text("short", ["x"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Emphasise(2));
    }

    private static IEnumerable<object> Formatters(object source) => ((IEnumerable)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!).Cast<object>();

    private static object? Property(object value, string name) => value.GetType().GetProperty(name)!.GetValue(value);
}
