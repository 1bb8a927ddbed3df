using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Mnist.Lab;

/// <summary>How the types of the library Mnist, which knows nothing of pictures, look in a notebook.</summary>
internal static class LibraryDisplay
{
    private const int MostCells = 64;
    private const int TableRows = 8;
    private const int TableColumns = 8;

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The ModuleInitializer attribute should not be used in libraries", Justification = "a notebook must not have to call anything for a matrix to look like one")]
    internal static void Connect() => (ShownAsHtml.Renderer, ShownAsHtml.Divider) = (Render, Parts);

    public static string? Render(object value) => Parts(value) is { } parts ? Message.Html(parts) : null;

    /// <summary>What a value is shown as, one below the other; null: it is none of the library's.</summary>
    public static IReadOnlyList<IShownAsHtml>? Parts(object value) => value switch
    {
        Matrix matrix => Of(matrix),
        TrainingResult result => [Show.Training(result), new Caption($"{result.Epochs.Count} epochs, test accuracy {Show.Percent(result.Test.Accuracy)}", FormattableString.Invariant($"{result.TrainSeconds:F2} s"))],
        Evaluation evaluation => [Figure.Grid(FormattableString.Invariant($"{evaluation.Correct:N0} of {evaluation.Count:N0} read correctly"), 2, Show.PerDigit(evaluation), Show.Confusion(evaluation))],
        GradientCheckReport report => [Of(report)],
        IShownAsHtml shown => [shown],
        _ => null,
    };

    /// <summary>A small matrix as numbers; a large one as colours, with its upper left corner as numbers.</summary>
    private static IReadOnlyList<IShownAsHtml> Of(Matrix matrix)
    {
        if (matrix.Rows == 0 || matrix.Columns == 0) return [new Caption($"Matrix [{matrix.Rows}, {matrix.Columns}]: empty")];
        if (matrix.Rows <= TableRows && matrix.Columns <= TableColumns) return [Numbers(matrix, $"Matrix [{matrix.Rows}, {matrix.Columns}]")];
        float[][] part = [.. Enumerable.Range(0, Math.Min(matrix.Rows, MostCells)).Select(row => matrix.Row(row)[..Math.Min(matrix.Columns, 4 * MostCells)].ToArray())];
        bool all = part.Length == matrix.Rows && part[0].Length == matrix.Columns;
        string title = $"Matrix [{matrix.Rows}, {matrix.Columns}]{(all ? "" : $": rows 0–{part.Length - 1}, columns 0–{part[0].Length - 1}")}";
        return [new Figure(title).Heatmap("values", part), Numbers(matrix, "")];
    }

    private static Table Numbers(Matrix matrix, string title)
    {
        int rows = Math.Min(matrix.Rows, TableRows), columns = Math.Min(matrix.Columns, TableColumns);
        var table = new Table(title).Text("", Enumerable.Range(0, rows).Select(row => $"{row}"));
        float[] values = [.. Enumerable.Range(0, rows).SelectMany(row => matrix.Row(row)[..columns].ToArray()).Where(float.IsFinite)];
        string format = Format(values);
        for (int column = 0; column < columns; column++)
            table = table.Number($"{column}", Enumerable.Range(0, rows).Select(row => (double)matrix[row, column]).ToArray(), format);
        return rows == matrix.Rows && columns == matrix.Columns ? table : table.Below($"… the first {rows} rows and {columns} columns");
    }

    /// <summary>Four digits of the largest value, whole numbers without decimals; the points stand below each other.</summary>
    private static string Format(float[] values)
    {
        double largest = values.Length == 0 ? 0 : values.Max(Math.Abs);
        if (largest < 1e6 && values.All(value => value == MathF.Round(value))) return "F0";
        return largest is < 1e-6 or >= 1e6 ? "G4" : $"F{Math.Clamp(3 - (int)Math.Floor(Math.Log10(largest)), 0, 9)}";
    }

    private static Table Of(GradientCheckReport report)
    {
        IReadOnlyList<TensorCheck> tensors = report.Tensors;
        var table = new Table($"Gradient check: {(report.Passed ? "every tensor OK" : "WRONG")}")
            .Text("gradient", tensors.Select(tensor => $"d{tensor.Name}\u00A0[{tensor.Rows},\u00A0{tensor.Columns}]"))
            .Text("", tensors.Select(tensor => report.Passes(tensor) ? "✓\u00A0OK" : "✗\u00A0WRONG"))
            .Text("worst relative error", tensors.Select(tensor => Ticks.Scientific(tensor.RelativeError, 1)))
            .Text("at", tensors.Select(tensor => $"[{tensor.WorstRow},\u00A0{tensor.WorstColumn}]"))
            .Number("back-propagation", tensors.Select(tensor => tensor.Analytic), "G4")
            .Number("numerical", tensors.Select(tensor => tensor.Numerical), "G4")
            .Number("tried", tensors.Select(tensor => (double)tensor.Checked), "N0")
            .Number("at a kink", tensors.Select(tensor => (double)tensor.AtKink), "N0");
        for (int i = 0; i < tensors.Count; i++)
            if (!report.Passes(tensors[i])) table = table.Emphasise(i);
        return table.Below(FormattableString.Invariant($"OK means: the worst relative error is at most {Ticks.Scientific(report.Tolerance, 1)}."));
    }
}
