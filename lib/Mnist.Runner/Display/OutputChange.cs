using System.Text.Json.Serialization;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Display;

/// <summary>A step in what a cell shows; its steps in order make its outputs.</summary>
[JsonDerivedType(typeof(TextWritten), "text")]
[JsonDerivedType(typeof(OutputAdded), "added")]
[JsonDerivedType(typeof(OutputReplaced), "replaced")]
internal abstract record OutputChange;

/// <summary>Console text: joined with what was written just before to the same stream.</summary>
internal sealed record TextWritten(string Stream, string Text) : OutputChange;

/// <summary>A new output after those before.</summary>
internal sealed record OutputAdded(CellOutput Output) : OutputChange;

/// <summary>Another output in the place of one shown before.</summary>
internal sealed record OutputReplaced(int Place, CellOutput Output) : OutputChange;
