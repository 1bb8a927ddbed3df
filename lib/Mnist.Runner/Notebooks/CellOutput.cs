using System.Text.Json.Serialization;

namespace Mnist.Runner.Notebooks;

/// <summary>One thing that a cell has shown.</summary>
[JsonDerivedType(typeof(StreamOutput), "stream")]
[JsonDerivedType(typeof(DisplayOutput), "display")]
[JsonDerivedType(typeof(ErrorOutput), "error")]
internal abstract record CellOutput;

/// <summary>Console text of a cell.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text, with its line ends as they were written.</param>
internal sealed record StreamOutput(string Name, string Text) : CellOutput;

/// <summary>A displayed object in one kind of content.</summary>
/// <param name="MimeType"><c>text/plain</c>, <c>text/html</c> …</param>
/// <param name="Content">The object in that kind.</param>
/// <param name="Summary">One or few lines for a terminal.</param>
/// <param name="IsResult">True for the value of the cell's last expression.</param>
internal sealed record DisplayOutput(string MimeType, string Content, string Summary, bool IsResult) : CellOutput
{
    /// <summary>
    /// What a notebook file keeps in its place, each part an output: pictures as images, since GitHub shows no SVG inside
    /// of HTML. Empty: the content itself.
    /// </summary>
    public IReadOnlyList<SavedPart> Saved { get; init; } = [];
}

/// <summary>A part of a displayed object as a notebook file keeps it.</summary>
/// <param name="MimeType"><c>text/html</c> or <c>image/svg+xml</c>.</param>
/// <param name="Content">The part in that kind.</param>
internal sealed record SavedPart(string MimeType, string Content);

/// <summary>The error that ended a cell.</summary>
/// <param name="Name">The exception's type, or <c>CompilationError</c>.</param>
/// <param name="Message">What it says.</param>
/// <param name="Lines">The lines to show: message and the places inside the notebook.</param>
internal sealed record ErrorOutput(string Name, string Message, IReadOnlyList<string> Lines) : CellOutput;
