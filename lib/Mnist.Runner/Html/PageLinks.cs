using System.Text.Json.Nodes;
using Markdig.Syntax.Inlines;

namespace Mnist.Runner.Html;

/// <summary>
/// Links as a page needs them: to another notebook's page if there is one; pictures are put into the page. What a page
/// cannot have (a page that was not written, a script, a file of the machine) is its text and no link.
/// </summary>
/// <param name="folder">The notebook's folder, which relative links start from.</param>
/// <param name="pages">The pages to link to.</param>
internal sealed class PageLinks(string folder, PageSet pages)
{
    private static readonly string[] LinkSchemes = ["http", "https", "mailto"];
    private static readonly string[] PictureSchemes = ["http", "https"];

    /// <summary>Changes one link or picture in place, or replaces it by its text.</summary>
    /// <param name="link">The link.</param>
    /// <param name="attachments">The pictures pasted into its cell.</param>
    public void Rewrite(LinkInline link, JsonObject? attachments)
    {
        string? target = link.IsImage ? Picture(link.Url ?? "", attachments) : Target(link.Url ?? "");
        if (target is not null) link.Url = target;
        else link.ReplaceBy(new ContainerInline(), copyChildren: true);
    }

    /// <summary>Replaces <c>&lt;javascript:…&gt;</c> and its like by their text.</summary>
    public static void Rewrite(AutolinkInline link)
    {
        if (!link.IsEmail && !LinkSchemes.Contains(Scheme(link.Url))) link.ReplaceBy(new LiteralInline(link.Url));
    }

    private string? Target(string url)
    {
        if (Scheme(url) is { } scheme) return LinkSchemes.Contains(scheme) ? url : null;
        string[] parts = url.Split('#', 2);
        if (!parts[0].EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase)) return url;
        return FullPath(parts[0]) is { } notebook && pages.LinkTo(notebook) is { } page ? string.Join('#', [page, .. parts[1..]]) : null;
    }

    private string? Picture(string url, JsonObject? attachments)
    {
        if (Pictures.IsAttachment(url)) return Pictures.Attached(url, attachments);
        if (url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase)) return url;
        if (Scheme(url) is { } scheme) return PictureSchemes.Contains(scheme) ? url : null;
        return FullPath(url) is { } file ? Pictures.Embedded(file, folder) : null;
    }

    private string? FullPath(string url)
    {
        string path = Uri.UnescapeDataString(url);
        return path.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(path, folder);
    }

    /// <summary>What stands before the first colon, in lower case and without the blanks that browsers skip; null without a colon.</summary>
    private static string? Scheme(string url)
    {
        string plain = new([.. url.Where(character => character > ' ')]);
        int colon = plain.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || plain.AsSpan(0, colon).ContainsAny("/?#") ? null : plain[..colon].ToLowerInvariant();
    }
}
