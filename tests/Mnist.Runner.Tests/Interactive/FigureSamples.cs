using Mnist.Lab.Colors;
using Mnist.Lab.Figures;

namespace Mnist.Runner.Tests.Interactive;

/// <summary>One figure of each kind, for the tests and, as a referenced assembly, for the cells that they run.</summary>
public static class FigureSamples
{
    public static IReadOnlyDictionary<string, Figure> All { get; } = new Dictionary<string, Figure>
    {
        ["lines"] = new Figure("Two runs").Line("rate 0.01", [1.7, 0.52, double.NaN, 0.32, 0.28]).Line("noise", [1, 0.1, 0.9, 0.2, 0.8], faint: true)
            .Line("oracle", [1.5, 0.6, 0.4], reference: true).XAxis("epoch").YAxis("loss", from: 0),
        ["log"] = new Figure("Error by step").Line("W1", [1e-8, 1e-6, 1e-4, 1e-2], [3e-2, 4e-4, 2e-7, 2e-3]).XAxis("step", log: true).YAxis("error", log: true, from: 1e-8, to: 1).Note(1e-4, 2e-7, "the best step lies here, between rounding and curvature"),
        ["long axes"] = new Figure("Axes longer than their data").Line("a", [1, 10], [0.1, 0.2]).XAxis("step", log: true, to: 1e6).YAxis("share", from: 0, to: 1).Note(10, 0.2, "the topmost point, with room above"),
        ["points"] = new Figure("Speed").Points("one thread", [1, 2, 4], [1, 1.7, 2.6], ["a", "b", "c"]).Points("two threads", [1, 2, 4], [0.6, 1.1, 2.5]).XAxis("batch"),
        ["bytes"] = new Figure("Bandwidth").Line("read", [4096, 65536, 16777216], [200, 100, 10]).XAxis("block", log: true, bytes: true),
        ["bars"] = new Figure("Shares").Bars("right", ["0", "1", "1"], [0.5, 0.25, 1], "P0").Bars("wrong", ["0", "1", "1"], [-0.5, 0.125, 0.1]).YAxis("share", percent: true),
        ["histogram"] = new Figure("Values").Histogram("Z1", [1, 2, 2, 3, 3, 3, 9.5], bins: 5).XAxis("value"),
        ["heatmap"] = new Figure("A matrix").Heatmap("X", [[1f, -2.5f, float.NaN], [0, 0.125f, 3]]),
        ["table of names"] = new Figure("Confusion").Heatmap("mistakes", [[0f, 3], [4, 0]], ColorMap.Blues, 0, 4, [["90", "3"], ["4", "80"]], ["four", "nine"], ["four", "nine"], scale: false).YAxis("true digit").XAxis("read as"),
        ["field"] = new Figure("A field").Field("answer", [[-1f, 0, 1], [0, 0.5f, 1]], 0, 3, 0, 2, ColorMap.Diverging, -2, 2).Points("below", [0.5, 1], [0.5, 1]),
        ["sheet"] = new Figure("Images").Sheet("digits", [[0, 0.5f, 1, 0, 0, 1], [1, 1, 0, 0, 0.25f, 0], [0, 0, 0, 1, 1, 1]], 3, 2, perRow: 2, captions: ["5", "4→9", "1"], marked: [false, true, false],
            tips: ["image 0: a 5, read as 5 ✓", "image 7: a 4, read as 9 ✗", "image 8: a 1, read as 1 ✓"]),
        ["grid"] = Figure.Grid("Two", 2, new Figure("Left").Line("a", [1.0, 2, 3]), new Figure("Right").Bars("b", ["x"], [2])),
        ["nothing"] = new Figure("No data yet"),
    };
}
