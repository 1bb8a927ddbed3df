using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Execution;

/// <summary>One thing to do for a cell.</summary>
internal abstract record CellStep;

/// <summary>C# to compile and run; lines of other steps are blank, so that line numbers are the cell's.</summary>
internal sealed record RunCode(string Code) : CellStep;

/// <summary>Text to show as HTML or Markdown.</summary>
internal sealed record ShowText(string MimeType, string Text) : CellStep;

/// <summary>A C# file to run (<c>#!import</c>).</summary>
internal sealed record ImportFile(string Path) : CellStep;

/// <summary>The table of variables (<c>#!whos</c>).</summary>
internal sealed record ShowVariables(bool WithValues) : CellStep;

/// <summary>Lines of another kernel, which we do not have.</summary>
internal sealed record ForeignCode(string Kernel) : CellStep;

/// <summary>A cell's source taken apart into C# and the engine's own lines (<c>#!…</c>, <c>#r "nuget: …"</c>, <c>#i "nuget: …"</c>).</summary>
/// <param name="Packages">The packages to restore before anything runs.</param>
/// <param name="Feeds">Where packages are looked for, besides the configured feeds.</param>
/// <param name="Steps">What to do, in order.</param>
/// <param name="IsTimed">True after <c>#!time</c>.</param>
internal sealed record CellCode(
    IReadOnlyList<PackageRequest> Packages, IReadOnlyList<string> Feeds, IReadOnlyList<CellStep> Steps, bool IsTimed)
{
    /// <summary>True if there is nothing in it but lines of other kernels.</summary>
    public bool IsForeign => Packages.Count == 0 && Steps.Count > 0 && Steps.All(step => step is ForeignCode);

    /// <param name="source">The cell's text.</param>
    /// <param name="kernel">The kernel that its first lines are for.</param>
    /// <exception cref="FormatException">An engine's command that we do not have.</exception>
    public static CellCode Parse(string source, string kernel = NotebookMetadata.CellKernelName) => new CellCodeParser(kernel).Parse(source);
}
