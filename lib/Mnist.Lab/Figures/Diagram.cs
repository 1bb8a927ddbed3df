
namespace Mnist.Lab.Figures;

/// <summary>
/// A picture of how something works: memory, registers, a tree of sums. Unlike a <see cref="Figure"/> it has no data
/// that another plotting library could draw; it is inline SVG and nothing else.
/// </summary>
[TypeFormatterSource(typeof(FormatterSource))]
public sealed class Diagram : IShownAsSvg
{
    private readonly double width;
    private readonly double height;
    private readonly string content;

    /// <summary>A finished picture; its title is written above it.</summary>
    /// <param name="title">What it shows, in a few words; it wraps at the picture's width.</param>
    /// <param name="description">What a reader who does not see it is told.</param>
    /// <param name="width">In SVG units, of which a wide page shows one as a pixel; text of 13 and more is still read on a phone up to a width of 500.</param>
    /// <param name="height">In SVG units, without the title.</param>
    /// <param name="content">The elements; (0, 0) is the upper left corner below the title.</param>
    internal Diagram(string title, string description, double width, double height, SvgWriter content)
    {
        Title = title;
        Description = description;
        IReadOnlyList<string> lines = TextSize.Wrap(title, PanelDrawing.TitleSize, width);
        double top = lines.Count == 0 ? 0 : (lines.Count * TitleLine) + 8;
        var svg = new SvgWriter();
        for (int i = 0; i < lines.Count; i++)
            svg.Text(0, 17 + (i * TitleLine), lines[i], PanelDrawing.TitleSize, bold: true);
        svg.Open("g", ("transform", $"translate(0 {SvgWriter.Number(top)})"));
        svg.Raw(content.ToString());
        svg.Close("g");
        (this.width, this.height, this.content) = (width, height + top, svg.ToString());
    }

    private const double TitleLine = 20;

    /// <summary>What it shows, in a few words.</summary>
    public string Title { get; }

    /// <summary>What a reader who does not see it is told.</summary>
    public string Description { get; }

    /// <summary>The picture as one SVG document, on a white card.</summary>
    public string ToSvg() => SvgDocument.OnCard(width, height, Title, Description, content);

    /// <summary>The picture for a notebook: inline SVG.</summary>
    public string ToHtml() => SvgDocument.Inline(width, height, Title, Description, content);

    /// <summary>Title and description.</summary>
    public override string ToString() => $"Diagram “{Title}”: {Description}";
}
