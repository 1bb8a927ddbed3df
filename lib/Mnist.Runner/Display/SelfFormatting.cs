using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Mnist.Runner.Display;

/// <summary>
/// Types that say themselves how they are shown, found by name as notebook engines find them, so that a library needs
/// no engine's package: an attribute called TypeFormatterSourceAttribute (.NET Interactive's convention), or a public
/// parameterless <c>string ToHtml()</c> (Verso's).
/// </summary>
internal static class SelfFormatting
{
    private const string AttributeName = "TypeFormatterSourceAttribute";

    /// <summary>Asks the object itself; false if it has neither convention for the kind of content.</summary>
    public static bool TryFormat(object? value, string? wanted, out string mimeType, out string content)
    {
        (mimeType, content) = (ValueFormatter.Html, "");
        if (value is null) return false;
        try
        {
            return TryFormatterSource(value, wanted, out mimeType, out content) || TryToHtml(value, wanted, out mimeType, out content);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException);
            throw;
        }
    }

    private static bool TryFormatterSource(object value, string? wanted, out string mimeType, out string content)
    {
        (mimeType, content) = (ValueFormatter.Html, "");
        Attribute? attribute = value.GetType().GetCustomAttributes(inherit: true).OfType<Attribute>()
            .FirstOrDefault(candidate => candidate.GetType().Name == AttributeName);
        if (attribute is null || Property(attribute, "FormatterSourceType") is not Type sourceType) return false;
        object source = Activator.CreateInstance(sourceType, nonPublic: true)!;
        if (Call(source, "CreateTypeFormatters") is not System.Collections.IEnumerable formatters) return false;

        string[] preferred = Property(attribute, "PreferredMimeTypes") as string[] ?? [];
        foreach (object formatter in formatters.Cast<object>().OrderBy(item => Rank(Property(item, "MimeType"), preferred)))
        {
            mimeType = Property(formatter, "MimeType") as string ?? ValueFormatter.Html;
            if (wanted is not null && mimeType != wanted) continue;
            using var writer = new StringWriter { NewLine = "\n" };
            if (Call(formatter, "Format", value, writer) is not true) continue;
            content = writer.ToString();
            return true;
        }
        return false;
    }

    private static bool TryToHtml(object value, string? wanted, out string mimeType, out string content)
    {
        (mimeType, content) = (ValueFormatter.Html, "");
        if (wanted is not (null or ValueFormatter.Html)) return false;
        MethodInfo? method = value.GetType().GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes);
        if (method is null || method.ReturnType != typeof(string)) return false;
        content = method.Invoke(value, null) as string ?? "";
        return true;
    }

    private static int Rank(object? mimeType, string[] preferred)
    {
        int rank = Array.IndexOf(preferred, mimeType as string);
        return rank < 0 ? int.MaxValue : rank;
    }

    private static object? Property(object owner, string name) =>
        owner.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)?.GetValue(owner);

    private static object? Call(object owner, string name, params object?[] arguments) => owner.GetType()
        .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        .FirstOrDefault(method => method.Name == name && method.GetParameters().Length == arguments.Length)?
        .Invoke(owner, arguments);
}
