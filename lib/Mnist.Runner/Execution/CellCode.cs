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

/// <summary>A cell's source taken apart into C# and the engine's own lines (<c>#!…</c> and <c>#r "nuget: …"</c>).</summary>
/// <param name="Packages">The packages to restore before anything runs.</param>
/// <param name="Steps">What to do, in order.</param>
/// <param name="IsTimed">True after <c>#!time</c>.</param>
internal sealed record CellCode(IReadOnlyList<PackageRequest> Packages, IReadOnlyList<CellStep> Steps, bool IsTimed)
{
    /// <exception cref="FormatException">An engine's command that we do not have.</exception>
    public static CellCode Parse(string source) => new CellCodeParser().Parse(source);
}
