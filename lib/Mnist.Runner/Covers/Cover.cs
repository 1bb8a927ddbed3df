using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Covers;

/// <summary>The picture that says what a notebook finds: the first one saved in its cell tagged <c>cover</c>.</summary>
/// <param name="Svg">The picture.</param>
/// <param name="Width">In CSS pixels.</param>
/// <param name="Height">In CSS pixels.</param>
internal sealed partial record Cover(string Svg, int Width, int Height)
{
    private const string Type = "image/svg+xml";

    /// <summary>The picture's fingerprint, which its image carries: a test sees when one is older than the other.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Svg)));

    /// <summary>Where the image of a notebook's cover lies: in the folder <c>images</c> beside it.</summary>
    public static string ImageOf(Notebook notebook) => Path.Combine(notebook.Folder, "images", $"{Path.GetFileNameWithoutExtension(notebook.Path)}.png");

    /// <summary>The cover of a notebook, or null when no cell is tagged.</summary>
    /// <exception cref="FormatException">The cell has no saved picture, or two cells are tagged.</exception>
    public static Cover? Of(Notebook notebook)
    {
        NotebookCell[] cells = [.. notebook.CodeCells.Where(cell => cell.Tags.Contains(CellTags.Cover))];
        if (cells.Length == 0) return null;
        if (cells.Length > 1) throw new FormatException($"{notebook.FileName}: {cells.Length} cells are tagged {CellTags.Cover}, but a notebook has one cover");
        string svg = cells[0].SavedOutputs.Select(output => (output as JsonObject)?["data"]?[Type]).OfType<JsonNode>().Select(Text).FirstOrDefault()
            ?? throw new FormatException($"{notebook.FileName}: its cover, code cell {cells[0].Number}, has no saved picture: run it with --in-place");
        Match box = ViewBox().Match(svg);
        if (!box.Success) throw new FormatException($"{notebook.FileName}: its cover, code cell {cells[0].Number}, has no viewBox");
        return new Cover(svg, Pixels(box.Groups[1]), Pixels(box.Groups[2]));
    }

    private static string Text(JsonNode content) => content is JsonArray lines ? string.Concat(lines.Select(line => line?.ToString())) : content.ToString();

    private static int Pixels(Group number) => (int)Math.Ceiling(double.Parse(number.ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex("""^<svg [^>]*viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)["]""")]
    private static partial Regex ViewBox();
}
