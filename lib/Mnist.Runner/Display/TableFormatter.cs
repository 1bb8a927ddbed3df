using System.Collections;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mnist.Runner.Display;

/// <summary>Tables for sequences, dictionaries, tuples, and objects with members. Styles stand as attributes only:
/// a page holds the outputs of all cells.</summary>
internal static class TableFormatter
{
    private const string NumberStyle = " style=\"text-align:right\"";

    public static string Table(object value, int depth) => value switch
    {
        ITuple tuple => Rows(["item", "value"], Sequences.Items(tuple).Select((item, index) => Row(depth, $"Item{index + 1}", item)), null),
        IDictionary dictionary => Dictionary(dictionary, depth),
        Array { Rank: 2 } grid => Grid(grid, depth),
        IEnumerable sequence => Sequence(sequence, depth),
        _ => Members(value, depth),
    };

    private static string Dictionary(IDictionary dictionary, int depth)
    {
        (IReadOnlyList<object?> entries, string? more) = Sequences.First(dictionary);
        IEnumerable<DictionaryEntry> pairs = entries.Select(entry => entry is DictionaryEntry pair
            ? pair
            : new DictionaryEntry(Member(entry!, "Key")!, Member(entry!, "Value")));
        return Rows(["key", "value"], pairs.Select(pair => Row(depth, pair.Key, pair.Value)), more);
    }

    /// <summary>Pairs as key and value, objects with a column for each member, all else as index and value.</summary>
    private static string Sequence(IEnumerable sequence, int depth)
    {
        (IReadOnlyList<object?> items, string? more) = Sequences.First(sequence);
        Type? common = items.Count > 0 && items.All(item => item is not null && item.GetType() == items[0]!.GetType()) ? items[0]!.GetType() : null;
        if (common is { IsGenericType: true } && common.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
            return Rows(["key", "value"], items.Select(item => Row(depth, Member(item!, "Key"), Member(item!, "Value"))), more);
        if (common is null || ValueFormatter.ShowsItself(items[0], out _) || ValueFormatter.IsText(items[0]) || items[0] is IEnumerable)
            return Rows(["index", "value"], items.Select((item, index) => Row(depth, index, item)), more);
        if (items[0] is ITuple first)
        {
            string[] names = [.. Enumerable.Range(1, first.Length).Select(index => $"Item{index}")];
            return Rows(["index", .. names], items.Select((item, index) => Row(depth, [index, .. Sequences.Items((ITuple)item!)])), more);
        }
        IReadOnlyList<MemberInfo> members = ObjectMembers.Of(common);
        return Rows(
            ["index", .. members.Select(member => member.Name)],
            items.Select((item, index) => Row(depth, [index, .. members.Select(member => ObjectMembers.Value(member, item!))])),
            more);
    }

    private static string Grid(Array grid, int depth)
    {
        int rows = Math.Min(grid.GetLength(0), Sequences.Most), columns = Math.Min(grid.GetLength(1), Sequences.Most);
        string? more = rows < grid.GetLength(0) || columns < grid.GetLength(1) ? $"… ({grid.GetLength(0)} × {grid.GetLength(1)} in all)" : null;
        return Rows(
            ["", .. Enumerable.Range(0, columns).Select(column => column.ToString(CultureInfo.InvariantCulture))],
            Enumerable.Range(0, rows).Select(row => Row(depth, [row, .. Enumerable.Range(0, columns).Select(column => grid.GetValue(row, column))])),
            more);
    }

    private static string Members(object value, int depth) =>
        Rows(["member", "value"], ObjectMembers.Of(value.GetType()).Select(member => Row(depth, member.Name, ObjectMembers.Value(member, value))), null);

    private static object? Member(object owner, string name) => owner.GetType().GetProperty(name)?.GetValue(owner);

    private static string Row(int depth, params IEnumerable<object?> cells) =>
        string.Concat(cells.Select(cell => $"<td{(IsNumber(cell) ? NumberStyle : "")}>{ValueFormatter.Nested(cell, depth + 1)}</td>"));

    private static string Rows(IEnumerable<string> heads, IEnumerable<string> rows, string? more)
    {
        var html = new StringBuilder("<table><thead><tr>");
        int columns = 0;
        foreach (string head in heads)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th>{WebUtility.HtmlEncode(head)}</th>");
            columns++;
        }
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (string row in rows)
            html.Append(CultureInfo.InvariantCulture, $"<tr>{row}</tr>\n");
        if (more is not null)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td colspan=\"{columns}\">{more}</td></tr>\n");
        return html.Append("</tbody></table>").ToString();
    }

    private static bool IsNumber(object? value) => value is sbyte or byte or short or ushort or int or uint or long or ulong
        or Int128 or UInt128 or Half or float or double or decimal;
}
