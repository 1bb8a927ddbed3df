using System.Diagnostics.CodeAnalysis;

namespace Mnist.Lab.Display;

/// <summary>What every type of this library can do: show itself in a notebook.</summary>
public interface IShownAsHtml
{
    /// <summary>The HTML that a notebook shows; readable in light and dark themes, without style sheets, and without scripts but for the drawing pad.</summary>
    string ToHtml();
}

/// <summary>What is one picture and can stand alone: a saved notebook keeps it as an image, which GitHub shows too.</summary>
public interface IShownAsSvg : IShownAsHtml
{
    /// <summary>The picture as one SVG document: on a white card, for it does not know the page that it will stand on.</summary>
    string ToSvg();
}

/// <summary>What shows itself as several things, one below the other: a saved notebook keeps each by itself.</summary>
public interface IShownInParts : IShownAsHtml
{
    /// <summary>The things; their HTML, joined, is the HTML of the whole.</summary>
    IReadOnlyList<IShownAsHtml> Parts { get; }
}

/// <summary>Hands .NET Interactive, which finds it by name, the HTML of this library's types, and SVG to who asks for it.</summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "the engine calls instance members by name")]
internal sealed class FormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter("text/html", value => (value as IShownAsHtml)?.ToHtml()),
        new Formatter("image/svg+xml", value => (value as IShownAsSvg)?.ToSvg()),
    ];

    /// <summary>What a notebook saves each by itself; our runner asks for it, by name.</summary>
    public IEnumerable<object> Parts(object value) => value is IShownInParts whole ? whole.Parts : [value];

    private sealed class Formatter(string mimeType, Func<object, string?> content)
    {
        public string MimeType => mimeType;

        public bool Format(object value, TextWriter writer)
        {
            if (content(value) is not { } text) return false;
            writer.Write(text);
            return true;
        }
    }
}
