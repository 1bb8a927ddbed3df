using System.Globalization;

namespace Mnist.Lab.Figures;

/// <summary>Says in words what a figure shows, for a reader who does not see it.</summary>
internal static class FigureDescription
{
    private const int MostTraces = 8;

    public static string Of(IReadOnlyList<Panel> panels) =>
        string.Join(" ", panels.Select(panel => Of(panel, panels.Count > 1)));

    public static string Of(Panel panel, bool named)
    {
        IEnumerable<string> parts = panel.Traces.Take(MostTraces).Select(Of);
        if (panel.Traces.Count > MostTraces) parts = parts.Append($"and {panel.Traces.Count - MostTraces} more");
        string axes = panel.IsPicture ? "" : Axes(panel);
        string notes = string.Concat(panel.Notes.Select(note => $" {note.Text}."));
        string start = named ? $"{panel.Title}: " : "";
        return $"{start}{(panel.Traces.Count == 0 ? "no data" : string.Join("; ", parts))}{axes}.{notes}";
    }

    private static string Of(Trace trace) => trace switch
    {
        LineTrace line when line.Y.Length > 0 => string.Create(CultureInfo.InvariantCulture, $"{line}, from {line.Y[0]:G4} at {line.X[0]:G4} to {line.Y[^1]:G4} at {line.X[^1]:G4}"),
        BarTrace bars when bars.Values.Length <= 20 => $"bars “{bars.Name}”: " + string.Join(", ", bars.Labels.Zip(bars.Values, (label, value) => string.Create(CultureInfo.InvariantCulture, $"{label} {value:G4}"))),
        _ => trace.ToString(),
    };

    private static string Axes(Panel panel)
    {
        string[] named = [.. new[] { ("horizontal", panel.X), ("vertical", panel.Y) }
            .Where(axis => axis.Item2.Title.Length > 0).Select(axis => $"{axis.Item1}: {axis.Item2.Title}{(axis.Item2.Log ? " (log)" : "")}")];
        return named.Length == 0 ? "" : $" ({string.Join(", ", named)})";
    }
}
