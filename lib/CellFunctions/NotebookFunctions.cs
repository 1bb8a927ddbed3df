using System.Diagnostics.CodeAnalysis;

namespace CellFunctions;

/// <summary>The functions that every cell can call, named as in .NET Interactive.</summary>
[SuppressMessage("Naming", "CA1708", Justification = "the engine has display and Display")]
public static class NotebookFunctions
{
    /// <summary>Shows an object now.</summary>
    /// <param name="value">The object.</param>
    /// <param name="mimeTypes">The kind of content, e.g. <c>text/plain</c>; without it the object's best.</param>
    /// <returns>A handle that can show something else in the same place.</returns>
#pragma warning disable IDE1006 // the engine's function is in lower case
    public static DisplayedValue display(object? value, params string[] mimeTypes) => Display(value, mimeTypes);
#pragma warning restore IDE1006

    /// <summary>Shows an object now; see <see cref="display"/>.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        new(CellOutputs.Current, CellOutputs.Current?.Show(value, mimeTypes?.FirstOrDefault()) ?? 0);

    /// <summary>Shows a text that already is content of a kind, e.g. <c>text/html</c>.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) =>
        new(CellOutputs.Current, CellOutputs.Current?.ShowContent(value, mimeType) ?? 0);

    /// <summary>Shows a sequence as a table, a row per item.</summary>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> value, params string[] mimeTypes) => Display(value, mimeTypes);

    /// <summary>HTML that shows as such and not as text.</summary>
    public static HtmlContent HTML(string content) => new(content);
}

/// <summary>Something shown; <see cref="Update"/> shows another object in its place.</summary>
public sealed class DisplayedValue
{
    private readonly ICellOutputs? outputs;
    private readonly int place;

    internal DisplayedValue(ICellOutputs? outputs, int place)
    {
        this.outputs = outputs;
        this.place = place;
    }

    /// <summary>Shows another object in the place of the first, as long as the cell that showed it runs.</summary>
    public void Update(object? value)
    {
        if (outputs is not null && !outputs.Replace(place, value))
            Console.Error.WriteLine("Update: the cell that showed this is over, and in this runner what it has shown stays as it was.");
    }
}
