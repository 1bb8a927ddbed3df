using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Mnist.Runner.Execution;

/// <summary>
/// Finds a file that <c>#r</c> names beside the notebook first, what a referenced assembly itself needs beside that
/// assembly, and only then either among the runner's own files: so code is compiled against the same file that
/// <see cref="NotebookLoadContext"/> loads.
/// </summary>
internal sealed class BesideFirstResolver(string folder, MetadataReferenceResolver inner) : MetadataReferenceResolver
{
    private readonly Dictionary<string, PortableExecutableReference> found = [];

    public override bool ResolveMissingAssemblies => true;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        string beside = Path.GetFullPath(reference, folder);
        return inner.ResolveReference(File.Exists(beside) ? beside : reference, baseFilePath, properties);
    }

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        string? neighbour = definition is PortableExecutableReference { FilePath: { } path } ? Path.GetDirectoryName(path) : null;
        string beside = Path.Combine(neighbour ?? "", $"{referenceIdentity.Name}.dll");
        if (neighbour is null || !File.Exists(beside)) return inner.ResolveMissingAssembly(definition, referenceIdentity);
        if (!found.TryGetValue(beside, out PortableExecutableReference? reference))
            found.Add(beside, reference = MetadataReference.CreateFromFile(beside));
        return reference;
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => inner.GetHashCode();
}
