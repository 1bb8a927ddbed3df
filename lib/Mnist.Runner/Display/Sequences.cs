using System.Collections;
using System.Runtime.CompilerServices;

namespace Mnist.Runner.Display;

/// <summary>The items of arrays, lists, dictionaries, tuples and other sequences that are shown: at most 20.</summary>
internal static class Sequences
{
    /// <summary>As many items of a sequence as .NET Interactive shows.</summary>
    public const int Most = 20;

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
    public static string Summary(object? value) => value switch
    {
        string => ValueFormatter.Text(value),
        ITuple tuple => $"({string.Join(", ", Items(tuple).Select(Summary))})",
        DictionaryEntry entry => $"{Summary(entry.Key)}: {Summary(entry.Value)}",
        IEnumerable sequence => Brackets(sequence),
        _ => ValueFormatter.Text(value),
    };

    private static string Brackets(IEnumerable sequence)
    {
        (IReadOnlyList<object?> items, string? more) = First(sequence);
        IEnumerable<string> texts = items.Select(Summary);
        return $"[ {string.Join(", ", more is null ? texts : texts.Append(more))} ]";
    }
}
