using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Mnist.Runner.Notebooks;

namespace Mnist.Runner.Execution;

/// <summary>Says of a failed cell what and where: lines inside the cell, no path of this machine, no engine frames.</summary>
internal static partial class ErrorReport
{
    private const int MostErrors = 10;
    private const string MissingFile = "CS0006";
    private const string BuildFirst = "The library is not built yet. Build first: dotnet build -c Release, in the folder of the solution; then run this again (in VS Code or Jupyter: restart the kernel, which remembers that the file was missing).";

    /// <summary>The output for an exception that ended a cell.</summary>
    /// <param name="exception">What was thrown, compile errors included.</param>
    /// <param name="cellPath">The name that the cell's code was compiled under.</param>
    public static ErrorOutput Of(Exception exception, string cellPath) => exception switch
    {
        CompilationFailedException failed => Compilation(failed, cellPath),
        CellRefusedException refused => new ErrorOutput("CellError", refused.Message, [refused.Message]),
        _ => Thrown(exception, cellPath),
    };

    private static ErrorOutput Compilation(CompilationFailedException failed, string cellPath)
    {
        Diagnostic[] missing = [.. failed.Errors.Where(error => error.Id == MissingFile)];
        Diagnostic[] errors = missing.Length > 0 ? missing : [.. failed.Errors]; // unknown names only follow from a missing library
        List<string> lines = [.. errors.Take(MostErrors).Select(error => Describe(error, cellPath))];
        if (errors.Length > MostErrors) lines.Add($"… and {errors.Length - MostErrors} more errors");
        if (missing.Any(error => BuildOutput().IsMatch(error.GetMessage()))) lines.Add(BuildFirst);
        return new ErrorOutput("CompilationError", lines[0], lines);
    }

    /// <summary>The compiler's warnings, as the engine shows them: a line each.</summary>
    public static string Warnings(IReadOnlyList<Diagnostic> warnings, string cellPath) =>
        string.Concat(warnings.Select(warning => $"{Describe(warning, cellPath)}\n"));

    private static string Describe(Diagnostic error, string cellPath)
    {
        FileLinePositionSpan span = error.Location.GetMappedLineSpan();
        string source = error.Location.SourceTree?.GetText().Lines[error.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";
        string place = error.Location.IsInSource ? $"{Place(span.Path, span.StartLinePosition.Line + 1, cellPath)}: " : "";
        return $"{place}{(error.Severity == DiagnosticSeverity.Warning ? "warning" : "error")} {error.Id}: {error.GetMessage()}{(source.Length > 0 ? $"   ← {source}" : "")}";
    }

    private static ErrorOutput Thrown(Exception exception, string cellPath)
    {
        string name = exception.GetType().FullName ?? exception.GetType().Name;
        List<string> lines = [$"{name}: {exception.Message}"];
        for (Exception? inner = exception.InnerException; inner is not null; inner = inner.InnerException)
            lines.Add($"  because of {inner.GetType().FullName}: {inner.Message}");
        lines.AddRange(Frames(exception, cellPath));
        return new ErrorOutput(name, exception.Message, lines);
    }

    /// <summary>The places inside the notebook that the exception came through, innermost first.</summary>
    private static IEnumerable<string> Frames(Exception exception, string cellPath) =>
        from frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames()
        let file = frame.GetFileName()
        where file is not null && frame.GetFileLineNumber() > 0 && IsOfNotebook(file, cellPath)
        select $"  at {Place(file, frame.GetFileLineNumber(), cellPath)}";

    private static bool IsOfNotebook(string file, string cellPath) =>
        file.StartsWith(CellPaths.Notebook(cellPath), StringComparison.Ordinal) || Path.GetDirectoryName(file) == Path.GetDirectoryName(cellPath);

    private static string Place(string file, int line, string cellPath)
    {
        if (file == cellPath) return $"line {line}";
        return CellPaths.CellNumber(file) is { } number ? $"code cell {number}, line {line}" : $"{Path.GetFileName(file)}, line {line}";
    }

    [GeneratedRegex(@"[/\\]bin[/\\][^']*\.dll'")]
    private static partial Regex BuildOutput();
}

/// <summary>A cell that asks for what this runner does not do.</summary>
internal sealed class CellRefusedException(string message) : Exception(message);

/// <summary>The names under which code is compiled: <c>…/01-memory.ipynb#cell 3</c>.</summary>
internal static class CellPaths
{
    private const string Mark = "#cell ";

    public static string Of(Notebook notebook, NotebookCell cell) => $"{notebook.Path}{Mark}{cell.Number}";

    public static string Notebook(string cellPath) => cellPath.Split(Mark)[0] + Mark;

    public static string? CellNumber(string path) => path.Split(Mark) is [_, var number] ? number : null;
}
