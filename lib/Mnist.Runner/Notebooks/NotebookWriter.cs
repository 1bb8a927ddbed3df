using System.Text.Json.Nodes;

namespace Mnist.Runner.Notebooks;

/// <summary>Turns a notebook with new outputs into the text of an <c>.ipynb</c>.</summary>
internal static class NotebookWriter
{
    /// <summary>The notebook with the outputs of the cells that have been run, metadata normalised.</summary>
    /// <param name="notebook">The notebook as read; it is not changed.</param>
    /// <param name="outputs">The new outputs of a code cell; null leaves the saved ones.</param>
    public static string Write(Notebook notebook, Func<NotebookCell, IReadOnlyList<CellOutput>?> outputs)
    {
        JsonObject json = notebook.Json.DeepClone().AsObject();
        foreach (NotebookCell cell in notebook.Cells)
        {
            JsonObject cellJson = json["cells"]![cell.Position - 1]!.AsObject();
            cellJson["source"] = Lines(cell.Source);
            if (cell.Kind != CellKind.Code) continue;
            cellJson["execution_count"] = cell.Number;
            cellJson["outputs"] = outputs(cell) is { } shown ? new JsonArray([.. shown.SelectMany(output => ToJson(output, cell.Number))]) : Kept(cell);
        }
        NotebookMetadata.Normalise(json);
        return JupyterJson.Write(json);
    }

    /// <summary>What was shown as nbformat 4 has it: an output for each saved part.</summary>
    public static IEnumerable<JsonObject> ToJson(CellOutput output, int executionCount) => output switch
    {
        StreamOutput stream => [new JsonObject { ["output_type"] = "stream", ["name"] = stream.Name, ["text"] = Lines(stream.Text) }],
        DisplayOutput display => Displayed(display, display.IsResult ? executionCount : null),
        ErrorOutput error =>
        [
            new JsonObject
            {
                ["output_type"] = "error",
                ["ename"] = error.Name,
                ["evalue"] = error.Message,
                ["traceback"] = new JsonArray([.. error.Lines.Select(line => (JsonNode)line)]),
            },
        ],
        _ => throw new InvalidOperationException($"no such output: {output}"),
    };

    /// <summary>A cell's saved outputs; a result has its cell's number, also if cells were inserted before it since.</summary>
    private static JsonArray Kept(NotebookCell cell)
    {
        JsonArray outputs = cell.SavedOutputs.DeepClone().AsArray();
        foreach (JsonObject result in outputs.OfType<JsonObject>().Where(output => output["output_type"]?.ToString() == "execute_result"))
            result["execution_count"] = cell.Number;
        return outputs;
    }

    /// <summary>The parts of a displayed object; of a result the last one is the result.</summary>
    private static IEnumerable<JsonObject> Displayed(DisplayOutput display, int? resultOf)
    {
        IReadOnlyList<SavedPart> parts = display.Saved.Count > 0 ? display.Saved : [new SavedPart(display.MimeType, display.Content)];
        for (int i = 0; i < parts.Count; i++)
        {
            var json = new JsonObject
            {
                ["output_type"] = "display_data",
                ["data"] = new JsonObject { [parts[i].MimeType] = Lines(parts[i].Content) },
                ["metadata"] = new JsonObject(),
            };
            if (resultOf is { } count && i == parts.Count - 1) (json["output_type"], json["execution_count"]) = ("execute_result", count);
            yield return json;
        }
    }

    /// <summary>A text as nbformat keeps it: its lines, each with its newline.</summary>
    private static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = text.IndexOf('\n', start) + 1;
            if (end == 0) end = text.Length;
            lines.Add((JsonNode)text[start..end]);
        }
        return lines;
    }
}
