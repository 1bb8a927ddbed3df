using System.Diagnostics.CodeAnalysis;

namespace Mnist.Lab.Display;

/// <summary>What every type of this library can do: show itself in a notebook.</summary>
public interface IShownAsHtml
{
    /// <summary>The HTML that a notebook shows; readable in light and dark themes, without style sheets, and without scripts but for the drawing pad.</summary>
    string ToHtml();
}

/// <summary>Hands .NET Interactive, which finds it by name, the HTML of this library's types.</summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "the engine calls instance members by name")]
internal sealed class FormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new Formatter()];

    private sealed class Formatter
    {
        public string MimeType => "text/html";

        public bool Format(object value, TextWriter writer)
        {
            if (value is not IShownAsHtml shown) return false;
            writer.Write(shown.ToHtml());
            return true;
        }
    }
}

/// <summary>Says which formatter source shows a type; found by name by .NET Interactive (docs/formatting.md there).</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = ["text/html"];
}
