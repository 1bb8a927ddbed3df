using System.Reflection;

namespace Mnist.Lab.Disassembly;

/// <summary>
/// Shows the machine code that the JIT has really made of a method, read from this process's own memory while the
/// notebook runs.
/// </summary>
/// <remarks>
/// Nothing is thrown when a method cannot be shown (it does not exist, or this is no x86-64 process): the report says
/// why, and what to do.
/// </remarks>
public static class XRay
{
    private const int MostCalls = 4; // how deep OfCalled looks

    /// <summary>
    /// Begins to note where the JIT puts its code. <see cref="Lesson.Start"/> does it; earlier is better, because what
    /// was compiled before can still be shown, but without its tier and its older versions.
    /// </summary>
    public static void Listen() => _ = JitRecords.Started;

    /// <summary>The code of a method, the newest version of it.</summary>
    /// <param name="method">A method group such as <c>DotProductSteps.Fma</c>, a method of a notebook cell, or a lambda.</param>
    /// <remarks>
    /// C# makes no delegate of a method with pointer parameters: give its name instead, or let it take spans. Call a cell's
    /// method once before you X-ray it, so that what it calls has a name.
    /// </remarks>
    /// <example><code>XRay.Of(DotProductSteps.Fma)</code></example>
    public static XRayReport Of(Delegate method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Of(method.Method);
    }

    /// <summary>The code of a method of the library, private and internal ones too, by its name.</summary>
    /// <param name="name">
    /// Type and method, "DotProduct.Vectorized". A generic kernel is made for the widest vectors of this CPU, or for the
    /// types that you name: "RegisterTile.Compute&lt;Lanes256, Rows4, Columns2&gt;", in any order; what you leave out is
    /// chosen as the library itself does.
    /// </param>
    /// <example><code>XRay.Of("RegisterTile.Compute")</code></example>
    public static XRayReport Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int bracket = name.IndexOf('<', StringComparison.Ordinal);
        string method = (bracket < 0 ? name : name[..bracket]).Trim();
        string[] types = bracket < 0 ? [] : name[(bracket + 1)..].Split([',', '>', ' '], StringSplitOptions.RemoveEmptyEntries);
        IReadOnlyList<MethodInfo> found = MethodNames.Find(method);
        if (found.Count == 0)
            return XRayReport.Unavailable(name, $"The library has no method “{method}”. Did you mean {string.Join(", ", MethodNames.Near(method))}?");
        try
        {
            return Of(GenericShape.Make(found[0], types));
        }
        catch (ArgumentException error)
        {
            return XRayReport.Unavailable(name, error.Message + ".");
        }
    }

    /// <summary>The code of a method, the newest version of it.</summary>
    /// <param name="method">A method with all its generic parameters filled in.</param>
    public static XRayReport Of(MethodBase method)
    {
        ArgumentNullException.ThrowIfNull(method);
        IReadOnlyList<CompiledCode> versions = CodeFinder.Versions(method, out string problem);
        string name = MethodTitle.Of(method);
        return versions.Count == 0 ? XRayReport.Unavailable(name, problem) : XRayReport.Newest(name, MethodTitle.Tile(method), versions);
    }

    /// <summary>The code of a method that another one calls, such as somebody else's inner loop; it must have been called often enough to be optimised.</summary>
    /// <param name="method">The method that calls it, itself or through others.</param>
    /// <param name="name">A part of its name.</param>
    /// <example><code>XRay.OfCalled(DotProductPeers.TensorPrimitivesDot, "Vectorized")</code></example>
    public static XRayReport OfCalled(Delegate method, string name)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentException.ThrowIfNullOrEmpty(name);
        string caller = MethodTitle.Of(method.Method);
        IReadOnlyList<CompiledCode> versions = CodeFinder.Versions(method.Method, out string problem);
        return versions.Count == 0 ? XRayReport.Unavailable(caller, problem)
            : CodeFinder.Called(versions[^1], name, MostCalls) is { } code ? XRayReport.Newest(MethodTitle.Of(code), "", [code])
            : XRayReport.Unavailable(caller, $"It calls no method with “{name}” in its name that was compiled while X-ray listened.");
    }

    /// <summary>The code of a method that was made while the program ran, by its name; it must have been called.</summary>
    internal static XRayReport OfDynamic(string name)
    {
        if (CodeFinder.Obstacle() is { Length: > 0 } obstacle) return XRayReport.Unavailable(name, obstacle);
        JitRecords records = JitRecords.Started;
        _ = records.CatchUp();
        return records.Named(name) is { } code ? XRayReport.Newest(name, "", [code])
            : XRayReport.Unavailable(name, "It was compiled before the X-ray began to listen.");
    }

    /// <summary>The inner loops of several methods side by side, one row each.</summary>
    /// <param name="reports">A name and an X-ray each.</param>
    /// <exception cref="ArgumentException">There is nothing to compare.</exception>
    public static Table Compare(params (string Name, XRayReport Report)[] reports) => Compare("One turn of the inner loop", reports);

    /// <summary>The same under another title, for code whose only loop is around all of it.</summary>
    /// <param name="title">What one row shows.</param>
    /// <param name="reports">A name and an X-ray each.</param>
    /// <exception cref="ArgumentException">There is nothing to compare.</exception>
    public static Table Compare(string title, params (string Name, XRayReport Report)[] reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        if (reports.Length == 0) throw new ArgumentException("there is nothing to compare", nameof(reports));
        IEnumerable<double> Column(Func<InstructionCounts, double> count) => reports.Select(one => one.Report.IsAvailable ? count(one.Report.Counts) : double.NaN);
        return new Table(title)
            .Text("", reports.Select(one => one.Name))
            .Text("code", reports.Select(one => one.Report.IsAvailable ? CodeTiers.Name(one.Report.Tier) : "cannot be shown"))
            .Number("instructions", Column(counts => counts.Instructions), "N0")
            .Number("FMA", Column(counts => counts.FusedMultiplyAdds), "N0")
            .Number("loads", Column(counts => counts.Loads), "N0")
            .Number("spills", Column(counts => counts.Spills), "N0")
            .Number("calls", Column(counts => counts.Calls), "N0")
            .Number("loads per FMA", Column(counts => counts.LoadsPerMultiplyAdd), "0.###")
            .Bars("instructions per product", Column(counts => counts.InstructionsPerProduct), "F2");
    }
}
