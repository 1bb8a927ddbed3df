using System.Collections;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using CellFunctions;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Display;

/// <summary>How an object is shown: as it says itself, else text for text and numbers, else tables.</summary>
internal static class ValueFormatter
{
    public const string Plain = "text/plain";
    public const string Html = "text/html";
    public const string Svg = "image/svg+xml";
    public const string Null = "<null>";

    /// <summary>The output for an object.</summary>
    /// <param name="value">The object, null included.</param>
    /// <param name="isResult">True for a cell's last expression.</param>
    /// <param name="mimeType">The wanted kind of content; null for the object's best.</param>
    public static DisplayOutput Format(object? value, bool isResult, string? mimeType = null)
    {
        string summary = Summary(value);
        if (RegisteredFormatters.TryFormat(value, mimeType, out string registeredKind, out string registered))
        {
            // a picture stays one in a saved notebook, whatever draws it on a page
            IReadOnlyList<SavedPart> pictures = mimeType is null ? SelfFormatting.Saved(value!) : [];
            return new DisplayOutput(registeredKind, registered, pictures.Count > 0 ? summary : HtmlSummary.Of(registered), isResult) { Saved = pictures };
        }
        if (mimeType == Plain) return new DisplayOutput(Plain, summary, summary, isResult);
        if (SelfFormatting.TryFormat(value, mimeType, out string kind, out string content))
            return new DisplayOutput(kind, content, summary, isResult) { Saved = mimeType is null && kind == Html ? SelfFormatting.Saved(value!) : [] };
        return IsText(value)
            ? new DisplayOutput(Plain, summary, summary, isResult)
            : new DisplayOutput(Html, TableFormatter.Table(value!, depth: 0), summary, isResult);
    }

    /// <summary>True if the object is shown as text and not as a table.</summary>
    public static bool IsText(object? value) => value switch
    {
        null or string or IFormattable or bool or char or Delegate or Exception or Type => true,
        IEnumerable or ITuple => false,
        _ => !ObjectMembers.IsShownByMembers(value.GetType()),
    };

    /// <summary>An object as text, independent of the machine's language.</summary>
    public static string Text(object? value) => value switch
    {
        null => Null,
        string text => text,
        Type type => TypeNames.Of(type),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        Exception exception => $"{exception.GetType().Name}: {exception.Message}",
        _ => value.ToString() ?? Null,
    };

    /// <summary>True if an object has an HTML of its own: registered by a cell, or by its type.</summary>
    public static bool ShowsItself(object? value, out string html) =>
        RegisteredFormatters.TryFormat(value, Html, out _, out html) || SelfFormatting.TryFormat(value, Html, out _, out html);

    /// <summary>The HTML of an object inside a table.</summary>
    public static string Nested(object? value, int depth)
    {
        if (ShowsItself(value, out string html)) return html;
        if (IsText(value) || depth > 2) return WebUtility.HtmlEncode(Sequences.Summary(value, depth));
        return TableFormatter.Table(value!, depth);
    }

    /// <summary>What a terminal shows: the text, or for objects without a text of their own what they are.</summary>
    private static string Summary(object? value)
    {
        if (value is HtmlContent html) return HtmlSummary.Of(html.ToHtml());
        return Sequences.Summary(value);
    }
}
