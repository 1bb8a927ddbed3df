using System.Diagnostics.CodeAnalysis;
using Mnist.Runner.Display;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.InCells;

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
    public static DisplayedValue Display(this object? value, params string[] mimeTypes)
    {
        OutputCollector? outputs = OutputCollector.Current;
        return new DisplayedValue(outputs, outputs?.Show(value, isResult: false, mimeTypes?.FirstOrDefault()) ?? 0);
    }

    /// <summary>Shows a text that already is content of a kind, e.g. <c>text/html</c>.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType)
    {
        OutputCollector? outputs = OutputCollector.Current;
        return new DisplayedValue(outputs, outputs?.Add(new DisplayOutput(mimeType, value, HtmlSummary.Of(value), IsResult: false)) ?? 0);
    }

    /// <summary>HTML that shows as such and not as text.</summary>
    public static HtmlContent HTML(string content) => new(content);
}

/// <summary>Something shown; <see cref="Update"/> shows another object in its place.</summary>
public sealed class DisplayedValue
{
    private readonly OutputCollector? outputs;
    private readonly int place;

    internal DisplayedValue(OutputCollector? outputs, int place)
    {
        this.outputs = outputs;
        this.place = place;
    }

    /// <summary>Shows another object in the place of the first.</summary>
    public void Update(object? value) => outputs?.Replace(place, value);
}
