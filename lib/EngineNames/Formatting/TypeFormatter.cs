using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Shows objects of a type in one kind of content.</summary>
public interface ITypeFormatter
{
    /// <summary>The kind of content.</summary>
    string MimeType { get; }

    /// <summary>The type; derived ones are meant too.</summary>
    Type Type { get; }

    /// <summary>Writes an object; false if it is left to the next formatter.</summary>
    bool Format(object instance, FormatContext context);
}

/// <summary>Writes an object; false if it is left to the next formatter.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "the engine's name")]
public delegate bool FormatDelegate<in T>(T value, FormatContext context);

/// <summary>What a formatter writes to.</summary>
/// <param name="writer">Takes the text.</param>
public sealed class FormatContext(TextWriter writer)
{
    /// <summary>Takes the text.</summary>
    public TextWriter Writer { get; } = writer;
}

/// <summary>HTML.</summary>
public static class HtmlFormatter
{
    /// <summary>The kind of content.</summary>
    public const string MimeType = "text/html";
}

/// <summary>Plain text.</summary>
public static class PlainTextFormatter
{
    /// <summary>The kind of content.</summary>
    public const string MimeType = "text/plain";
}

/// <summary>JSON.</summary>
public static class JsonFormatter
{
    /// <summary>The kind of content.</summary>
    public const string MimeType = "application/json";
}

/// <summary>A formatter made of a function.</summary>
internal sealed class TypeFormatter(Type type, string mimeType, Func<object, FormatContext, bool> format) : ITypeFormatter
{
    public string MimeType { get; } = mimeType;

    public Type Type { get; } = type;

    /// <summary>True if a formatter for one type is one for the other, open generic types included.</summary>
    public static bool Covers(Type formatted, Type actual) => Distance(formatted, actual) < int.MaxValue;

    /// <summary>0 for the type itself, more for each base class, then interfaces, then <see cref="object"/>.</summary>
    public static int Distance(Type formatted, Type actual)
    {
        int distance = 0;
        for (Type? type = actual; type is not null && type != typeof(object); type = type.BaseType, distance++)
            if (type == formatted || (formatted.IsGenericTypeDefinition && type.IsGenericType && type.GetGenericTypeDefinition() == formatted)) return distance;
        if (formatted == typeof(object)) return int.MaxValue - 1;
        bool isInterface = formatted.IsInterface && actual.GetInterfaces().Any(type => type == formatted || (type.IsGenericType && type.GetGenericTypeDefinition() == formatted));
        return isInterface ? distance + 1 : int.MaxValue;
    }

    public bool Format(object instance, FormatContext context) => format(instance, context);
}
