using System.Text.Json.Nodes;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Supervision;
using Mnist.Runner.Tests.Support;
using Mnist.Runner.Verification;

namespace Mnist.Runner.Tests;

/// <summary>What is one picture is shown as HTML and saved as SVG, whole objects part by part.</summary>
public class SavedPictureTests
{
    private const string Types = """
        class TypeFormatterSourceAttribute : Attribute { public Type FormatterSourceType => typeof(Source); public string[] PreferredMimeTypes { get; set; } = { "text/html" }; }
        class Source
        {
            public IEnumerable<object> CreateTypeFormatters() => new object[] { new Formatter("text/html"), new Formatter("image/svg+xml") };
            public IEnumerable<object> Parts(object value) => value is Pair ? new object[] { new Picture(), new Words() } : new[] { value };
        }
        class Formatter(string mimeType)
        {
            public string MimeType => mimeType;
            public bool Format(object value, System.IO.TextWriter writer)
            {
                string text = (value, MimeType) switch { (Picture, "image/svg+xml") => "<svg>card</svg>", (Picture, _) => "<svg>page</svg>", (Words, "text/html") => "<p>words</p>", (Pair, "text/html") => "<svg>page</svg><p>words</p>", _ => null };
                if (text != null) writer.Write(text);
                return text != null;
            }
        }
        [TypeFormatterSource] class Picture { }
        [TypeFormatterSource] class Words { }
        [TypeFormatterSource] class Pair { }

        """;

    [Theory]
    [InlineData("new Picture()", "execute_result image/svg+xml <svg>card</svg>")]
    [InlineData("new Words()", "execute_result text/html <p>words</p>")]
    [InlineData("new Pair()", "display_data image/svg+xml <svg>card</svg>", "execute_result text/html <p>words</p>")]
    [InlineData("display(new Pair()); 1", "display_data image/svg+xml <svg>card</svg>", "display_data text/html <p>words</p>", "execute_result text/plain 1")]
    [InlineData("new Picture().Display(\"text/html\"); 1", "display_data text/html <svg>page</svg>", "execute_result text/plain 1")]
    [InlineData("var shown = display(1); shown.Update(new Picture()); 1", "display_data image/svg+xml <svg>card</svg>", "execute_result text/plain 1")]
    public async Task A_picture_is_saved_as_an_image_and_a_whole_in_its_parts(string code, params string[] saved)
    {
        using var notebook = new TestNotebook(Types + code);
        NotebookResult result = await notebook.RunAsync();
        JsonNode outputs = JsonNode.Parse(SavedOutputs.Refresh(result))!["cells"]![0]!["outputs"]!;
        Assert.Equal(saved, outputs.AsArray().Select(Text));
        Assert.DoesNotContain(result.Cells[0].Outputs.OfType<DisplayOutput>(), output => output.Content.Contains("card", StringComparison.Ordinal)); // the page shows the one that fits it
    }

    [Fact]
    public async Task It_comes_whole_from_the_process_that_runs_the_notebook_and_is_the_same_in_a_second_run()
    {
        using var notebook = new TestNotebook(Types + "new Pair()");
        notebook.Save();
        CancellationToken stop = TestContext.Current.CancellationToken;
        string saved = SavedOutputs.Refresh(await NotebookProcess.RunAsync(NotebookReader.Read(notebook.Path), RunSettings.Default, stop: stop));
        await File.WriteAllTextAsync(notebook.Path, saved, stop);
        Assert.Contains("<svg>card</svg>", saved, StringComparison.Ordinal);
        Assert.Empty(OutputComparison.Compare(await NotebookRunner.RunAsync(NotebookReader.Read(notebook.Path), RunSettings.Default, stop: stop)));
    }

    private static string Text(JsonNode? output)
    {
        (string kind, JsonNode? content) = Assert.Single(output!["data"]!.AsObject());
        return $"{output["output_type"]} {kind} {string.Concat(content!.AsArray())}";
    }
}
