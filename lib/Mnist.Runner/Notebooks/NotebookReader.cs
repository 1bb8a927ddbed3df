using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mnist.Runner.Notebooks;

/// <summary>A file that is no notebook, or none that we can run: one line with its path and what is wrong.</summary>
internal sealed class NotebookException(string message, Exception cause) : Exception(message, cause);

/// <summary>Reads a notebook and refuses what we could not run, saying what is wrong with it.</summary>
internal static class NotebookReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads one <c>.ipynb</c>.</summary>
    /// <exception cref="NotebookException">The file is missing, or is no C# notebook of nbformat 4.</exception>
    public static Notebook Read(string path)
    {
        string fullPath = Path.GetFullPath(path);
        try
        {
            return Parse(fullPath, File.ReadAllText(fullPath, Strict));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException($"{path}: cannot be read: {exception.Message}", exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new NotebookException($"{path}: is not UTF-8: save it in that encoding", exception);
        }
        catch (FormatException exception)
        {
            throw new NotebookException($"{path}: {exception.Message}", exception);
        }
    }

    /// <exception cref="FormatException">The text is no C# notebook of nbformat 4.</exception>
    public static Notebook Parse(string path, string text)
    {
        JsonObject json = ParseJson(text);
        CheckFormat(json);
        if (json["metadata"] is not (null or JsonObject)) throw new FormatException("has metadata that is not an object");
        if (json["cells"] is not JsonArray cells)
            throw new FormatException("has no list \"cells\", so it is not a notebook");
        CheckLanguage(json);

        var read = new List<NotebookCell>();
        int codeCells = 0;
        foreach (JsonNode? cell in cells)
        {
            CellKind kind = Kind(cell, read.Count + 1);
            int number = kind == CellKind.Code ? ++codeCells : 0;
            read.Add(ReadCell(cell!.AsObject(), kind, read.Count + 1, number));
        }
        return new Notebook(path, json, read);
    }

    private static JsonObject ParseJson(string text)
    {
        try
        {
            JsonNode? json = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
            ReadTexts(json);
            return json as JsonObject
                ?? throw new FormatException("is JSON, but not a notebook: the outermost value must be an object");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"is not JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("has a text with half a character (a surrogate alone), which is not Unicode", exception);
        }
    }

    /// <summary>Reads every text once: JSON can hold halves of characters (<c>\ud83d</c> alone), which are none.</summary>
    private static void ReadTexts(JsonNode? node)
    {
        if (node is JsonObject members)
            foreach (KeyValuePair<string, JsonNode?> member in members) ReadTexts(member.Value);
        else if (node is JsonArray items)
            foreach (JsonNode? item in items) ReadTexts(item);
        else if (node is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            _ = value.GetValue<string>();
    }

    private static void CheckFormat(JsonObject json)
    {
        int? format = json["nbformat"] is JsonValue value && value.TryGetValue(out int number) ? number : null;
        if (format != 4)
            throw new FormatException($"has nbformat {json["nbformat"]?.ToJsonString() ?? "(none)"}, but only nbformat 4 is supported");
    }

    private static void CheckLanguage(JsonObject json)
    {
        string? kernel = Text(json, "metadata", "kernelspec", "name");
        string? language = Text(json, "metadata", "kernelspec", "language");
        if (kernel == NotebookMetadata.KernelName || language == NotebookMetadata.Language) return;
        string? ofCells = kernel is not null ? null
            : Text(json, "metadata", "polyglot_notebook", "kernelInfo", "defaultKernelName")
            ?? Text(json, "metadata", "polyglot_notebook", "defaultKernelName")
            ?? Text(json, "metadata", "dotnet_interactive", "defaultKernelName");
        if (ofCells != NotebookMetadata.CellKernelName)
            throw new FormatException($"is not a C# notebook: its kernel is {kernel ?? ofCells ?? "not named"}, not {NotebookMetadata.KernelName}");
    }

    private static CellKind Kind(JsonNode? cell, int position) => Text(cell, "cell_type") switch
    {
        "markdown" => CellKind.Markdown,
        "code" => CellKind.Code,
        "raw" => CellKind.Raw,
        var other => throw new FormatException($"cell {position} has the type {other ?? "(none)"}, not markdown, code or raw"),
    };

    private static NotebookCell ReadCell(JsonObject cell, CellKind kind, int position, int number)
    {
        string? kernel = Text(cell, "metadata", "polyglot_notebook", "kernelName") ?? Text(cell, "metadata", "dotnet_interactive", "language");
        if (cell["metadata"] is not (null or JsonObject)) throw new FormatException($"cell {position} has metadata that is not an object");
        string[] tags = cell["metadata"]?["tags"] is JsonArray array ? [.. array.Select(tag => tag?.ToString() ?? "")] : [];
        return new NotebookCell(kind, position, number, Source(cell["source"], position), tags, cell) { Kernel = kernel ?? NotebookMetadata.CellKernelName };
    }

    private static string Source(JsonNode? source, int position)
    {
        if (source is JsonValue single && single.TryGetValue(out string? text)) return text.ReplaceLineEndings("\n");
        if (source is not JsonArray array || array.Any(line => line is not JsonValue value || !value.TryGetValue<string>(out _)))
            throw new FormatException($"cell {position} has no source text");
        string[] lines = [.. array.Select(line => line!.GetValue<string>())];
        int bad = Array.FindIndex(lines, line => !line.EndsWith('\n'));
        if (bad >= 0 && bad < lines.Length - 1)
            throw new FormatException($"cell {position}: line {bad + 1} of its source has no newline at its end, so engines would glue it to the next line");
        return string.Concat(lines).ReplaceLineEndings("\n");
    }

    private static string? Text(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
            node = (node as JsonObject)?[name];
        return node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
    }
}
