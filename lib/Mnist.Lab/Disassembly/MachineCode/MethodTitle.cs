using System.Reflection;
using System.Runtime.Intrinsics;

namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>A method's name for people.</summary>
internal static class MethodTitle
{
    /// <summary>Type and method, with the types that a generic one was made for.</summary>
    public static string Of(MethodBase method)
    {
        string[] types = method.IsGenericMethod ? [.. method.GetGenericArguments().Where(type => !IsVector(type)).Select(type => type.Name)] : [];
        string name = $"{Owner(method)}{Plain(method.Name)}";
        return types.Length == 0 ? name : $"{name}<{string.Join(", ", types)}>";
    }

    /// <summary>Type and method of some code.</summary>
    public static string Of(CompiledCode code) => $"{Symbols.TypeName(code.Type)}.{Plain(code.Name)}";

    /// <summary>"8 × 2 tile" for a register tile; else empty.</summary>
    public static string Tile(MethodBase method)
    {
        string[] types = method.IsGenericMethod ? [.. method.GetGenericArguments().Select(type => type.Name)] : [];
        string? rows = Array.Find(types, type => type.StartsWith("Rows", StringComparison.Ordinal));
        string? columns = Array.Find(types, type => type.StartsWith("Columns", StringComparison.Ordinal));
        return rows is null || columns is null ? "" : $"{rows["Rows".Length..]} × {columns["Columns".Length..]} tile";
    }

    /// <summary>Cells' methods belong to a type of the engine, whose name says nothing.</summary>
    private static string Owner(MethodBase method) => method.DeclaringType is not { } type || type.Name.StartsWith("Submission#", StringComparison.Ordinal) || type.Name.StartsWith('<')
        ? "" : $"{type.Name.Split('`')[0]}.";

    /// <summary>The compiler calls a local function f "&lt;Outer&gt;g__f|0_0" and a lambda "&lt;Outer&gt;b__0_0".</summary>
    private static string Plain(string name)
    {
        int local = name.IndexOf(">g__", StringComparison.Ordinal), end = name.IndexOf('|', StringComparison.Ordinal);
        if (local >= 0 && end > local) return name[(local + 4)..end];
        return name.Contains(">b__", StringComparison.Ordinal) ? "lambda" : name;
    }

    private static bool IsVector(Type type) => type.IsGenericType
        ? type.GetGenericTypeDefinition() is var one && (one == typeof(Vector512<>) || one == typeof(Vector256<>) || one == typeof(Vector128<>))
        : type == typeof(float);
}
