using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;
using Mnist.Runner.Verification;

namespace Mnist.Runner.Tests;

public partial class SavedOutputTests
{
    private const string Clock = "HTML($\"<p>took <b data-volatile>{DateTime.UtcNow.Ticks}</b> ticks, 3 layers</p>\")";

    [Theory]
    [InlineData("<b data-volatile>12 ms</b>", "<b data-volatile>…</b>")]
    [InlineData("a<td class=\"x\" data-volatile=\"\">1</td>b<td>2</td>", "a<td class=\"x\" data-volatile=\"\">…</td>b<td>2</td>")]
    [InlineData("<g data-volatile><g><g/></g><text>1</text></g><g>kept</g>", "<g data-volatile>…</g><g>kept</g>")]
    [InlineData("<b data-volatile>1</b> and <b data-volatile>2</b>", "<b data-volatile>…</b> and <b data-volatile>…</b>")]
    [InlineData("<text x=\"a>b\" data-volatile>1</text>", "<text x=\"a>b\" data-volatile>…</text>")]
    [InlineData("<rect data-volatile/>kept", "<rect data-volatile/>kept")]
    [InlineData("<b title=\"data-volatile\">kept</b> data-volatile", "<b title=\"data-volatile\">kept</b> data-volatile")]
    [InlineData("<b data-volatile-not>kept</b>", "<b data-volatile-not>kept</b>")]
    [InlineData("<b data-volatile>never closed", "<b data-volatile>…")]
    [InlineData("<b data-volatile>1<B>2</B>3</b>kept", "<b data-volatile>…</b>kept")]
    [InlineData("<b title=data-volatile>kept</b>", "<b title=data-volatile>kept</b>")]
    [InlineData("1 < 2 <b data-volatile>a < b</b> <", "1 < 2 <b data-volatile>…</b> <")]
    [InlineData("kept <b data-volatile", "kept <b data-volatile")]
    [InlineData("<svg><tspan data-volatile=\"\" x='>'>3.2 ms</tspan></svg>", "<svg><tspan data-volatile=\"\" x='>'>…</tspan></svg>")]
    public void The_content_of_volatile_elements_is_masked(string html, string masked)
    {
        Assert.Equal(masked, VolatileParts.Masked(html));
        Assert.Equal(masked, VolatileParts.Masked(masked));
    }

