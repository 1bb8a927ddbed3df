using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Mnist.Runner.Execution;

/// <summary>
/// Finds what <c>#r</c> names beside the notebook, what a referenced assembly itself needs beside that assembly, and
/// everything else in the framework: so code is compiled against the same file that <see cref="NotebookLoadContext"/>
/// loads, and never against the runner's own assemblies.
/// </summary>
internal sealed class BesideFirstResolver(string folder) : MetadataReferenceResolver
{
    private readonly Dictionary<string, PortableExecutableReference> found = [];

    public override bool ResolveMissingAssemblies => true;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        string beside = Path.GetFullPath(reference, folder);
        if (File.Exists(beside)) return [Reference(beside).WithProperties(properties)];
        return InFramework(reference.Split(',')[0]) is { } path ? [Reference(path).WithProperties(properties)] : [];
    }

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        string? neighbour = definition is PortableExecutableReference { FilePath: { } path } ? Path.GetDirectoryName(path) : null;
        string beside = Path.Combine(neighbour ?? "", $"{referenceIdentity.Name}.dll");
        if (neighbour is not null && File.Exists(beside)) return Reference(beside);
        return InFramework(referenceIdentity.Name) is { } shared ? Reference(shared) : null;
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private static string? InFramework(string name)
    {
        string path = Path.Combine(NotebookLoadContext.FrameworkFolder, name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name : $"{name}.dll");
        return File.Exists(path) ? path : null;
    }

    private PortableExecutableReference Reference(string path)
    {
        if (!found.TryGetValue(path, out PortableExecutableReference? reference))
            found.Add(path, reference = MetadataReference.CreateFromFile(path));
        return reference;
    }
}
