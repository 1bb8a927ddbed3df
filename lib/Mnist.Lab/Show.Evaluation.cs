using System.Globalization;

namespace Mnist.Lab;

/// <content>Accuracy and confusion.</content>
public static partial class Show
{
    private static readonly string[] DigitNames = [.. Enumerable.Range(0, MnistData.Classes).Select(digit => $"{digit}")];

    /// <summary>How often each true digit was read as each digit. Colour grows with the mistakes; what was right stays on the diagonal without colour.</summary>
    /// <param name="evaluation">The answers.</param>
    /// <param name="full">Mistakes of one kind that get the full colour, for two figures in one scale; null: the most that there are.</param>
    public static Figure Confusion(Evaluation evaluation, int? full = null)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        int[,] counts = evaluation.Confusion;
        // coloured by the diagonal, every mistake would be one pale shade: so only mistakes are coloured
        float[][] mistakes = [.. Enumerable.Range(0, MnistData.Classes).Select(row => Enumerable.Range(0, MnistData.Classes).Select(column => row == column ? 0f : counts[row, column]).ToArray())];
        string[][] texts = [.. Enumerable.Range(0, MnistData.Classes).Select(row => Enumerable.Range(0, MnistData.Classes)
            .Select(column => counts[row, column] == 0 ? "·" : counts[row, column].ToString(CultureInfo.InvariantCulture)).ToArray())];
        var worst = Enumerable.Range(0, 100).Where(i => i / 10 != i % 10).MaxBy(i => counts[i / 10, i % 10]);
        return new Figure(FormattableString.Invariant($"What was read as what: {evaluation.Correct:N0} of {evaluation.Count:N0} right"))
            .Heatmap("mistakes", mistakes, ColorMap.Blues, 0, full ?? Math.Max(1, mistakes.SelectMany(row => row).Max()), texts, DigitNames, DigitNames, scale: false)
            .YAxis("true digit").XAxis("read as")
            .Described(string.Create(CultureInfo.InvariantCulture, $"Confusion matrix, ten true digits by ten digits read. The commonest mistake: {worst / 10} read as {worst % 10}, {counts[worst / 10, worst % 10]} times."));
    }

    /// <summary>Which share of each digit's images was read correctly, with the share of all as a line.</summary>
    public static Figure PerDigit(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        double[] places = [.. Enumerable.Range(0, MnistData.Classes).Select(digit => (double)digit)];
        string[] texts = [.. evaluation.PerDigit.Select(share => (share * 100).ToString("F1", CultureInfo.InvariantCulture))];
        return new Figure($"Read correctly: {Percent(evaluation.Accuracy)} of all")
            .Line("all digits", [-0.5, MnistData.Classes - 0.5], [evaluation.Accuracy, evaluation.Accuracy], Palette.Grey, reference: true)
            .Points("each digit", places, evaluation.PerDigit, texts, Palette.Blue)
            .XAxis("true digit", labels: DigitNames).YAxis("images read correctly", percent: true)
            .Aspect(0.4);
    }
}
