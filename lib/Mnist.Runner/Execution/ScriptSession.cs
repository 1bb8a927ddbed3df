using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using CellFunctions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Mnist.Runner.Execution;

/// <summary>
/// The C# state of one notebook: every piece of code sees the variables, methods, types and usings of those before it.
/// Roslyn's scripting builds the chain of compilations; we load and start them ourselves, so that a piece that throws
/// keeps what it has set (as in .NET Interactive), and assemblies come from the files the notebook names.
/// </summary>
internal sealed class ScriptSession
{
    private readonly NotebookLoadContext context;
    private readonly List<string> added = [];
    private ScriptOptions options;
    private Script<object>? last;
    private object?[] submissions = new object?[16];
    private int started;

    /// <summary>An empty session.</summary>
    /// <param name="folder">What a relative <c>#r</c> or <c>#load</c> starts from.</param>
    /// <param name="assemblyLoaded">Called for each assembly that the cells bring in.</param>
    public ScriptSession(string folder, Action<Assembly> assemblyLoaded)
    {
        context = new NotebookLoadContext(assemblyLoaded);
        options = EngineOptions
            .WithMetadataResolver(new BesideFirstResolver(folder))
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(folder));
    }

    /// <summary>The engine's own names, <c>Formatter</c> and others, as far as we have them.</summary>
    private static PortableExecutableReference EngineNames { get; } =
        MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "EngineNames.dll"));

    /// <summary>What .NET Interactive gives every cell: these imports and no more, compiled Debug.</summary>
    private static ScriptOptions EngineOptions { get; } = ScriptOptions.Default
        .WithLanguageVersion(LanguageVersion.Latest)
        .WithOptimizationLevel(OptimizationLevel.Debug)
        .WithEmitDebugInformation(true)
        .WithFileEncoding(Encoding.UTF8)
        .WithAllowUnsafe(true)
        .WithImports("System", "System.Text", "System.Collections", "System.Collections.Generic",
            "System.Threading.Tasks", "System.Linq", typeof(NotebookFunctions).FullName!, typeof(NotebookFunctions).Namespace!)
        .AddReferences(typeof(object).Assembly, typeof(Enumerable).Assembly, typeof(NotebookFunctions).Assembly,
            typeof(Microsoft.CSharp.RuntimeBinder.Binder).Assembly)
        .AddReferences(EngineNames);

    /// <summary>The names and values of the variables that cells have declared, the newest of each name.</summary>
    public IReadOnlyDictionary<string, object?> Variables
    {
        get
        {
            var variables = new SortedDictionary<string, object?>(StringComparer.Ordinal);
            foreach (object? submission in submissions)
            {
                foreach (FieldInfo declared in submission?.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) ?? [])
                    if (!declared.Name.StartsWith('<')) variables[declared.Name] = declared.GetValue(submission);
            }
            return variables;
        }
    }

    /// <summary>Makes the assemblies of a package available to everything that is compiled from now on.</summary>
    public void AddPackage(RestoredPackages packages)
    {
        string[] fresh = [.. packages.CompileAssemblies.Except(added)];
        added.AddRange(fresh);
        // The real names instead of ours. But cells inherit the references of those before them: there ours have to stay alone.
        if (last is not null) fresh = [.. fresh.Where(path => !IsEngines(path))];
        else if (fresh.Any(IsEngines)) options = options.WithReferences(options.MetadataReferences.Where(reference => reference != EngineNames));
        options = options.AddReferences(fresh.Select(path => MetadataReference.CreateFromFile(path)));
        foreach (string path in packages.RuntimeAssemblies) context.AddReference(path);
        foreach (string path in packages.NativeLibraries) context.AddNativeLibrary(path);
    }

    private static bool IsEngines(string path) => Path.GetFileName(path).StartsWith("Microsoft.DotNet.Interactive", StringComparison.OrdinalIgnoreCase);

    /// <summary>Compiles a piece of code and runs it to its end.</summary>
    /// <param name="code">C# script.</param>
    /// <param name="path">The name under which errors and stack traces speak of it.</param>
    /// <param name="warn">Told of the compiler's warnings, if there are any, before the code runs.</param>
    /// <exception cref="CompilationFailedException">It does not compile; nothing has been run.</exception>
    public async Task<ScriptResult> RunAsync(string code, string path, Action<IReadOnlyList<Diagnostic>>? warn = null)
    {
        Script<object> script = last is null
            ? CSharpScript.Create<object>(code, options.WithFilePath(path))
            : last.ContinueWith<object>(code, options.WithFilePath(path));
        Compilation compilation = script.GetCompilation();
        if (!HasCode(compilation)) // usings or comments only: part of the chain, but nothing to start
        {
            Report(compilation.GetDiagnostics(), warn);
            last = script;
            return ScriptResult.Nothing;
        }
        Func<object?[], Task<object?>> start = Load(compilation, warn);
        last = script;

        if (++started + 1 >= submissions.Length) Array.Resize(ref submissions, submissions.Length * 2);
        object? value = await start(submissions);
        return new ScriptResult(LastExpression.HasValue(compilation), value);
    }

    private Func<object?[], Task<object?>> Load(Compilation compilation, Action<IReadOnlyList<Diagnostic>>? warn)
    {
        using var assemblyStream = new MemoryStream();
        using var symbolStream = new MemoryStream();
        var emitted = compilation.Emit(assemblyStream, symbolStream);
        Report(emitted.Diagnostics, warn);

        foreach (var reference in compilation.References.Concat(compilation.DirectiveReferences).OfType<PortableExecutableReference>())
            if (reference.FilePath is { } path) context.AddReference(path);

        assemblyStream.Position = symbolStream.Position = 0;
        Assembly assembly = context.LoadFromStream(assemblyStream, symbolStream);
        IMethodSymbol entry = compilation.GetEntryPoint(CancellationToken.None)!;
        return assembly.GetType(entry.ContainingType.MetadataName)!
            .GetMethod(entry.MetadataName, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
    }

    private static void Report(ImmutableArray<Diagnostic> diagnostics, Action<IReadOnlyList<Diagnostic>>? warn)
    {
        ImmutableArray<Diagnostic> errors = [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0) throw new CompilationFailedException(errors);
        ImmutableArray<Diagnostic> warnings = [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning)];
        if (warnings.Length > 0) warn?.Invoke(warnings);
    }

    private static bool HasCode(Compilation compilation) =>
        compilation.SyntaxTrees.Any(tree => ((Microsoft.CodeAnalysis.CSharp.Syntax.CompilationUnitSyntax)tree.GetRoot()).Members.Count > 0);
}

/// <summary>What a piece of code came to.</summary>
/// <param name="HasValue">True if it ends with an expression without a semicolon.</param>
/// <param name="Value">The value of that expression.</param>
internal readonly record struct ScriptResult(bool HasValue, object? Value)
{
    public static ScriptResult Nothing => default;
}

/// <summary>A cell that does not compile.</summary>
internal sealed class CompilationFailedException(ImmutableArray<Diagnostic> errors)
    : Exception(string.Join('\n', errors.Select(error => $"{error.Id}: {error.GetMessage()}")))
{
    public ImmutableArray<Diagnostic> Errors { get; } = errors;
}
