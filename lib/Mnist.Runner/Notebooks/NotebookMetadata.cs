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

    // What an editor or an earlier run has left: the editor's language, the older name of the kernel, times.
    private static readonly string[] OfTheMachine = ["vscode", "dotnet_interactive", "execution"];

    /// <summary>Makes the metadata of a document and of all its cells normal, in place.</summary>
    public static void Normalise(JsonObject notebook)
    {
        JsonObject metadata = Kept(notebook);
        metadata["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = Language, ["name"] = KernelName };
        metadata["language_info"] = new JsonObject { ["name"] = "polyglot-notebook" };
        metadata["polyglot_notebook"] = new JsonObject
        {
            ["kernelInfo"] = new JsonObject
            {
                ["defaultKernelName"] = CellKernelName,
                ["items"] = new JsonArray(new JsonObject { ["aliases"] = new JsonArray(), ["name"] = CellKernelName }),
            },
        };
        notebook["metadata"] = metadata;
        bool withIds = notebook["nbformat_minor"] is JsonValue minor && minor.TryGetValue(out int number) && number >= 5;
        int position = 0;
        HashSet<string> ids = [.. notebook["cells"]!.AsArray().Select(cell => cell!["id"]?.ToString() ?? "")];
        foreach (JsonNode? cell in notebook["cells"]!.AsArray())
            NormaliseCell(cell!.AsObject(), withIds ? FreshId(++position, ids) : null);
    }

    /// <summary>The metadata of a document or a cell; what we do not know belongs to others and stays.</summary>
    private static JsonObject Kept(JsonObject owner)
    {
        JsonObject metadata = owner["metadata"] is JsonObject known ? known.DeepClone().AsObject() : [];
        foreach (string name in OfTheMachine) metadata.Remove(name);
        return metadata;
    }

    private static void NormaliseCell(JsonObject cell, string? idIfNone)
    {
        JsonObject metadata = Kept(cell);
        if (cell["cell_type"]!.GetValue<string>() == "code")
            metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = Kernel(cell) };
        if (metadata["tags"] is JsonArray { Count: 0 }) metadata.Remove("tags");
        cell["metadata"] = metadata;
        if (idIfNone is not null) cell["id"] ??= idIfNone;
        else cell.Remove("id");
    }

    /// <summary>The name of a cell that has none, and that no other has.</summary>
    private static string FreshId(int position, HashSet<string> ids)
    {
        string id = $"cell-{position}";
        while (!ids.Add(id)) id += "x";
        return id;
    }

    /// <summary>The kernel that a code cell is written for.</summary>
    private static string Kernel(JsonObject cell) => cell["metadata"]?["polyglot_notebook"]?["kernelName"]?.ToString() ?? CellKernelName;
}
