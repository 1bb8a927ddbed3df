using System.Globalization;

namespace Mnist.Lab.Checks;

/// <summary>Predict, then run: scores what you expected against what came out.</summary>
public static class Predict
{
    /// <summary>Scores a number.</summary>
    /// <param name="question">What was to be predicted.</param>
    /// <param name="predicted">Your prediction; null: you have not made one yet.</param>
    /// <param name="actual">What came out.</param>
    /// <param name="unit">Unit of both, e.g. "%"; may be empty.</param>
    /// <param name="isVolatile">True when what came out differs from run to run, like a time.</param>
    /// <param name="mistakes">What a typical mistake gives, and what that mistake is.</param>
    public static PredictionScore Number(string question, double? predicted, double actual, string unit = "", bool isVolatile = false, params (double Gives, string Why)[] mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        string after = unit.Length == 0 ? "" : $" {unit}";
        string came = (isVolatile ? Spread.Text(actual) : actual.ToString("#,0.####", CultureInfo.InvariantCulture)) + after;
        if (predicted is not { } guess || double.IsNaN(guess)) return new PredictionScore(question, "", came, Verdict(null), false, isVolatile);
        double off = Math.Abs(guess - actual) / Math.Max(Math.Abs(actual), 1e-12);
        double factor = guess > 0 && actual > 0 ? Math.Max(guess / actual, actual / guess) : double.PositiveInfinity;
        string? why = mistakes.Where(mistake => Math.Abs(mistake.Gives - guess) <= 1e-6).Select(mistake => mistake.Why).FirstOrDefault();
        string verdict = off <= 1e-9 ? "exactly right"
            : why is not null ? $"not this time: {why}"
            : unit == "%" && guess is > 0 and < 1 && Math.Abs((100 * guess) - actual) <= 0.25 * actual ? FormattableString.Invariant($"write it in percent: {100 * guess:0.##}, not {guess}")
            : off <= 0.05 ? isVolatile ? "within 5 %: you know this machine" : "within 5 %"
            : off <= 0.25 ? "close, within a quarter"
            : factor <= 3 ? FormattableString.Invariant($"the right order of magnitude, off by a factor of {factor:F1}")
            : double.IsFinite(factor) ? FormattableString.Invariant($"far off, by a factor of {factor:#,0.#}: worth finding out why")
            : "far off: worth finding out why";
        return new PredictionScore(question, guess.ToString("#,0.####", CultureInfo.InvariantCulture) + after, came, verdict, off <= 0.25 && why is null, isVolatile);
    }

    /// <summary>Scores a choice, e.g. which of two is faster. Capitals and spaces do not count, and x or * is as good as ×.</summary>
    /// <param name="question">What was to be predicted.</param>
    /// <param name="predicted">Your prediction; null or empty: you have not made one yet.</param>
    /// <param name="actual">What came out.</param>
    /// <param name="isVolatile">True when what came out differs from run to run.</param>
    public static PredictionScore Choice(string question, string? predicted, string actual, bool isVolatile = false) =>
        Choice(question, predicted, [actual], isVolatile);

    /// <summary>Scores a choice with several right answers: those that came out alike, such as two that are equally fast.</summary>
    /// <param name="question">What was to be predicted.</param>
    /// <param name="predicted">Your prediction; null or empty: you have not made one yet.</param>
    /// <param name="actual">What came out, the best first.</param>
    /// <param name="isVolatile">True when what came out differs from run to run.</param>
    /// <exception cref="ArgumentException">Nothing came out.</exception>
    public static PredictionScore Choice(string question, string? predicted, IReadOnlyCollection<string> actual, bool isVolatile = false)
    {
        ArgumentNullException.ThrowIfNull(actual);
        if (actual.Count == 0) throw new ArgumentException("there is no right answer", nameof(actual));
        bool right = predicted is not null && actual.Any(answer => Plain(answer) == Plain(predicted));
        return new PredictionScore(question, predicted ?? "", string.Join(" or ", actual), Verdict(string.IsNullOrWhiteSpace(predicted) ? null : right), right, isVolatile);
    }

    /// <summary>Keeps a bet that is settled elsewhere, and tells nothing.</summary>
    /// <param name="question">What is to be predicted.</param>
    /// <param name="bet">Your bet; null or empty: you have not made one yet.</param>
    /// <param name="choices">What can be bet on.</param>
    /// <param name="where">Where it is settled.</param>
    public static Bet Later(string question, string? bet, IReadOnlyCollection<string> choices, string where)
    {
        ArgumentNullException.ThrowIfNull(choices);
        string said = string.IsNullOrWhiteSpace(bet) ? "" : choices.FirstOrDefault(choice => Plain(choice) == Plain(bet)) ?? bet.Trim();
        return new Bet(question, said, said.Length == 0
            ? $"no bet yet: write {string.Join(" or ", choices)} into the cell above, then run it again"
            : choices.Contains(said) ? $"your bet is {said}; {where} will settle it" : $"{said} cannot be bet on: {string.Join(" or ", choices)}?");
    }

    /// <summary>What a keyboard can write, without what does not count: "8 × 2" is 8x2.</summary>
    private static string Plain(string answer) =>
        string.Concat(answer.Where(letter => !char.IsWhiteSpace(letter))).ToLowerInvariant().Replace('×', 'x').Replace('*', 'x');

    private static string Verdict(bool? right) => right switch
    {
        null => "no prediction yet: write yours into the cell above, then run again",
        true => "right",
        false => "not this time: worth finding out why",
    };
}

/// <summary>A prediction and what became of it.</summary>
/// <param name="Question">What was to be predicted.</param>
/// <param name="Predicted">Your prediction; empty: none yet.</param>
/// <param name="Actual">What came out.</param>
/// <param name="Verdict">How close it was.</param>
/// <param name="Close">True for a prediction that was right or within a quarter.</param>
/// <param name="IsVolatile">True when what came out differs from run to run.</param>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed record PredictionScore(string Question, string Predicted, string Actual, string Verdict, bool Close, bool IsVolatile) : IShownAsHtml
{
    /// <summary>The score for a notebook.</summary>
    public string ToHtml()
    {
        string Maybe(string text) => IsVolatile ? Message.Volatile(text) : Message.Escape(text);
        // the colour would differ from run to run with the verdict, so a volatile score has none
        string color = IsVolatile || Predicted.Length == 0 ? Palette.Grey : Close ? Palette.Green : Palette.Ochre;
        string[] lines = Predicted.Length == 0
            ? [$"It is {Maybe(Actual)}.", Message.Escape(Verdict)]
            : [$"You said {Message.Escape(Predicted)}, it is {Maybe(Actual)}: {Maybe(Verdict)}."];
        return Message.Html(color, Message.Escape(Question), lines);
    }

    /// <summary>One line: question, prediction, truth, verdict.</summary>
    public override string ToString() => $"{Question}: {(Predicted.Length == 0 ? "" : $"you said {Predicted}, ")}it is {Actual} – {Verdict}";
}

/// <summary>A bet that is settled elsewhere.</summary>
/// <param name="Question">What is to be predicted.</param>
/// <param name="Choice">Your bet; empty: none yet.</param>
/// <param name="Remark">What is said of it: never whether it is right.</param>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed record Bet(string Question, string Choice, string Remark) : IShownAsHtml
{
    /// <summary>The bet for a notebook.</summary>
    public string ToHtml() => Message.Html(Palette.Grey, Message.Escape(Question), [Message.Escape(Remark)]);

    /// <summary>One line: question, remark.</summary>
    public override string ToString() => $"{Question}: {Remark}";
}