    [Fact]
    public void Masking_takes_time_linear_in_the_length()
    {
        string[] hard = ["<b data-volatile>", "<b data-volatile><b>", "<a \"", "< <", "<b data-volatile x"];
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (string one in hard) VolatileParts.Masked(string.Concat(Enumerable.Repeat(one, 2_000_000 / one.Length)));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"10 million characters took {watch.Elapsed}");
    }

    [Fact]
    public async Task What_was_measured_is_saved_as_it_was_and_refreshing_again_leaves_no_difference()
    {
        using TestNotebook notebook = Measuring();
        string first = SavedOutputs.Refresh(await notebook.RunAsync());
        string second = SavedOutputs.Refresh(await AgainAsync(notebook, first));
        Assert.Equal(first, second);
        Assert.Equal(2, Ticks().Count(first));
        Assert.DoesNotContain(notebook.Folder, first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renewed_outputs_have_the_measurements_of_the_last_run_and_nothing_else_changes()
    {
        using TestNotebook notebook = Measuring();
        string first = SavedOutputs.Refresh(await notebook.RunAsync());
        string renewed = SavedOutputs.Refresh(await AgainAsync(notebook, first), renew: true);
        string[] before = [.. Ticks().Matches(first).Select(match => match.Value)], after = [.. Ticks().Matches(renewed).Select(match => match.Value)];
        Assert.Empty(before.Intersect(after));
        Assert.Equal(Ticks().Replace(first, ""), Ticks().Replace(renewed, ""));
    }

    [Fact]
    public async Task Where_more_than_a_measurement_has_changed_the_whole_cell_is_that_of_the_last_run()
    {
        using var notebook = new TestNotebook(Clock, Clock);
        string first = SavedOutputs.Refresh(await notebook.RunAsync());
        string changed = new Regex("3 layers</p>\"\n").Replace(first, "4 layers</p>\"\n", 1);
        string second = SavedOutputs.Refresh(await AgainAsync(notebook, changed));
        string[] before = [.. Ticks().Matches(first).Select(match => match.Value)], after = [.. Ticks().Matches(second).Select(match => match.Value)];
        Assert.NotEqual(first, changed);
        Assert.DoesNotContain("4 layers</p>\"\n", second, StringComparison.Ordinal);
        Assert.NotEqual(before[0], after[0]);
        Assert.Equal(before[1], after[1]);
    }

    private static TestNotebook Measuring() => new TestNotebook().Markdown("# Ünïcode 😀\n\n\"quotes\" <b>\\</b>")
        .Code("Console.WriteLine(\"a\\nb\"); 1.5")
        .Code(Clock)
        .Code(Clock.Replace(" data-volatile", "", StringComparison.Ordinal), CellTags.Volatile)
        .Code("new Exception(\"shown, not thrown\")")
        .Code("throw new Exception(\"thrown\");", CellTags.RaisesException);

    /// <summary>Runs the notebook as it was saved.</summary>
    private static async Task<NotebookResult> AgainAsync(TestNotebook notebook, string saved)
    {
        await File.WriteAllTextAsync(notebook.Path, saved, TestContext.Current.CancellationToken);
        return await NotebookRunner.RunAsync(NotebookReader.Read(notebook.Path), RunSettings.Default, stop: TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("(?<=took <b[^>]*>)[0-9]+(?=</b> ticks)")]
    private static partial Regex Ticks();

    [Fact]
    public async Task A_refreshed_notebook_is_written_as_VS_Code_and_Jupyter_write_it()
    {
        using var notebook = new TestNotebook().Markdown("# é 😀 <\nnext").Code("Console.Write(\"a\\nb\"); 7", "check");
        Assert.Equal(
            """
            {
             "cells": [
              {
               "cell_type": "markdown",
               "metadata": {},
               "source": [
                "# é 😀 <\n",
                "next"
               ]
              },
              {
               "cell_type": "code",
               "execution_count": 1,
               "metadata": {
                "polyglot_notebook": {
                 "kernelName": "csharp"
                },
                "tags": [
                 "check"
                ]
               },
               "outputs": [
                {
                 "name": "stdout",
                 "output_type": "stream",
                 "text": [
                  "a\n",
                  "b"
                 ]
                },
                {
                 "data": {
                  "text/plain": [
                   "7"
                  ]
                 },
                 "execution_count": 1,
                 "metadata": {},
                 "output_type": "execute_result"
                }
               ],
               "source": [
                "Console.Write(\"a\\nb\"); 7"
               ]
              }
             ],
             "metadata": {
              "kernelspec": {
               "display_name": ".NET (C#)",
               "language": "C#",
               "name": ".net-csharp"
              },
              "language_info": {
               "name": "polyglot-notebook"
              },
              "polyglot_notebook": {
               "kernelInfo": {
                "defaultKernelName": "csharp",
                "items": [
                 {
                  "aliases": [],
                  "name": "csharp"
                 }
                ]
               }
              }
             },
             "nbformat": 4,
             "nbformat_minor": 2
            }

            """.ReplaceLineEndings("\n"),
            SavedOutputs.Refresh(await notebook.RunAsync()));
    }

    [Fact]
    public void Metadata_of_a_machine_is_dropped_what_belongs_to_others_is_kept_and_so_are_ids_where_the_format_has_them()
    {
        const string Messy = """
            {"cells":[{"cell_type":"code","id":"abc","metadata":{"vscode":{"languageId":"csharp"},"dotnet_interactive":{"language":"csharp"},"tags":["check"],"slideshow":{"slide_type":"skip"},"jupyter":{"source_hidden":true}},"outputs":[{"output_type":"execute_result","execution_count":7,"data":{"text/plain":["1"]},"metadata":{}}],"execution_count":null,"source":"1"},
            {"cell_type":"markdown","metadata":{"collapsed":true},"source":"x"}],
            "metadata":{"kernelspec":{"name":".net-csharp"},"authors":["me"],"title":"A lesson","language_info":{"name":"C#","version":"12"}},"nbformat":4,"nbformat_minor":5}
            """;
        string text = NotebookWriter.Write(NotebookReader.Parse("/x.ipynb", Messy), _ => null);
        Assert.Equal(text, NotebookWriter.Write(NotebookReader.Parse("/x.ipynb", text), _ => null));
        JsonObject json = JsonNode.Parse(text)!.AsObject();
        JsonNode expected = JsonNode.Parse("""{"polyglot_notebook":{"kernelName":"csharp"},"tags":["check"],"slideshow":{"slide_type":"skip"},"jupyter":{"source_hidden":true}}""")!;
        Assert.True(JsonNode.DeepEquals(expected, json["cells"]![0]!["metadata"]), json["cells"]![0]!["metadata"]!.ToJsonString());
        Assert.Equal("""{"collapsed":true}""", json["cells"]![1]!["metadata"]!.ToJsonString());
        Assert.Equal(1, (int?)json["cells"]![0]!["outputs"]![0]!["execution_count"]); // the cell's number, whatever it was before
        Assert.Equal(["abc", "cell-2"], json["cells"]!.AsArray().Select(cell => cell!["id"]!.ToString()));
        Assert.Equal(["authors", "kernelspec", "language_info", "polyglot_notebook", "title"], json["metadata"]!.AsObject().Select(item => item.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Cells_that_were_not_run_keep_their_outputs()
    {
        using var notebook = new TestNotebook("1", "2");
        await File.WriteAllTextAsync(notebook.Path, SavedOutputs.Refresh(await notebook.RunAsync()), TestContext.Current.CancellationToken);
        Notebook saved = NotebookReader.Read(notebook.Path);
        var settings = RunSettings.Default with { Only = number => number == 2 };
        NotebookResult result = await NotebookRunner.RunAsync(saved, settings, stop: TestContext.Current.CancellationToken);
        Assert.Single(result.Cells);
        Assert.Equal(await File.ReadAllTextAsync(notebook.Path, TestContext.Current.CancellationToken), SavedOutputs.Refresh(result));
    }
}
