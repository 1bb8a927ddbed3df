using System.Reflection;
using System.Runtime.ExceptionServices;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Display;

/// <summary>
/// Types that say themselves how they are shown, found by name as notebook engines find them, so that a library needs
/// no engine's package: an attribute called TypeFormatterSourceAttribute (.NET Interactive's convention), or a public
/// parameterless <c>string ToHtml()</c> (Verso's).
/// </summary>
internal static class SelfFormatting
{
    private const string AttributeName = "TypeFormatterSourceAttribute";
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    /// <summary>Asks the object itself; false if it has neither convention for the kind of content.</summary>
    public static bool TryFormat(object? value, string? wanted, out string mimeType, out string content)
    {
        (mimeType, content) = (ValueFormatter.Html, "");
        return value is not null && (TryFormatterSource(value, wanted, out mimeType, out content) || TryToHtml(value, wanted, out mimeType, out content));
    }

    /// <summary>
    /// The parts of an object as a notebook file keeps them, as SVG what can stand alone; empty: the object as it is. The
    /// convention is ours: a formatter source may have a method <c>IEnumerable&lt;object&gt; Parts(object)</c>.
    /// </summary>
    public static IReadOnlyList<SavedPart> Saved(object value)
    {
        if (Source(value, out _) is not { } source) return [];
        object[] parts = Call(source, "Parts", value) is IEnumerable<object> several ? [.. several] : [value];
        SavedPart[] saved = [.. parts.Select(SavedPart)];
        return saved is [{ MimeType: ValueFormatter.Html }] ? [] : saved;
    }

    private static SavedPart SavedPart(object part)
    {
        foreach (string kind in (string[])[ValueFormatter.Svg, ValueFormatter.Html])
            if (TryFormat(part, kind, out _, out string content)) return new SavedPart(kind, content);
        return new SavedPart(ValueFormatter.Plain, ValueFormatter.Text(part));
    }

    private static bool TryFormatterSource(object value, string? wanted, out string mimeType, out string content)
    {
        (mimeType, content) = (ValueFormatter.Html, "");
        if (Source(value, out Attribute? attribute) is not { } source || Call(source, "CreateTypeFormatters") is not System.Collections.IEnumerable formatters) return false;

        string[] preferred = Property(attribute!, "PreferredMimeTypes") as string[] ?? [];
        foreach (object formatter in formatters.Cast<object>().OrderBy(item => Rank(Property(item, "MimeType"), preferred)))
        {
            mimeType = Property(formatter, "MimeType") as string ?? ValueFormatter.Html;
            if (wanted is not null && mimeType != wanted) continue;
            using var writer = new StringWriter { NewLine = "\n" };
            if (Call(formatter, "Format", value, Target(formatter, writer)) is not true) continue;
            content = writer.ToString();
            return true;
        }
        return false;
    }

    /// <summary>The formatter source of an object's type; null: it has none.</summary>
    private static object? Source(object value, out Attribute? attribute)
    {
        attribute = value.GetType().GetCustomAttributes(inherit: true).OfType<Attribute>()
            .FirstOrDefault(candidate => candidate.GetType().Name == AttributeName);
        return attribute is not null && Property(attribute, "FormatterSourceType") is Type type ? Activator.CreateInstance(type, nonPublic: true) : null;
    }

    private static bool TryToHtml(object value, string? wanted, out string mimeType, out string content)
    {
        (mimeType, content) = (ValueFormatter.Html, "");
        if (wanted is not (null or ValueFormatter.Html)) return false;
        MethodInfo? method = value.GetType().GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes);
        if (method is null || method.ReturnType != typeof(string)) return false;
        content = Invoke(method, value) as string ?? "";
        return true;
    }

    /// <summary>What a formatter writes to: a writer, or for the engine's own ones their context made of it.</summary>
    private static object Target(object formatter, TextWriter writer)
    {
        Type? wanted = formatter.GetType().GetMethods(Members).FirstOrDefault(method => method.Name == "Format" && method.GetParameters().Length == 2)?.GetParameters()[1].ParameterType;
        return wanted is null || wanted.IsInstanceOfType(writer) ? writer : Activator.CreateInstance(wanted, writer)!;
    }

    private static int Rank(object? mimeType, string[] preferred)
    {
        int rank = Array.IndexOf(preferred, mimeType as string);
        return rank < 0 ? int.MaxValue : rank;
    }

    private static object? Property(object owner, string name) =>
        owner.GetType().GetProperty(name, Members)?.GetValue(owner);

    private static object? Call(object owner, string name, params object?[] arguments) => owner.GetType()
        .GetMethods(Members)
        .FirstOrDefault(method => method.Name == name && method.GetParameters().Length == arguments.Length) is { } method ? Invoke(method, owner, arguments) : null;

    /// <summary>Calls a method; what it throws is thrown as it is.</summary>
    private static object? Invoke(MethodInfo method, object owner, params object?[] arguments)
    {
        try
        {
            return method.Invoke(owner, arguments);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException);
            throw;
        }
    }
}
