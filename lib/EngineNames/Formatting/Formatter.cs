using System.Globalization;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// How objects of a type are shown, as a cell has registered it. The newest formatter of the most specific type wins,
/// for the kind of content that the type prefers: HTML, if nothing else was set.
/// </summary>
public static class Formatter
{
    private static readonly Lock Gate = new();
    private static readonly List<ITypeFormatter> Registered = []; // the newest first
    private static readonly List<(Type Type, string[] MimeTypes)> Preferred = []; // the newest first

    /// <summary>The kind of content of a type that prefers none.</summary>
    public static string DefaultMimeType { get; set; } = HtmlFormatter.MimeType;

    /// <summary>Registers a formatter for a type and those derived from it.</summary>
    public static void Register(ITypeFormatter formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        lock (Gate)
            Registered.Insert(0, formatter);
    }

    /// <summary>Registers a formatter that may decline a value by returning false.</summary>
    public static void Register<T>(FormatDelegate<T> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Register(new TypeFormatter(typeof(T), mimeType, (value, context) => formatter((T)value, context)));

    /// <summary>Registers a formatter that may decline a value by returning false.</summary>
    public static void Register(Type type, FormatDelegate<object> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Register(new TypeFormatter(type, mimeType, (value, context) => formatter(value, context)));

    /// <summary>Registers a formatter that writes.</summary>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Register(new TypeFormatter(typeof(T), mimeType, (value, context) => Wrote(() => formatter((T)value, context.Writer))));

    /// <summary>Registers a formatter that writes.</summary>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Register(new TypeFormatter(type, mimeType, (value, context) => Wrote(() => formatter(value, context.Writer))));

    /// <summary>Registers a formatter that returns the text.</summary>
    public static void Register<T>(Func<T, string> formatter, string mimeType = PlainTextFormatter.MimeType) =>
        Register(new TypeFormatter(typeof(T), mimeType, (value, context) => Wrote(() => context.Writer.Write(formatter((T)value)))));

    /// <summary>Sets which kinds of content a type and those derived from it are shown in.</summary>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (preferredMimeTypes is null || !preferredMimeTypes.Any(mimeType => !string.IsNullOrWhiteSpace(mimeType)))
            throw new ArgumentException("Value cannot be null or whitespace.", nameof(preferredMimeTypes));
        lock (Gate)
            Preferred.Insert(0, (type, preferredMimeTypes));
    }

    /// <summary>The kinds of content that a type is shown in.</summary>
    public static IReadOnlyCollection<string> GetPreferredMimeTypesFor(Type type)
    {
        lock (Gate)
            return Preferred.Where(item => TypeFormatter.Covers(item.Type, type)).OrderBy(item => TypeFormatter.Distance(item.Type, type))
                .Select(item => item.MimeTypes).FirstOrDefault() ?? [DefaultMimeType];
    }

    /// <summary>The formatters that cells have registered, the newest first.</summary>
    /// <param name="includeDefaults">Means nothing here: the runner's own way of showing is not a formatter.</param>
    public static IEnumerable<ITypeFormatter> RegisteredFormatters(bool includeDefaults = true)
    {
        lock (Gate)
            return [.. Registered];
    }

    /// <summary>An object as a text of a kind: by a registered formatter, else its own text.</summary>
    public static string ToDisplayString(this object? value, string mimeType = PlainTextFormatter.MimeType)
    {
        if (value is null) return "<null>";
        ITypeFormatter[] fitting = [.. RegisteredFormatters()
            .Where(formatter => formatter.MimeType == mimeType && TypeFormatter.Covers(formatter.Type, value.GetType()))
            .OrderBy(formatter => TypeFormatter.Distance(formatter.Type, value.GetType()))];
        foreach (ITypeFormatter formatter in fitting)
        {
            using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
            if (formatter.Format(value, new FormatContext(writer))) return writer.ToString();
        }
        return value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value.ToString() ?? "";
    }

    /// <summary>Forgets all that was registered and set.</summary>
    public static void ResetToDefault()
    {
        lock (Gate)
        {
            Registered.Clear();
            Preferred.Clear();
            DefaultMimeType = HtmlFormatter.MimeType;
        }
    }

    private static bool Wrote(Action write)
    {
        write();
        return true;
    }
}
