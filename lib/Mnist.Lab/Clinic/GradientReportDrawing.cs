namespace Mnist.Lab.Clinic;

/// <summary>Draws a gradient check: a table of the tensors, and below it where in each layer the errors are.</summary>
internal static class GradientReportDrawing
{
    private const int MostRows = 28;
    private const int MostColumns = 64;
    private const int MostLabels = 8;

    public static IReadOnlyList<IShownAsHtml> Parts(GradientReport report) => report.Passed ? [Table(report)] : [Table(report), Picture(report)];

    private static Table Table(GradientReport report)
    {
        IReadOnlyList<TensorReport> tensors = report.Tensors;
        var table = new Table($"{report.Title}: {(report.Passed ? "every tensor OK" : "WRONG")}")
            .Text("gradient", tensors.Select(tensor => $"d{tensor.Name}\u00A0[{tensor.Rows},\u00A0{tensor.Columns}]"))
            .Text("", tensors.Select(tensor => tensor.Passed ? "✓\u00A0OK" : "✗\u00A0WRONG"))
            .Text("pattern", tensors.Select(tensor => tensor.Pattern.Words))
            .Text("worst relative error", tensors.Select(tensor => $"{Ticks.Scientific(tensor.WorstError, 1)} at\u00A0{tensor.At.Replace(" ", "\u00A0", StringComparison.Ordinal)}"))
            .Number("checked", tensors.Select(tensor => (double)tensor.Checked), "N0");
        for (int i = 0; i < tensors.Count; i++)
            if (!tensors[i].Passed) table = table.Emphasise(i);
        return table.Below(Footer(report));
    }

    /// <summary>What is the same for all tensors: the images, the batch before, the angle.</summary>
    private static string Footer(GradientReport report)
    {
        string images = report.Labels.Count > MostLabels ? $"{report.Labels.Count} images" : $"{report.Labels.Count} images: {string.Join(", ", report.Labels)}";
        string before = report.BatchBefore switch { true => " The batch before it: right.", false => " The batch before it: wrong, too.", null => "" };
        return $"Checked on {images}.{before} {Direction(report)}"
            + (report.Passed ? "" : " Errors are relative to the larger of the two values: 1 when one of them is 0, 2 for the opposite sign.");
    }

    private static string Direction(GradientReport report) =>
        double.IsFinite(report.Angle) ? FormattableString.Invariant($"Angle to the right gradient: {report.Angle:F0}°{(report.Angle < 89.5 ? "" : ", not downhill")}.")
        : report.Tensors.Any(tensor => double.IsInfinity(tensor.WorstError)) ? "A gradient holds what is no number, so it has no direction."
        : "A gradient is all zero, so it has no direction.";

    /// <summary>A panel for each layer with an error; a single one has one title.</summary>
    private static Figure Picture(GradientReport report)
    {
        TensorReport[][] wrong = [.. report.Tensors.Chunk(2).Where(layer => !layer.All(tensor => tensor.Passed))];
        if (wrong is [[var weights, var bias]]) return Layer(wrong[0], $"d{weights.Name}, d{bias.Name} (last row). Blue: too small, orange: too large");
        return Figure.Grid("Blue: too small. Orange: too large. White: right. Last row: the bias", 3,
            [.. wrong.Select(layer => Layer(layer, FormattableString.Invariant($"d{layer[0].Name} and d{layer[1].Name}, up to {Most(layer):0.##}")))]);
    }

    /// <summary>A layer's weights, and the bias as one more row. The full colour is the layer's worst error.</summary>
    private static Figure Layer(TensorReport[] layer, string title) => new Figure(title)
        .Heatmap("error", [.. Shrunk(layer[0]), .. Shrunk(layer[1])], ColorMap.Diverging, -Most(layer), Most(layer), scale: false);

    private static double Most(TensorReport[] layer) => Math.Min(1, layer.Max(tensor => tensor.WorstError));

    /// <summary>The tensor in at most 28 × 64 cells, each the largest error of those it stands for.</summary>
    private static float[][] Shrunk(TensorReport tensor)
    {
        int rows = Math.Min(tensor.Rows, MostRows), columns = Math.Min(tensor.Columns, MostColumns);
        var cells = new float[rows][];
        for (int row = 0; row < rows; row++) cells[row] = new float[columns];
        for (int i = 0; i < tensor.Errors.Count; i++)
        {
            ref float cell = ref cells[i / tensor.Columns * rows / tensor.Rows][i % tensor.Columns * columns / tensor.Columns];
            if (Math.Abs(tensor.Errors[i]) > Math.Abs(cell)) cell = tensor.Errors[i];
        }
        int wide = Math.Max(1, MostColumns / tensor.Columns); // few columns are drawn wide, so that the layers look alike
        return [.. cells.Select(row => row.SelectMany(cell => Enumerable.Repeat(cell, wide)).ToArray())];
    }
}
