using System.Text.Json.Nodes;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Verification;

/// <summary>A cell whose outputs are not those that were saved.</summary>
/// <param name="Run">The cell's run.</param>
/// <param name="Lines">What differs, short.</param>
internal sealed record CellDifference(CellResult Run, IReadOnlyList<string> Lines)
{
    public NotebookCell Cell => Run.Cell;
}

/// <summary>Compares the outputs of a run with the saved ones, except for what is volatile.</summary>
internal static class OutputComparison
{
    private const int Before = 30;
    private const int After = 90;

    public static IReadOnlyList<CellDifference> Compare(NotebookResult result) =>
    [
        .. from run in result.Cells
           where !VolatileCells.IsForeign(run.Cell) && !run.Cell.IsInteractive
           let lines = Differences(run)
           where lines.Count > 0
           select new CellDifference(run, lines),
    ];

    /// <summary>What differs in one cell; nothing: its outputs are the saved ones, except for what was measured.</summary>
    public static IReadOnlyList<string> Differences(CellResult run)
    {
        JsonObject[] saved = [.. run.Cell.SavedOutputs.OfType<JsonObject>()];
        JsonObject[] now = [.. SavedOutputs.Of(run).SelectMany(output => NotebookWriter.ToJson(output, run.Cell.Number))];
        var lines = new List<string>();
        if (saved.Length != now.Length) lines.Add($"{saved.Length} outputs are saved, but the cell shows {now.Length}");
        for (int index = 0; index < Math.Min(saved.Length, now.Length); index++)
            lines.AddRange(Compare(index + 1, saved[index], now[index], VolatileCells.IsVolatile(run.Cell)));
        return lines;
    }

    private static IEnumerable<string> Compare(int number, JsonObject saved, JsonObject now, bool kindOnly)
    {
        (string savedKind, string savedText) = Content(saved);
        (string nowKind, string nowText) = Content(now);
        if (savedKind != nowKind) return [$"output {number}: saved as {savedKind}, now {nowKind}"];
        return kindOnly || savedText == nowText ? [] : FirstDifference($"output {number} ({nowKind})", savedText, nowText);
    }

    /// <summary>The kind of an output and its text, volatile parts masked.</summary>
    private static (string Kind, string Text) Content(JsonObject output)
    {
        string type = output["output_type"]?.ToString() ?? "(none)";
        if (type == "stream") return ($"{output["name"]}", Joined(output["text"]));
        if (type == "error") return (type, $"{output["ename"]}: {output["evalue"]}\n{Joined(output["traceback"], "\n")}");
        KeyValuePair<string, JsonNode?> data = (output["data"] as JsonObject ?? []).OrderBy(item => item.Key, StringComparer.Ordinal).FirstOrDefault();
        string kind = type == "execute_result" ? $"result {data.Key}" : data.Key;
        return (kind, IsMarkup(data.Key) ? VolatileParts.Masked(Joined(data.Value)) : Joined(data.Value));
    }

    private static bool IsMarkup(string? mimeType) => mimeType is "text/html" or "image/svg+xml" or "text/markdown";

    private static string Joined(JsonNode? text, string separator = "") =>
        text is JsonArray lines ? string.Join(separator, lines.Select(line => line?.ToString())) : text?.ToString() ?? "";

    private static IEnumerable<string> FirstDifference(string where, string saved, string now)
    {
        int at = saved.AsSpan().CommonPrefixLength(now);
        int line = saved.AsSpan(0, at).Count('\n') + 1;
        return [$"{where}, line {line}:", $"  saved: {Around(saved, at)}", $"  now:   {Around(now, at)}"];
    }

    /// <summary>The text near a place, on one line.</summary>
    private static string Around(string text, int at)
    {
        int start = Math.Max(at - Before, text.AsSpan(0, at).LastIndexOf('\n') + 1);
        int end = text.IndexOf('\n', at);
        end = Math.Min(end < 0 ? text.Length : end, at + After);
        return $"{(start > 0 && text[start - 1] != '\n' ? "…" : "")}{text[start..end]}{(end < text.Length && text[end] != '\n' ? "…" : "")}";
    }
}
