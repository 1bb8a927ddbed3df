using System.Text.RegularExpressions;
using Mnist.Runner.Notebooks;
using Mnist.Runner.Tests.Support;

namespace Mnist.Lessons.Tests;

/// <summary>00: the map, the mystery that it does not tell, its exercise.</summary>
public partial class StartLessonTests
{
    internal const string Name = "00-start-here.ipynb";
    private const string Stub = "int? tooFar = null; ";

    private static readonly string[] Chapters =
    [
        "00-start-here", "01-memory-layout", "02-dot-product", "03-matrix-multiply", "04-relu", "05-softmax-and-loss", "06-backprop",
        "07-full-training", "08-speed", "09-kernel-puzzles", "10-your-own-digit", "11-your-own-charts",
    ];

    internal static readonly WrongAnswer[] Exercises = [new(Stub, ["int? tooFar = 2; ", "int? tooFar = 9; "], ["still half of them or more", "that is a smaller one"])];

    [Fact]
    public void The_map_has_every_chapter_and_links_those_that_are_there()
    {
        NotebookCell map = Assert.Single(Lesson.Prose(Lesson.Read(Name)), cell => cell.Source.Contains("## The map", StringComparison.Ordinal));
        Match[] rows = Row().Matches(map.Source).ToArray();
        Assert.Equal(Chapters, rows.Select(row => row.Groups["chapter"].Value));
        Assert.Empty(Repository.NotebookNames.Except(Chapters.Select(chapter => $"{chapter}.ipynb")));
        foreach (Match row in rows.Skip(1))
        {
            string file = $"{row.Groups["chapter"].Value}.ipynb";
            Assert.Equal(Repository.NotebookNames.Contains(file) ? file : "", row.Groups["link"].Value);
        }
    }

    [Fact]
    public void The_mystery_is_not_told()
    {
        Notebook notebook = Lesson.Read(Name);
        NotebookCell bet = Assert.Single(notebook.CodeCells, cell => cell.Source.Contains("Mystery.", StringComparison.Ordinal));
        Assert.Contains("no bet yet: write A or B", bet.SavedOutputs.ToJsonString(), StringComparison.Ordinal);
        string all = string.Join('\n', notebook.Cells.Select(cell => $"{cell.Source}\n{cell.SavedOutputs.ToJsonString()}"));
        Assert.DoesNotMatch(Told(), Pictures().Replace(all, ""));
    }

    [Fact]
    public Task Its_stub_is_not_solved_yet() => AnsweredLesson.AsksForAnswersAsync(Name);

    [Fact]
    public Task Typical_wrong_answers_are_told_why() => AnsweredLesson.TellsWhyAsync(Name);

    [GeneratedRegex(@"^\|\**\[?(?<chapter>\d\d-[\w-]+)\]?\**(\((?<link>[^)]*)\))?\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    /// <summary>The pixels of images, as letters without a meaning.</summary>
    [GeneratedRegex(@"base64,[A-Za-z0-9+/=\\]+")]
    private static partial Regex Pictures();

    /// <summary>Words that would settle the bet: the mistake, its tensor, who is the oracle, or a letter called wrong or right.</summary>
    [GeneratedRegex(@"SwappedSizes|dW3|oracle|AssemblyLosses|\b[AB] is (wrong|right)|It is [AB]\b", RegexOptions.IgnoreCase)]
    private static partial Regex Told();
}
