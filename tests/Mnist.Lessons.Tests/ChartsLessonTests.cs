using Mnist.Runner.Notebooks;

namespace Mnist.Lessons.Tests;

/// <summary>11: its exercises, and that its charts are extras.</summary>
public class ChartsLessonTests
{
    internal const string Name = "11-your-own-charts.ipynb";

    internal static readonly WrongAnswer[] Exercises =
    [
        new("    return null;                            // the sum of x * (x · v), scaled to length 1",
            [
                "    return points.Aggregate(new double[64], (sum, x) => sum.Zip(x, (s, one) => s + one * x.Zip(v, (a, b) => a * b).Sum()).ToArray());",
                "    return v;",
                "    return new double[64];",
                "    return v.Select(one => one * 0.9).ToArray();",
            ],
            ["grew without bound", "° off the axis", "nothing is left", "the direction has length"]),
        new("    return -1;                              // the number of the centre nearest to the place",
            [
                "    return Array.IndexOf(centres, centres.MaxBy(c => c.Zip(place, (a, b) => (a - b) * (a - b)).Sum()));",
                "    return Array.IndexOf(centres, centres.MinBy(c => c.Zip(place, (a, b) => b - a).Sum()));",
                "    return Array.IndexOf(centres, centres.MinBy(c => c.Zip(place, (a, b) => a - b).Sum()));",
                "    return Array.IndexOf(centres, centres.MinBy(c => c.Zip(place, (a, b) => Math.Abs(a - b)).Sum()));",
            ],
            ["that is the farthest one", "differences of both signs cancel", "differences of both signs cancel", "measure along the axes"]),
        new("    return null;                            // each column of D, made as long as W's column",
            [
                "    double w = Math.Sqrt(W.ToArray().Sum(x => (double)x * x)), d = Math.Sqrt(D.ToArray().Sum(x => (double)x * x)); return Matrix.FromRows(64, 10, D.ToArray().Select(x => (float)(x * w / d)).ToArray());",
                "    return Matrix.FromRows(64, 10, Enumerable.Range(0, 640).Select(i => (float)(D[i / 10, i % 10] / Math.Sqrt(Enumerable.Range(0, 64).Sum(r => (double)D[r, i % 10] * D[r, i % 10])))).ToArray());",
                "    return Matrix.FromRows(64, 10, Enumerable.Range(0, 640).Select(i => (float)(D[i / 10, i % 10] * Math.Sqrt(Enumerable.Range(0, 64).Sum(r => (double)W[r, i % 10] * W[r, i % 10])))).ToArray());",
            ],
            ["that is one length for all", "each column has length 1", "divide by the length"]),
    ];

    [Fact]
    public Task Its_stubs_are_not_solved_yet() => AnsweredLesson.AsksForAnswersAsync(Name);

    [Fact]
    public Task Typical_wrong_answers_are_told_why() => AnsweredLesson.TellsWhyAsync(Name);

    [Fact]
    public void Every_cell_that_names_a_package_is_an_extra()
    {
        foreach (NotebookCell cell in Lesson.Read(Name).CodeCells)
            Assert.Equal(cell.IsInteractive, cell.Source.StartsWith("// Needs ", StringComparison.Ordinal) || cell.Source.StartsWith("// Optional", StringComparison.Ordinal));
    }
}
