using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mnist.Lab.Disassembly.MachineCode;

/// <summary>Finds a method of the library by a name such as "DotProduct.Vectorized".</summary>
internal static class MethodNames
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
    private const int MostSuggestions = 6;
    private const int MethodAlone = 3; // an equal method of another type counts as three wrong letters

    /// <summary>The types of the two libraries, of the very copies that this code belongs to.</summary>
    private static readonly Type[] Types = [.. new[] { typeof(MnistData).Assembly, typeof(XRay).Assembly }.SelectMany(assembly => assembly.GetTypes())];

    /// <summary>The methods of that name; of several overloads the one with the work in it is the first.</summary>
    /// <param name="name">Type and method, "DotProduct.Vectorized"; namespaces may stand before them.</param>
    public static IReadOnlyList<MethodInfo> Find(string name)
    {
        int dot = name.LastIndexOf('.');
        if (dot <= 0) return [];
        string type = name[..dot], method = name[(dot + 1)..];
        return [.. Types.Where(candidate => IsNamed(candidate, type)).SelectMany(candidate => candidate.GetMethods(All))
            .Where(candidate => candidate.Name == method && !candidate.IsAbstract)
            .OrderByDescending(GenericShape.IsKernel)
            .ThenByDescending(candidate => candidate.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization))];
    }

    /// <summary>Names that a reader may have meant, the most alike first.</summary>
    public static IReadOnlyList<string> Near(string name)
    {
        string wanted = name.ToLowerInvariant();
        return [.. Types.Where(type => !Attribute.IsDefined(type, typeof(CompilerGeneratedAttribute)) && !type.Name.Contains('<', StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(All).Where(method => !method.IsSpecialName && !method.IsAbstract && !method.Name.Contains('<', StringComparison.Ordinal))
                .Select(method => $"{type.Name}.{method.Name}")).Distinct()
            .OrderBy(candidate => Distance(candidate, wanted)).ThenBy(candidate => candidate, StringComparer.Ordinal)
            .Take(MostSuggestions)];
    }

    private static bool IsNamed(Type type, string name)
    {
        string full = (type.FullName ?? type.Name).Replace('+', '.');
        return full == name || full.EndsWith($".{name}", StringComparison.Ordinal);
    }

    /// <summary>How far a name is from what was asked for; type or method alone may be what was meant.</summary>
    private static int Distance(string candidate, string wanted)
    {
        string[] parts = candidate.ToLowerInvariant().Split('.');
        string last = wanted[(wanted.LastIndexOf('.') + 1)..];
        int whole = Edits(candidate.ToLowerInvariant(), wanted), type = Edits(parts[0], wanted), method = Edits(parts[1], last);
        return Math.Min(whole, Math.Min(type, last == wanted ? method : method + MethodAlone) + 1);
    }

    /// <summary>Letters to insert, delete or replace to make one word of the other (Levenshtein).</summary>
    private static int Edits(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                int replaced = diagonal + (a[i] == b[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], row[j + 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
