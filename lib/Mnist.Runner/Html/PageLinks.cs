using Markdig.Syntax.Inlines;

namespace Mnist.Runner.Html;

/// <summary>
/// Links as a page needs them: to another notebook's page if that notebook exists and no link if it does not; pictures
/// are put into the page.
/// </summary>
internal static class PageLinks
{
    public static void Rewrite(LinkInline link, string folder)
    {
        if (link.Url is not { } url || url.Contains(':') || url.StartsWith('#')) return;
        string[] parts = url.Split('#', 2);
        string target = Path.GetFullPath(Uri.UnescapeDataString(parts[0]), folder);
        if (link.IsImage)
        {
            if (File.Exists(target)) link.Url = DataUri(target);
        }
        else if (parts[0].EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
        {
            if (File.Exists(target)) link.Url = string.Join('#', [Path.ChangeExtension(parts[0], ".html"), .. parts[1..]]);
            else Unlink(link);
        }
    }

    private static void Unlink(LinkInline link)
    {
        var text = new ContainerInline();
        link.ReplaceBy(text, copyChildren: true);
    }

    private static string DataUri(string file)
    {
        string type = Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".svg" => "image/svg+xml",
            ".jpg" or ".jpeg" => "image/jpeg",
            var extension => $"image/{extension.TrimStart('.')}",
        };
        return $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}";
    }
}
