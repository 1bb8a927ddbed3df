namespace CellFunctions;

/// <summary>HTML to be shown as it is.</summary>
/// <param name="content">The HTML.</param>
public sealed class HtmlContent(string content)
{
    /// <summary>The HTML.</summary>
    public string ToHtml() => content;

    /// <summary>The HTML.</summary>
    public override string ToString() => content;
}
