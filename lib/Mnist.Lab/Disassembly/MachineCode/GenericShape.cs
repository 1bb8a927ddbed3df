using System.Reflection;
using Mnist.Kernels;

namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>
/// Chooses types for a generic kernel: lanes of the widest vectors here, the register tile that they are used with, no
/// epilogue. A name can choose otherwise: "RegisterTile.Compute&lt;Lanes256, Rows4, Columns2&gt;".
/// </summary>
internal static class GenericShape
{
    /// <summary>What a parameter is made for when the name does not say: the first of these names that fits it.</summary>
    private static string[] Defaults(Type declaring)
    {
        bool manyRegisters = Tile.Library.Rows == 8; // of 32 registers
        return declaring.Name.StartsWith("Sparse", StringComparison.Ordinal)
            ? ["Rows2", manyRegisters ? "Columns8" : "Columns4", "NoEpilogue"]
            : [manyRegisters ? "Rows8" : "Rows4", "Columns2", "NoEpilogue"];
    }

    /// <summary>True for a method that is written for any vector width.</summary>
    public static bool IsKernel(MethodInfo method) => method.IsGenericMethodDefinition && method.GetGenericArguments().Any(parameter => Vector(parameter) is not null);

    /// <summary>The method for certain types.</summary>
    /// <param name="method">A method, generic or not.</param>
    /// <param name="chosen">Names of types; each goes to the first parameter that it fits.</param>
    /// <exception cref="ArgumentException">No type fits a parameter, or a name fits none.</exception>
    public static MethodInfo Make(MethodInfo method, IReadOnlyList<string> chosen)
    {
        if (method.ContainsGenericParameters && !method.IsGenericMethodDefinition) throw new ArgumentException($"{method.DeclaringType!.Name} is a generic type; X-ray reads generic methods only");
        if (!method.IsGenericMethodDefinition)
            return chosen.Count == 0 ? method : throw new ArgumentException($"{method.DeclaringType!.Name}.{method.Name} is not generic, so it has no place for {string.Join(", ", chosen)}");
        Type[] parameters = method.GetGenericArguments();
        var made = new Dictionary<Type, Type>();
        var open = new List<string>(chosen);
        foreach (Type parameter in parameters.Where(parameter => Constraint(parameter) is not null))
            made[parameter] = Choose(method, parameter, open);
        if (open.Count > 0) throw new ArgumentException($"{open[0]} fits no type parameter of {method.DeclaringType!.Name}.{method.Name}");
        foreach (Type parameter in parameters.Where(parameter => Vector(parameter) is not null))
            made[Vector(parameter)!] = Interface(made[parameter])!.GetGenericArguments()[0];
        if (parameters.FirstOrDefault(parameter => !made.ContainsKey(parameter)) is { } left)
            throw new ArgumentException($"X-ray does not know which type to take for {left.Name} of {method.DeclaringType!.Name}.{method.Name}");
        return method.MakeGenericMethod([.. parameters.Select(parameter => made[parameter])]);
    }

    private static Type Choose(MethodInfo method, Type parameter, List<string> open)
    {
        Type[] fitting = Fitting(parameter);
        if (fitting.FirstOrDefault(type => open.Contains(type.Name)) is { } wanted)
        {
            _ = open.Remove(wanted.Name);
            return wanted;
        }
        if (Vector(parameter) is not null) return fitting.First(type => LanesOf(type) == (int)Simd.Best);
        string[] names = Defaults(method.DeclaringType!);
        return fitting.FirstOrDefault(type => names.Contains(type.Name)) ?? throw new ArgumentException($"X-ray does not know which type to take for {parameter.Name} of {method.DeclaringType!.Name}.{method.Name}: {string.Join(", ", fitting.Select(type => type.Name))}");
    }

    /// <summary>The structs of the library that implement what the parameter asks for.</summary>
    private static Type[] Fitting(Type parameter)
    {
        Type constraint = Constraint(parameter)!;
        return [.. parameter.Assembly.GetTypes().Where(type => type.IsValueType && type.GetInterfaces().Any(one => Definition(one) == Definition(constraint)))];
    }

    private static Type? Constraint(Type parameter) => parameter.GetGenericParameterConstraints().FirstOrDefault(constraint => constraint.IsInterface && constraint.Assembly == parameter.Assembly);

    /// <summary>The TVector of a parameter that must be ILanes&lt;TVector&gt;; null for others.</summary>
    private static Type? Vector(Type parameter) => Constraint(parameter) is { IsGenericType: true } lanes ? lanes.GetGenericArguments()[0] : null;

    private static Type? Interface(Type lanes) => lanes.GetInterfaces().FirstOrDefault(one => one.IsGenericType && one.Assembly == lanes.Assembly);

    private static int LanesOf(Type lanes) => (int)lanes.GetProperty("Count", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
