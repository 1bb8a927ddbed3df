using System.Text.Json.Serialization;
using Mnist.Runner.Display;
using Mnist.Runner.Execution;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Supervision;

/// <summary>What a notebook's process is asked to do: these cells, in this order.</summary>
/// <param name="Path">Full path of the notebook; the file itself is not read again.</param>
/// <param name="TimeLimit">Time that one cell may take.</param>
/// <param name="SkipsInteractive">As <see cref="RunSettings.SkipsInteractive"/>.</param>
/// <param name="Cells">The cells to run.</param>
internal sealed record RunRequest(string Path, TimeSpan TimeLimit, bool SkipsInteractive, IReadOnlyList<CellRequest> Cells);

/// <summary>One cell to run.</summary>
internal sealed record CellRequest(int Position, int Number, string Source, string Kernel, IReadOnlyList<string> Tags);

/// <summary>What a notebook's process tells of its run, one line of JSON each.</summary>
[JsonDerivedType(typeof(CellStarted), "started")]
[JsonDerivedType(typeof(CellShows), "shows")]
[JsonDerivedType(typeof(ProgressMade), "progress")]
[JsonDerivedType(typeof(CellEnded), "ended")]
[JsonDerivedType(typeof(ProcessCrashes), "crashes")]
[JsonDerivedType(typeof(RunFinished), "finished")]
internal abstract record EngineEvent;

/// <summary>A cell begins.</summary>
internal sealed record CellStarted(int Number) : EngineEvent;

/// <summary>The running cell shows something.</summary>
internal sealed record CellShows(OutputChange Change) : EngineEvent;

/// <summary>The library says how far its work is.</summary>
internal sealed record ProgressMade(string Text, double Fraction) : EngineEvent;

/// <summary>The running cell is over.</summary>
internal sealed record CellEnded(CellStatus Status, TimeSpan Elapsed, string? Reason) : EngineEvent;

/// <summary>An exception that nobody catches is about to end the process.</summary>
internal sealed record ProcessCrashes(ErrorOutput Error) : EngineEvent;

/// <summary>All cells are done, or one has failed.</summary>
internal sealed record RunFinished : EngineEvent;

/// <summary>The messages as JSON, without reflection: both processes are short.</summary>
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(EngineEvent))]
internal sealed partial class EngineMessages : JsonSerializerContext;
