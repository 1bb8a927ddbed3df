using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mnist.Runner.Covers;
using Mnist.Runner.Html;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Lessons.Tests;

/// <summary>What makes a notebook of ours: the rules of size, header, footer, rhythm and saved outputs.</summary>
public partial class LessonStructureTests
{
    public static TheoryData<string> Names => Lesson.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void It_has_20_to_40_cells_and_they_are_short(string name)
    {
        Notebook notebook = Lesson.Read(name);
        int optional = notebook.CodeCells.Count(cell => cell.IsInteractive); // charts of packages: extras
        Assert.InRange(notebook.Cells.Count - optional, 20, 40);
        Assert.Empty(notebook.CodeCells.Where(cell => cell.Source.Split('\n').Length > 15).Select(cell => $"cell {cell.Position} has more than 15 lines"));
        Assert.Empty(Lesson.Prose(notebook).Where(cell => Words(cell.Source) > 120).Select(cell => $"cell {cell.Position} has {Words(cell.Source)} words, more than 120"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_starts_with_title_goal_what_to_know_minutes_and_links(string name)
    {
        NotebookCell header = Lesson.Read(name).Cells[0];
        Assert.Equal(CellKind.Markdown, header.Kind);
        Assert.StartsWith("# ", header.Source, StringComparison.Ordinal);
        foreach (string part in new[] { "goal", "need to know", "minutes", "previous", "contents", "next" })
            Assert.Contains(part, header.Source, StringComparison.OrdinalIgnoreCase);
        Assert.Matches(@"\d+ minutes", header.Source);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_ends_with_a_recap_of_three_bullets_exercises_and_what_is_next(string name)
    {
        Notebook notebook = Lesson.Read(name);
        NotebookCell recap = Assert.Single(Lesson.Prose(notebook), cell => Heading("recap").IsMatch(cell.Source));
        Assert.Equal(3, Bullet().Count(recap.Source));
        Assert.Contains(Lesson.Prose(notebook), cell => Heading("exercise").IsMatch(cell.Source));
        Assert.Equal(CellKind.Markdown, notebook.Cells[^1].Kind);
        Assert.Contains("next", notebook.Cells[^1].Source, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_asks_for_at_least_two_predictions(string name) =>
        Assert.InRange(Lesson.Prose(Lesson.Read(name)).Count(cell => Prediction().IsMatch(cell.Source)), 2, 20);

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_links_lead_somewhere(string name)
    {
        IEnumerable<string> links = Lesson.Prose(Lesson.Read(name)).SelectMany(cell => MarkdownToHtml.Links(cell.Source));
        Assert.DoesNotContain(links, link => !link.Contains(':') && !link.StartsWith('#') && !Exists(link.Split('#')[0]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Under_its_title_stands_its_cover_as_new_as_the_saved_outputs(string name)
    {
        Notebook notebook = Lesson.Read(name);
        Cover cover = Cover.Of(notebook) ?? throw new Xunit.Sdk.XunitException("no cell is tagged cover: tag the one whose picture says what the notebook finds");
        string image = Cover.ImageOf(notebook);
        Assert.Contains($"](images/{Path.GetFileName(image)})", notebook.Cells[0].Source, StringComparison.Ordinal);
        byte[] png = File.ReadAllBytes(image);
        Assert.InRange(png.Length, 1, 300_000);
        Assert.True(PngNote.Read(png, CoverImage.Note) == cover.Sha256, $"the image is not that of the saved output: type … -- gallery notebooks/{notebook.FileName}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_names_no_path_of_a_machine(string name)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Notebooks, Lesson.Read(name).FileName));
        Assert.DoesNotContain(Repository.Root, text, StringComparison.Ordinal);
        Assert.DoesNotMatch(MachinePath(), text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_written_as_the_runner_writes_it_with_normal_metadata(string name)
    {
        Notebook notebook = Lesson.Read(name);
        Assert.Equal(NotebookWriter.Write(notebook, _ => null), File.ReadAllText(notebook.Path));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_outputs_keep_to_the_budget_and_the_console_is_quiet(string name)
    {
        Notebook notebook = Lesson.Read(name);
        Assert.InRange(new FileInfo(notebook.Path).Length, 1, 300_000);
        foreach (NotebookCell cell in notebook.CodeCells)
        {
            Assert.True(Encoding.UTF8.GetByteCount(cell.SavedOutputs.ToJsonString()) <= 100_000, $"code cell {cell.Number} shows more than 100 KB");
            int lines = cell.SavedOutputs.Where(output => output!["output_type"]!.ToString() == "stream").Sum(output => output!["text"]!.AsArray().Count);
            Assert.True(lines <= 2, $"code cell {cell.Number} writes {lines} lines to the console, more than 2");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_saved_pictures_are_images_and_nothing_measured_is_hidden(string name)
    {
        foreach (NotebookCell cell in Lesson.Read(name).CodeCells)
        {
            JsonObject[] saved = [.. cell.SavedOutputs.Select(output => output!["data"]).OfType<JsonObject>()];
            Assert.All(saved, data => Assert.True(data.Count == 1 && !(data["text/html"]?.ToJsonString(Readable) ?? "").Contains("<svg", StringComparison.Ordinal), $"code cell {cell.Number} hides a picture in HTML"));
            Assert.All(saved, data => Assert.False(data.ToJsonString(Readable).Contains("=\\\"\\\">…</", StringComparison.Ordinal), $"code cell {cell.Number} hides a measurement"));
        }
    }

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_first_code_cell_loads_the_library_names_its_instruments_and_starts(string name)
    {
        string[] lines = Lesson.Read(name).CodeCells.First().Source.TrimEnd().Split('\n');
        Assert.Equal(["#r \"../lib/Mnist.Lab/bin/Release/net10.0/Mnist.Lab.dll\"", "#r \"../lib/Mnist.Lab/bin/Release/net10.0/Mnist.dll\"", "using Mnist;"], lines[..3]);
        Assert.All(lines[3..^1], line => Assert.Matches(@"^using Mnist\.[\w.]+;$", line));
        Assert.Equal("Lesson.Start()", lines[^1]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_exercise_has_a_check_and_a_folded_solution(string name)
    {
        foreach (ExerciseCells exercise in Lesson.Exercises(Lesson.Read(name)))
        {
            Assert.True(exercise.Check is not null, $"the exercise in code cell {exercise.Stub.Number} has no cell tagged check after it");
            Assert.True(exercise.Solution is not null, $"the exercise in code cell {exercise.Stub.Number} has no <details> with ```csharp after it");
        }
    }

    private static bool Exists(string link)
    {
        string path = Path.GetFullPath(Uri.UnescapeDataString(link), Repository.Notebooks);
        return File.Exists(path) || Directory.Exists(path);
    }

    /// <summary>Words that are read: no code, no formulas, no addresses, no table lines, not what describes a picture.</summary>
    private static int Words(string markdown) => Word().Count(NotRead().Replace(markdown, " "));

    private static Regex Heading(string word) => new($@"^#+ .*{word}", RegexOptions.IgnoreCase | RegexOptions.Multiline);

    [GeneratedRegex(@"^\s*[-*] ", RegexOptions.Multiline)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"\bpredict", RegexOptions.IgnoreCase)]
    private static partial Regex Prediction();

    [GeneratedRegex(@"(?<![\w.~])(/(home|Users|root|tmp|mnt|opt)/|[A-Z]:\\\\)")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"```.*?```|\$\$.*?\$\$|\$[^$\n]*\$|!\[[^\]]*\]|\]\([^)]*\)|<[^>]*>|^\|[^\n]*", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NotRead();

    [GeneratedRegex(@"[\w'’-]+")]
    private static partial Regex Word();
}
