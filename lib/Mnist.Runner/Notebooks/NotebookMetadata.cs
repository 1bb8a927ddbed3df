using System.Text.Json.Nodes;

namespace Mnist.Runner.Notebooks;

/// <summary>
/// The metadata that a committed notebook carries: what VS Code with the Polyglot extension would write, so that saving
/// there changes outputs only, and nothing of the machine it was saved on.
/// </summary>
internal static class NotebookMetadata
{
    public const string KernelName = ".net-csharp";
    public const string Language = "C#";
    public const string CellKernelName = "csharp";

    /// <summary>Makes the metadata of a document and of all its cells normal, in place.</summary>
    public static void Normalise(JsonObject notebook)
    {
        JsonNode? polyglot = notebook["metadata"]?["polyglot_notebook"]?.DeepClone();
        notebook["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = Language, ["name"] = KernelName },
            ["language_info"] = new JsonObject { ["name"] = "polyglot-notebook" },
        };
        if (polyglot is not null) notebook["metadata"]!["polyglot_notebook"] = polyglot;
        bool withIds = notebook["nbformat_minor"] is JsonValue minor && minor.TryGetValue(out int number) && number >= 5;
        int position = 0;
        foreach (JsonNode? cell in notebook["cells"]!.AsArray())
            NormaliseCell(cell!.AsObject(), ++position, withIds);
    }

    /// <summary>True if <see cref="Normalise"/> would change nothing.</summary>
    public static bool IsNormal(JsonObject notebook)
    {
        JsonObject normal = notebook.DeepClone().AsObject();
        Normalise(normal);
        return JsonNode.DeepEquals(notebook, normal);
    }

    private static void NormaliseCell(JsonObject cell, int position, bool withId)
    {
        JsonNode? tags = cell["metadata"]?["tags"]?.DeepClone();
        var metadata = new JsonObject();
        if (cell["cell_type"]!.GetValue<string>() == "code")
            metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = CellKernelName };
        if (tags is JsonArray { Count: > 0 }) metadata["tags"] = tags;
        cell["metadata"] = metadata;
        if (withId) cell["id"] ??= $"cell-{position}";
        else cell.Remove("id");
    }
}
