namespace Mnist.Lab.Figures;

/// <content>Axes, notes and proportions.</content>
public sealed partial record Figure
{
    /// <summary>Sets the horizontal axis.</summary>
    /// <param name="title">What is measured along it, with the unit.</param>
    /// <param name="log">True: equal steps are equal factors.</param>
    /// <param name="from">Where it begins; null: at the data.</param>
    /// <param name="to">Where it ends; null: at the data.</param>
    /// <param name="percent">True: values are shares 0 … 1 and the ticks are written in percent.</param>
    /// <param name="labels">Names in place of numbers: the first stands at 0, the next at 1, …</param>
    /// <param name="bytes">True: values are sizes in bytes and the ticks are powers of two in KB (1,024 bytes), MB and GB; for a log axis.</param>
    /// <exception cref="ArgumentException">The axis does not end after its beginning, or a log axis begins at or below 0.</exception>
    public Figure XAxis(string title, bool log = false, double? from = null, double? to = null, bool percent = false, IEnumerable<string>? labels = null, bool bytes = false) =>
        Changed(panel => panel with { X = MakeAxis(title, log, from, to, percent, labels) with { Bytes = bytes } });

    /// <summary>Sets the vertical axis.</summary>
    /// <param name="title">What is measured along it, with the unit.</param>
    /// <param name="log">True: equal steps are equal factors.</param>
    /// <param name="from">Where it begins; null: at the data.</param>
    /// <param name="to">Where it ends; null: at the data.</param>
    /// <param name="percent">True: values are shares 0 … 1 and the ticks are written in percent.</param>
    /// <exception cref="ArgumentException">The axis does not end after its beginning, or a log axis begins at or below 0.</exception>
    public Figure YAxis(string title, bool log = false, double? from = null, double? to = null, bool percent = false) =>
        Changed(panel => panel with { Y = MakeAxis(title, log, from, to, percent, null) });

    /// <summary>Adds a remark on a point.</summary>
    public Figure Note(double x, double y, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Changed(panel => panel with { Notes = [.. panel.Notes, new Note(x, y, text)] });
    }

    /// <summary>Sets the height of the plot divided by its width, 0.1 … 3.</summary>
    public Figure Aspect(double heightByWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heightByWidth, 0.1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(heightByWidth, 3);
        return Changed(panel => panel with { Aspect = heightByWidth });
    }

    private static Axis MakeAxis(string title, bool log, double? from, double? to, bool percent, IEnumerable<string>? labels)
    {
        ArgumentNullException.ThrowIfNull(title);
        if (to <= from) throw new ArgumentException($"an axis from {from} to {to} has no length", nameof(to));
        if (log && from <= 0) throw new ArgumentException($"a log axis cannot begin at {from}: it never reaches 0", nameof(from));
        if (from is { } low && !double.IsFinite(low)) throw new ArgumentException("an axis begins at a finite number", nameof(from));
        if (to is { } high && !double.IsFinite(high)) throw new ArgumentException("an axis ends at a finite number", nameof(to));
        return new Axis { Title = title, Log = log, From = from, To = to, Percent = percent, Labels = labels?.ToArray() };
    }
}
