using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Mnist.Runner.Execution;

/// <summary>
/// Finds what a referenced assembly itself needs beside that assembly first, and only then among the runner's own
/// files: so code is compiled against the same file that <see cref="NotebookLoadContext"/> loads.
/// </summary>
internal sealed class BesideFirstResolver(MetadataReferenceResolver inner) : MetadataReferenceResolver
{
    private readonly Dictionary<string, PortableExecutableReference> found = [];

    public override bool ResolveMissingAssemblies => true;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        inner.ResolveReference(reference, baseFilePath, properties);

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        string? folder = definition is PortableExecutableReference { FilePath: { } path } ? Path.GetDirectoryName(path) : null;
        string beside = Path.Combine(folder ?? "", $"{referenceIdentity.Name}.dll");
        if (folder is null || !File.Exists(beside)) return inner.ResolveMissingAssembly(definition, referenceIdentity);
        if (!found.TryGetValue(beside, out PortableExecutableReference? reference))
            found.Add(beside, reference = MetadataReference.CreateFromFile(beside));
        return reference;
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => inner.GetHashCode();
}
