namespace Mnist.Lab.Display;

/// <summary>A line of text below a picture.</summary>
/// <param name="Text">What is the same in every run.</param>
/// <param name="Measured">What was measured, after the text; empty: nothing.</param>
[TypeFormatterSource(typeof(FormatterSource))]
internal sealed record Caption(string Text, string Measured = "") : IShownAsHtml
{
    public string ToHtml() =>
        $"<div style=\"font:14px system-ui,sans-serif\">{Message.Escape(Text)}{(Measured.Length == 0 ? "" : $", {Message.Volatile(Measured)}")}</div>";

    public override string ToString() => Measured.Length == 0 ? Text : $"{Text}, {Measured}";
}
