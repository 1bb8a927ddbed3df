using System.Collections;
using System.Runtime.CompilerServices;

namespace Mnist.Runner.Display;

/// <summary>The items of arrays, lists, dictionaries, tuples and other sequences that are shown: at most 20.</summary>
internal static class Sequences
{
    /// <summary>As many items of a sequence as .NET Interactive shows.</summary>
    public const int Most = 20;

    private const int Deepest = 2;

    /// <summary>The first items and the line that says how many more there are; never asks for more than needed.</summary>
    public static (IReadOnlyList<object?> Items, string? More) First(IEnumerable sequence)
    {
        var items = new List<object?>(Most);
        foreach (object? item in sequence)
        {
            if (items.Count == Most)
                return (items, sequence is ICollection collection ? $"… ({collection.Count - Most} more)" : "… (more)");
            items.Add(item);
        }
        return (items, null);
    }

    public static IReadOnlyList<object?> Items(ITuple tuple) => [.. Enumerable.Range(0, tuple.Length).Select(index => tuple[index])];

    /// <summary>One line for a terminal: the type and the items, nested ones in brackets.</summary>
    /// <param name="value">The object.</param>
    /// <param name="depth">How many others it is in: a list may contain itself.</param>
    public static string Summary(object? value, int depth = 0) => value switch
    {
        string => ValueFormatter.Text(value),
        _ when ValueFormatter.IsText(value) => ValueFormatter.Text(value),
        _ when depth > Deepest => "…",
        ITuple tuple => $"({string.Join(", ", Items(tuple).Select(item => Summary(item, depth + 1)))})",
        DictionaryEntry entry => $"{Summary(entry.Key, depth + 1)}: {Summary(entry.Value, depth + 1)}",
        IEnumerable sequence => Brackets(sequence, depth),
        _ when ObjectMembers.TextIsCompilers(value!.GetType()) => Members(value, depth),
        _ => ValueFormatter.Text(value),
    };

    /// <summary>As a record writes itself, but never deeper than a line can hold: it may contain itself too.</summary>
    private static string Members(object record, int depth)
    {
        Type type = record.GetType();
        string name = type.Name.StartsWith("<>", StringComparison.Ordinal) ? "" : $"{type.Name} ";
        return $"{name}{{ {string.Join(", ", ObjectMembers.Of(type).Select(member => $"{member.Name} = {Summary(ObjectMembers.Value(member, record), depth + 1)}"))} }}";
    }

    private static string Brackets(IEnumerable sequence, int depth)
    {
        (IReadOnlyList<object?> items, string? more) = First(sequence);
        IEnumerable<string> texts = items.Select(item => Summary(item, depth + 1));
        return $"[ {string.Join(", ", more is null ? texts : texts.Append(more))} ]";
    }
}
