using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Mnist;

/// <summary>
/// The convention by which a notebook engine shows a type of a library that it does not know. .NET Interactive finds
/// the attribute below by its name and asks the formatter source; Verso and our runner find a method
/// <c>string ToHtml()</c>. How a type looks is not decided here: Mnist.Lab sets <see cref="Renderer"/>.
/// </summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "the engine calls instance members by name")]
public sealed class ShownAsHtml
{
    /// <summary>Turns an object into HTML; null means: show its text. Set by Mnist.Lab when it is loaded.</summary>
    public static Func<object, string?>? Renderer { get; set; }

    /// <summary>Divides an object into the things that it is shown as, each with an HTML of its own; null: it is one. Set by Mnist.Lab.</summary>
    public static Func<object, IEnumerable<object>?>? Divider { get; set; }

    /// <summary>The HTML of an object: from <see cref="Renderer"/>, else its text.</summary>
    public static string Render(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Renderer?.Invoke(value) ?? $"<pre>{WebUtility.HtmlEncode(value.ToString())}</pre>";
    }

    /// <summary>Called by the engine, by name: the formatters of the type that carries the attribute.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [new Formatter()];

    /// <summary>Called by our runner, by name: what a notebook saves each by itself.</summary>
    public IEnumerable<object> Parts(object value) => Divider?.Invoke(value) ?? [value];

    private sealed class Formatter
    {
        public string MimeType => "text/html";

        public bool Format(object value, TextWriter writer)
        {
            writer.Write(Render(value));
            return true;
        }
    }
}

/// <summary>Says which formatter source shows a type; found by name by .NET Interactive (docs/formatting.md there).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = ["text/html"];
}
