using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace Mnist.Runner.Html;

/// <summary>
/// Pictures that Markdown names, as data that a page carries in itself: files in the notebook's own folder and below
/// (where links really lead), and pictures pasted into the notebook. Nothing else of the machine gets onto a page.
/// </summary>
internal static class Pictures
{
    private const string AttachmentScheme = "attachment:";

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".svg"] = "image/svg+xml",
        [".webp"] = "image/webp",
        [".avif"] = "image/avif",
    };

    /// <summary>True for a picture pasted into the cell.</summary>
    public static bool IsAttachment(string url) => url.StartsWith(AttachmentScheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>A pasted picture as a data URI, or null when the cell has none of that name.</summary>
    /// <param name="url"><c>attachment:NAME</c>.</param>
    /// <param name="attachments">The cell's attachments: name → type → Base64.</param>
    public static string? Attached(string url, JsonObject? attachments)
    {
        string name = Uri.UnescapeDataString(url[AttachmentScheme.Length..]);
        if (attachments?[name] is not JsonObject picture) return null;
        foreach ((string type, JsonNode? content) in picture)
        {
            string base64 = content is JsonArray lines ? string.Concat(lines.Select(line => line?.ToString())) : content?.ToString() ?? "";
            base64 = base64.ReplaceLineEndings("");
            if (Types.ContainsValue(type) && Base64.IsValid(base64)) return $"data:{type};base64,{base64}";
        }
        return null;
    }

    /// <summary>A picture file as a data URI, or null when there is none, or none in the folder.</summary>
    public static string? Embedded(string file, string folder)
    {
        if (!Types.TryGetValue(Path.GetExtension(file), out string? type)) return null;
        try
        {
            string real = RealPath(file);
            if (!real.StartsWith(RealPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return null;
            return File.Exists(real) ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(real))}" : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A full path with every link in it resolved.</summary>
    private static string RealPath(string path)
    {
        string real = Path.GetPathRoot(path)!;
        foreach (string name in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, name);
            if (new FileInfo(real).LinkTarget is null) continue;
            real = RealPath(File.ResolveLinkTarget(real, returnFinalTarget: true)!.FullName);
        }
        return real;
    }
}
