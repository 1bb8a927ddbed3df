using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Mnist.Runner.Display;

/// <summary>
/// What cells have said with <c>Formatter.Register</c> and <c>Formatter.SetPreferredMimeTypesFor</c>. The class is found by
/// name, for it can be the one that comes with this runner or the engine's own, restored by a cell.
/// </summary>
internal static class RegisteredFormatters
{
    private const string FormatterClass = "Microsoft.DotNet.Interactive.Formatting.Formatter";

    private static readonly List<Type> Classes = []; // the newest first

    /// <summary>Looks for the class in an assembly that a cell has brought in.</summary>
    public static void Connect(Assembly assembly)
    {
        if (assembly.GetType(FormatterClass) is { } found) Classes.Insert(0, found);
    }

    /// <summary>Forgets the classes of the notebook before.</summary>
    public static void Reset() => Classes.Clear();

    /// <summary>Formats an object as a cell has registered it; false if none has.</summary>
    /// <param name="value">The object.</param>
    /// <param name="wanted">The kind of content; null for the one that its type prefers.</param>
    /// <param name="mimeType">The kind of <paramref name="content"/>.</param>
    /// <param name="content">The object in that kind.</param>
    public static bool TryFormat(object? value, string? wanted, out string mimeType, out string content)
    {
        (mimeType, content) = (wanted ?? ValueFormatter.Html, "");
        if (value is null) return false;
        foreach (Type formatters in Classes)
        {
            string[] kinds = wanted is not null ? [wanted] : [.. Call<IEnumerable<string>>(formatters, "GetPreferredMimeTypesFor", value.GetType())];
            if (kinds.FirstOrDefault(kind => IsRegistered(formatters, value.GetType(), kind)) is not { } kind) continue;
            mimeType = kind;
            content = Call<string>(formatters, "ToDisplayString", value, kind);
            return true;
        }
        return false;
    }

    private static bool IsRegistered(Type formatters, Type type, string kind) =>
        Call<IEnumerable<object>>(formatters, "RegisteredFormatters", false).Any(formatter =>
            Property<string>(formatter, "MimeType") == kind && Covers(Property<Type>(formatter, "Type"), type));

    private static bool Covers(Type formatted, Type actual) =>
        formatted.IsAssignableFrom(actual)
        || (formatted.IsGenericTypeDefinition && Ancestors(actual).Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == formatted));

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (Type? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType) yield return ancestor;
        foreach (Type implemented in type.GetInterfaces()) yield return implemented;
    }

    private static T Property<T>(object owner, string name) =>
        (T)owner.GetType().GetProperty(name)!.GetValue(owner)!;

    private static T Call<T>(Type formatters, string name, params object[] arguments)
    {
        MethodInfo method = formatters.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .First(candidate => candidate.Name == name && candidate.GetParameters().Length == arguments.Length
                && candidate.GetParameters().Zip(arguments).All(pair => pair.First.ParameterType.IsInstanceOfType(pair.Second)));
        try
        {
            return (T)method.Invoke(null, arguments)!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException);
            throw;
        }
    }
}
