using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A text that shows as a formula.</summary>
/// <param name="latexCode">LaTeX, with or without dollar signs.</param>
[TypeFormatterSource(typeof(LaTeXStringFormatterSource))]
[SuppressMessage("Usage", "CA2225", Justification = "the engine's class has the operator alone")]
public sealed class LaTeXString(string latexCode)
{
    private readonly string latexCode = latexCode ?? throw new ArgumentNullException(nameof(latexCode));

    /// <summary>A text as LaTeX: <c>(LaTeXString)@"\frac12"</c>.</summary>
    public static implicit operator LaTeXString(string source) => new(source);

    /// <summary>The LaTeX.</summary>
    public override string ToString() => latexCode;
}

/// <summary>How a type shows itself; the runner finds attribute and source by their names, as it does for any library.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;
}

/// <summary>Shows a <see cref="LaTeXString"/> as <c>text/latex</c>.</summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "the runner calls instance members by name")]
internal sealed class LaTeXStringFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new LaTeXFormatter()];

    private sealed class LaTeXFormatter
    {
        public string MimeType { get; } = "text/latex";

        public bool Format(object value, TextWriter writer)
        {
            writer.Write(value.ToString());
            return true;
        }
    }
}
