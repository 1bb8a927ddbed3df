using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mnist.Runner.Display;

/// <summary>The public properties and fields of an object, as rows or columns of a table.</summary>
internal static class ObjectMembers
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<MemberInfo>> Known = new();

    /// <summary>
    /// True for records, structs and classes that have members and no text of their own. (A record's ToString is
    /// written by the compiler, so it does not count as its own.)
    /// </summary>
    public static bool IsShownByMembers(Type type) => Of(type).Count > 0 && (IsRecordLike(type) || !HasOwnText(type));

    public static IReadOnlyList<MemberInfo> Of(Type type) => Known.GetOrAdd(type, static key =>
    [
        .. key.GetMembers(BindingFlags.Public | BindingFlags.Instance)
            .Where(member => member is FieldInfo or PropertyInfo { CanRead: true } && !IsHidden(member))
            .OrderBy(member => member.MetadataToken),
    ]);

    /// <summary>A member's value; an exception of a getter is the value to show.</summary>
    public static object? Value(MemberInfo member, object owner)
    {
        try
        {
            return member is PropertyInfo property ? property.GetValue(owner) : ((FieldInfo)member).GetValue(owner);
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
    }

    /// <summary>True for records and anonymous types whose ToString the compiler has written.</summary>
    public static bool TextIsCompilers(Type type) => IsRecordLike(type)
        && (type.Name.StartsWith("<>", StringComparison.Ordinal)
            || type.GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));

    private static bool IsHidden(MemberInfo member) =>
        member is PropertyInfo property && (property.GetIndexParameters().Length > 0 || property.PropertyType.IsByRefLike);

    private static bool IsRecordLike(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || type.Name.StartsWith("<>", StringComparison.Ordinal)
        || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null);

    private static bool HasOwnText(Type type) =>
        type.GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType is { } declaring
        && declaring != typeof(object) && declaring != typeof(ValueType);
}
